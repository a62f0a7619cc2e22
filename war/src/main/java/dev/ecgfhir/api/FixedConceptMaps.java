package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * {@code $translate} by this product's own maps, without a repository: by one map, or by all where none is named; from label to concept, or
 * back where {@code reverse} says so.
 */
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
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept,
            @OperationParam(name = "targetsystem") @Nullable UriType targetSystem,
            @OperationParam(name = "reverse") @Nullable BooleanType reverse) {
        List<ConceptMap> maps = id == null && value(url).isEmpty() ? all() : List.of(named(id, url, "url"));
        List<Coding> wanted = GivenCodes.of(code, system, coding, concept);
        boolean back = reverse != null && reverse.booleanValue();
        Optional<String> target = value(targetSystem);
        Parameters answer = new Parameters();
        ParametersParameterComponent result = answer.addParameter().setName("result");
        boolean found = false;
        for (Match match : matches(maps, wanted, back)) {
            if (target.isEmpty() || match.concept.isEmpty() || target.equals(match.concept.map(Coding::getSystem))) {
                add(answer, match);
                found |= match.concept.isPresent();
            }
        }
        result.setValue(new BooleanType(found));
        if (!found) {
            answer.addParameter("message", "The maps of this server have no concept for the code");
        }
        return answer;
    }

    /**
     * One translation.
     *
     * @param equivalence the answer relative to what was asked
     * @param concept the answer; empty if it is said to have none
     * @param map address of the map
     */
    private record Match(ConceptMapEquivalence equivalence, Optional<Coding> concept, String map) {}

    private static List<Match> matches(List<ConceptMap> maps, List<Coding> wanted, boolean back) {
        List<Match> matches = new ArrayList<>();
        for (ConceptMap map : maps) {
            for (ConceptMapGroupComponent group : map.getGroup()) {
                for (SourceElementComponent element : group.getElement()) {
                    for (TargetElementComponent target : element.getTarget()) {
                        Coding from = new Coding(group.getSource(), element.getCode(), element.getDisplay());
                        Coding to = new Coding(group.getTarget(), target.getCode(), target.getDisplay());
                        if (!back && GivenCodes.same(wanted, from)) {
                            matches.add(new Match(
                                    target.getEquivalence(),
                                    target.hasCode() ? Optional.of(to) : Optional.empty(),
                                    map.getUrl()));
                        } else if (back && target.hasCode() && GivenCodes.same(wanted, to)) {
                            matches.add(new Match(turned(target.getEquivalence()), Optional.of(from), map.getUrl()));
                        }
                    }
                }
            }
        }
        return matches;
    }

    /** What is wider than a label has the label as something narrower. */
    private static ConceptMapEquivalence turned(ConceptMapEquivalence equivalence) {
        return switch (equivalence) {
            case WIDER -> ConceptMapEquivalence.NARROWER;
            case NARROWER -> ConceptMapEquivalence.WIDER;
            case SUBSUMES -> ConceptMapEquivalence.SPECIALIZES;
            case SPECIALIZES -> ConceptMapEquivalence.SUBSUMES;
            default -> equivalence;
        };
    }

    private static void add(Parameters answer, Match found) {
        ParametersParameterComponent match = answer.addParameter().setName("match");
        match.addPart().setName("equivalence").setValue(new CodeType(found.equivalence.toCode()));
        found.concept.ifPresent(concept -> match.addPart().setName("concept").setValue(concept));
        match.addPart().setName("source").setValue(new UriType(found.map));
    }
}
