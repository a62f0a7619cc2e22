package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code $translate} by this product's own map, without a repository. */
final class FixedConceptMaps extends FixedResources<ConceptMap> {
    FixedConceptMaps(List<MetadataResource> all) {
        super(ConceptMap.class, all);
    }

    @Operation(name = "$translate", idempotent = true)
    public Parameters translate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "targetsystem") @Nullable UriType targetSystem) {
        ConceptMap map = named(id, url, "url");
        Optional<String> source = value(coding == null ? system : coding.getSystemElement());
        Optional<String> target = value(targetSystem);
        String wanted = FixedCodeSystems.code(code, coding);
        Parameters answer = new Parameters();
        ParametersParameterComponent result = answer.addParameter().setName("result");
        boolean found = false;
        for (ConceptMapGroupComponent group : map.getGroup()) {
            boolean meant = source.map(group.getSource()::equals).orElse(true)
                    && target.map(group.getTarget()::equals).orElse(true);
            for (var element : meant ? group.getElement() : List.<ConceptMap.SourceElementComponent>of()) {
                if (element.getCode().equals(wanted)) {
                    for (TargetElementComponent match : element.getTarget()) {
                        found |= add(answer, map, group, match);
                    }
                }
            }
        }
        result.setValue(new BooleanType(found));
        return answer;
    }

    /** Adds a match; returns true if it names a concept. */
    private static boolean add(
            Parameters answer, ConceptMap map, ConceptMapGroupComponent group, TargetElementComponent target) {
        ParametersParameterComponent match = answer.addParameter().setName("match");
        match.addPart()
                .setName("equivalence")
                .setValue(new CodeType(target.getEquivalence().toCode()));
        if (target.hasCode()) {
            match.addPart()
                    .setName("concept")
                    .setValue(new Coding(group.getTarget(), target.getCode(), target.getDisplay()));
        }
        match.addPart().setName("source").setValue(new UriType(map.getUrl()));
        return target.hasCode();
    }
}
