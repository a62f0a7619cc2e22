package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import dev.ecgfhir.terminology.map.ReviewedTarget;
import java.util.List;
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
        ConceptMapGroupComponent inside = group(publication);
        ConceptMapGroupComponent outside = group(publication);
        for (ReviewedMapping row : publication.rows()) {
            Mapping mapping = publication.mapping(row);
            List<ReviewedTarget> targets = publication.targets(row);
            if (targets.isEmpty()) {
                element(inside, mapping)
                        .addTarget()
                        .setEquivalence(ConceptMapEquivalence.UNMATCHED)
                        .setComment(mapping.comment().orElse(""));
            }
            for (int i = 0; i < targets.size(); i++) {
                ReviewedTarget target = targets.get(i);
                add(
                        target.inGlobalPatientSet() ? inside : outside,
                        mapping,
                        target,
                        mapping.targets().get(i));
            }
        }
        map.addGroup(inside);
        if (outside.hasElement()) {
            map.addGroup(outside);
        }
        return map;
    }

    private static ConceptMapGroupComponent group(Publication publication) {
        return new ConceptMapGroupComponent()
                .setSource(Terminology.LABELS)
                .setTarget(Publication.SNOMED_CT)
                .setSourceVersion(publication.table().version());
    }

    /** Returns the element of a label, which stands once in a group: made if it is not yet the last one. */
    private static SourceElementComponent element(ConceptMapGroupComponent group, Mapping mapping) {
        List<SourceElementComponent> elements = group.getElement();
        if (!elements.isEmpty() && elements.get(elements.size() - 1).getCode().equals(mapping.label())) {
            return elements.get(elements.size() - 1);
        }
        return group.addElement().setCode(mapping.label()).setDisplay(mapping.text());
    }

    private static void add(ConceptMapGroupComponent group, Mapping mapping, ReviewedTarget reviewed, Target target) {
        TargetElementComponent to = element(group, mapping).addTarget();
        to.setEquivalence(ConceptMapEquivalence.fromCode(target.equivalence().code()));
        to.setCode(target.coding().code()).setDisplay(target.coding().display());
        to.setComment((target.comment() + " Source: " + String.join("; ", reviewed.sources()) + ".").strip());
    }
}
