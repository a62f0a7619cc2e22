package dev.ecgfhir.api;

import static dev.ecgfhir.api.Outcomes.badRequest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
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
            @OperationParam(name = "filter") @Nullable StringType filter,
            @OperationParam(name = "offset") @Nullable IntegerType offset,
            @OperationParam(name = "count") @Nullable IntegerType count) {
        ValueSet set = named(id, url, "url").copy();
        String part = value(filter).orElse("").toLowerCase(Locale.ROOT);
        int from = whole(offset, "offset", 0);
        int most = whole(count, "count", Integer.MAX_VALUE);
        set.setCompose(null);
        set.getExpansion().setIdentifier("urn:uuid:" + UUID.randomUUID()).setTimestampElement(DateTimeType.now());
        List<Coding> all = members(named(id, url, "url"))
                .filter(coding -> coding.getDisplay().toLowerCase(Locale.ROOT).contains(part))
                .toList();
        all.stream()
                .skip(from)
                .limit(most)
                .forEach(coding -> set.getExpansion()
                        .addContains()
                        .setSystem(coding.getSystem())
                        .setCode(coding.getCode())
                        .setDisplay(coding.getDisplay()));
        set.getExpansion().setTotal(all.size()).setOffset(from);
        return set;
    }

    @Operation(name = "$validate-code", idempotent = true)
    public Parameters validate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "display") @Nullable StringType display,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept) {
        ValueSet set = named(id, url, "url");
        List<Coding> given = GivenCodes.of(code, system, coding, concept);
        if (given.stream().noneMatch(Coding::hasSystem)) {
            throw badRequest(
                    "MISSING_PARAMETER", "parameter 'system' is missing: a code alone says nothing of a value set");
        }
        for (Coding one : given) {
            Optional<String> found = members(set)
                    .filter(member -> one.hasSystem() && GivenCodes.same(List.of(one), member))
                    .map(Coding::getDisplay)
                    .findFirst();
            if (found.isPresent()) {
                return FixedCodeSystems.validity(
                        found, one.hasDisplay() ? Optional.of(one.getDisplay()) : value(display), set.getUrl());
            }
        }
        return FixedCodeSystems.validity(Optional.empty(), Optional.empty(), set.getUrl());
    }

    private static int whole(@Nullable IntegerType given, String name, int otherwise) {
        if (given == null || given.getValue() == null) {
            return otherwise;
        }
        if (given.getValue() < 0) {
            throw badRequest("BAD_PARAMETER", "parameter '" + name + "' must be 0 or more, was " + given.getValue());
        }
        return given.getValue();
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
