package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.UriType;

/**
 * The map as a FHIR ConceptMap. Its first group holds targets in the Global Patient Set and the labels without target; its second
 * group, absent where the scope excludes it, the targets outside.
 */
final class LabelConceptMap {
    private LabelConceptMap() {}

    static ConceptMap of(Publication publication) {
        ConceptMap map = publication.publish(
                new ConceptMap(),
                "ecgfounder-labels-to-snomed-ct",
                "ECGFounder labels to SNOMED CT",
                "What each label of the ECGFounder network means in SNOMED CT. Equivalence is read as R4 has it, the target relative to"
                        + " the label. Only equivalent and wider targets may be asserted in place of a label; inexact targets are for"
                        + " readers, and unmatched labels stay text. The first group needs no SNOMED CT licence (Global Patient Set),"
                        + " the second, where there is one, needs an Affiliate licence.");
        map.setCopyright(publication.copyright());
        map.setPurpose("Coding of suggested ECG findings in reports that a person has still to confirm.");
        map.setSource(new CanonicalType(LabelValueSets.ALL_LABELS));
        map.setTarget(new UriType(Publication.SNOMED_CT + "?fhir_vs"));
        addGroup(map, publication, row -> publication.mapping(row).target().isEmpty() || row.inGlobalPatientSet());
        addGroup(map, publication, row -> publication.mapping(row).target().isPresent() && !row.inGlobalPatientSet());
        return map;
    }

    private static void addGroup(ConceptMap map, Publication publication, Predicate<ReviewedMapping> member) {
        ConceptMapGroupComponent group =
                new ConceptMapGroupComponent().setSource(Terminology.LABELS).setTarget(Publication.SNOMED_CT);
        group.setSourceVersion(publication.table().version());
        publication.rows().stream().filter(member).forEach(row -> add(group, publication.mapping(row), row));
        if (group.hasElement()) {
            map.addGroup(group);
        }
    }

    private static void add(ConceptMapGroupComponent group, Mapping mapping, ReviewedMapping row) {
        SourceElementComponent element =
                group.addElement().setCode(mapping.label()).setDisplay(mapping.text());
        TargetElementComponent target = element.addTarget();
        target.setEquivalence(
                ConceptMapEquivalence.fromCode(mapping.equivalence().code()));
        mapping.target().ifPresent(coding -> target.setCode(coding.code()).setDisplay(coding.display()));
        target.setComment(comment(mapping, row));
    }

    private static String comment(Mapping mapping, ReviewedMapping row) {
        String why = mapping.comment().orElse("");
        String source = mapping.target().isEmpty() ? "" : "Source: " + String.join("; ", row.sources()) + ".";
        return (why + " " + source).strip();
    }
}
