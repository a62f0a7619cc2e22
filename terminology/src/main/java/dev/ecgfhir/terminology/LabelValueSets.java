package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/** The value sets beside the map. */
final class LabelValueSets {
    static final String ALL_LABELS = "https://ecgfhir.dev/ValueSet/ecgfounder-labels";

    private LabelValueSets() {}

    static List<ValueSet> of(Publication publication) {
        return List.of(allLabels(publication), reportableFindings(publication), unmatchedLabels(publication));
    }

    private static ValueSet allLabels(Publication publication) {
        ValueSet set = publication.publish(
                new ValueSet(),
                "ecgfounder-labels",
                "All ECGFounder labels",
                "Every output of the ECGFounder network.");
        set.setCopyright(Publication.LABEL_COPYRIGHT);
        set.getCompose().addInclude().setSystem(Terminology.LABELS);
        return set;
    }

    private static ValueSet reportableFindings(Publication publication) {
        ValueSet set = publication.publish(
                new ValueSet(),
                "ecgfounder-reportable-findings",
                "ECG findings reportable by ECGFounder",
                "The SNOMED CT concepts that a report may assert: targets that are equivalent to a label or wider. A finding that"
                        + " is not in this set cannot be reported as a code, and its absence from a report excludes nothing.");
        set.setCopyright(publication.copyright());
        addConcepts(set, publication, ReviewedMapping::inGlobalPatientSet);
        addConcepts(set, publication, row -> !row.inGlobalPatientSet());
        return set;
    }

    private static void addConcepts(ValueSet set, Publication publication, Predicate<ReviewedMapping> member) {
        ConceptSetComponent include = new ConceptSetComponent().setSystem(Publication.SNOMED_CT);
        Set<Coding> seen = new HashSet<>();
        publication.rows().stream()
                .filter(member)
                .flatMap(row -> publication.mapping(row).assertable().stream())
                .filter(seen::add)
                .forEach(coding -> include.addConcept().setCode(coding.code()).setDisplay(coding.display()));
        if (include.hasConcept()) {
            set.getCompose().addInclude(include);
        }
    }

    private static ValueSet unmatchedLabels(Publication publication) {
        ValueSet set = publication.publish(
                new ValueSet(),
                "ecgfounder-unmatched-labels",
                "ECGFounder labels without a SNOMED CT concept",
                "Labels that no SNOMED CT concept states truly: comparisons with an earlier ECG, modifiers, suspicions, and findings"
                        + " for which no concept was found. They are reported as text.");
        set.setCopyright(Publication.LABEL_COPYRIGHT);
        ConceptSetComponent include = set.getCompose().addInclude().setSystem(Terminology.LABELS);
        publication.mappings().stream()
                .filter(mapping -> mapping.target().isEmpty())
                .forEach(
                        mapping -> include.addConcept().setCode(mapping.label()).setDisplay(mapping.text()));
        return set;
    }
}
