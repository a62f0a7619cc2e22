package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/** The value sets beside the map. */
final class LabelValueSets {
    static final String ALL_LABELS = "https://ecgfhir.dev/ValueSet/ecgfounder-labels";

    private LabelValueSets() {}

    static List<ValueSet> of(Publication publication) {
        return List.of(
                allLabels(publication),
                reportableFindings(publication),
                criticalFindings(publication),
                unmatchedLabels(publication));
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
                "The SNOMED CT concepts that a report may assert: targets that are equivalent to a label, or to a"
                        + " combination of labels, or wider. A finding that"
                        + " is not in this set cannot be reported as a code, and its absence from a report excludes nothing.");
        set.setCopyright(publication.copyright());
        addConcepts(set, reportable(publication).filter(ReviewedTarget::inGlobalPatientSet));
        addConcepts(set, reportable(publication).filter(target -> !target.inGlobalPatientSet()));
        return set;
    }

    /**
     * The labels of the level critical, and the concepts that mean the same as one of them. A wider concept is also true of other
     * ECGs, and is not critical by itself.
     */
    private static ValueSet criticalFindings(Publication publication) {
        ValueSet set = publication.publish(
                new ValueSet(),
                "ecgfounder-critical-findings",
                "Critical ECGFounder findings",
                "The labels of which a clinician should be told at once, and the SNOMED CT concepts that mean the same as one of them."
                        + " Concepts that are wider than such a label are left out: they are true of other ECGs too. Labels are"
                        + " suggestions of an algorithm, and the network has no label for some critical findings, ventricular"
                        + " fibrillation and asystole among them.");
        set.setCopyright(publication.copyright());
        ConceptSetComponent labels = set.getCompose().addInclude().setSystem(Terminology.LABELS);
        publication.mappings().stream()
                .filter(mapping -> mapping.alert() == AlertLevel.CRITICAL)
                .forEach(mapping -> labels.addConcept().setCode(mapping.label()).setDisplay(mapping.text()));
        addConcepts(
                set,
                publication.rows().stream()
                        .filter(row -> publication.mapping(row).alert() == AlertLevel.CRITICAL)
                        .flatMap(row -> publication.targets(row).stream())
                        .filter(target -> target.target().equivalence().sameMeaning()));
        return set;
    }

    /** Returns what a report may assert for a label, or for two together. */
    private static Stream<ReviewedTarget> reportable(Publication publication) {
        return Stream.concat(
                        publication.rows().stream().flatMap(row -> publication.targets(row).stream()),
                        Combinations.bundled(publication.scope()).all().stream().map(Combination::target))
                .filter(target -> target.target().equivalence().mayBeAsserted());
    }

    private static void addConcepts(ValueSet set, Stream<ReviewedTarget> targets) {
        ConceptSetComponent include = new ConceptSetComponent().setSystem(Publication.SNOMED_CT);
        Set<String> seen = new HashSet<>();
        targets.map(target -> target.target().coding())
                .filter(coding -> seen.add(coding.code()))
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
