package dev.ecgfhir.api;

import static dev.ecgfhir.api.Outcomes.badRequest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.jspecify.annotations.Nullable;

/** {@code $expand} and {@code $validate-code} on this product's own value sets, without a repository. */
final class FixedValueSets extends FixedResources<ValueSet> {
    private final List<CodeSystem> codeSystems;

    FixedValueSets(List<MetadataResource> all) {
        super(ValueSet.class, all);
        this.codeSystems = all.stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .toList();
    }

    @Operation(name = "$expand", idempotent = true)
    public ValueSet expand(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "filter") @Nullable StringType filter) {
        ValueSet set = named(id, url, "url").copy();
        String part = value(filter).orElse("").toLowerCase(Locale.ROOT);
        set.setCompose(null);
        set.getExpansion().setTimestampElement(DateTimeType.now());
        members(named(id, url, "url"))
                .filter(coding -> coding.getDisplay().toLowerCase(Locale.ROOT).contains(part))
                .forEach(coding -> set.getExpansion()
                        .addContains()
                        .setSystem(coding.getSystem())
                        .setCode(coding.getCode())
                        .setDisplay(coding.getDisplay()));
        set.getExpansion().setTotal(set.getExpansion().getContains().size());
        return set;
    }

    @Operation(name = "$validate-code", idempotent = true)
    public Parameters validate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "display") @Nullable StringType display,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        ValueSet set = named(id, url, "url");
        String wanted = FixedCodeSystems.code(code, coding);
        String of = value(coding == null ? system : coding.getSystemElement())
                .orElseThrow(() -> badRequest("MISSING_PARAMETER", "parameter 'system' or 'coding' is missing"));
        Optional<String> found = members(set)
                .filter(member ->
                        member.getSystem().equals(of) && member.getCode().equals(wanted))
                .map(Coding::getDisplay)
                .findFirst();
        return FixedCodeSystems.validity(
                found, value(coding == null ? display : coding.getDisplayElement()), set.getUrl());
    }

    private Stream<Coding> members(ValueSet set) {
        return set.getCompose().getInclude().stream().flatMap(this::members);
    }

    /** Our value sets list concepts, or take a whole code system of ours. */
    private Stream<Coding> members(ConceptSetComponent include) {
        if (include.hasConcept()) {
            return include.getConcept().stream()
                    .map(concept -> new Coding(include.getSystem(), concept.getCode(), concept.getDisplay()));
        }
        return codeSystems.stream()
                .filter(codes -> codes.getUrl().equals(include.getSystem()))
                .flatMap(codes -> codes.getConcept().stream())
                .map(concept -> new Coding(include.getSystem(), concept.getCode(), concept.getDisplay()));
    }
}
