package dev.ecgfhir.pipeline;

import dev.ecgfhir.terminology.Combinations;
import dev.ecgfhir.terminology.Combined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies modifiers to what they modify: where the terminology has one concept for two labels, the finding of the one gets it. In a
 * recording of several windows both have to be positive in the same window. What is not asserted takes no part.
 */
final class Combining {
    private Combining() {}

    /**
     * Combines findings.
     *
     * @param findings at most one for each label
     * @param combinations what there is to combine
     * @return the same findings, some of them with a combined concept, in reading order
     */
    static List<Finding> of(List<Finding> findings, Combinations combinations) {
        Map<String, Finding> byLabel = new LinkedHashMap<>();
        findings.forEach(finding -> byLabel.put(finding.label().name(), finding));
        List<String> asserted = findings.stream()
                .filter(Finding::asserted)
                .map(finding -> finding.label().name())
                .toList();
        for (Combined combined : combinations.among(asserted)) {
            Finding carrier = byLabel.get(combined.label());
            Finding other = byLabel.get(combined.with());
            if (carrier != null && other != null && Consistency.together(carrier.seconds(), other.seconds())) {
                byLabel.put(combined.label(), carrier.with(combined, other.alert()));
            }
        }
        List<Finding> ordered = new ArrayList<>(byLabel.values());
        ordered.sort(Finding.READING_ORDER);
        return List.copyOf(ordered);
    }
}
