package dev.ecgfhir.pipeline;

import dev.ecgfhir.terminology.Contradiction;
import dev.ecgfhir.terminology.Contradictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the terminology's rules of contradiction to findings.
 *
 * <p>No finding is dropped. Each contradicting pair gets a flag {@code CONTRADICTION:FIRST LABEL, SECOND LABEL}; where the rules let
 * one of the two give way, that one is not asserted (it keeps its place, and loses its code) and a flag {@code NOT_ASSERTED:LABEL}
 * says so. In a recording of several windows a pair only counts if both are positive in the same window, since a rhythm may change.
 *
 * @param findings in the order in which they were given
 * @param flags in the order of the rules
 */
record Consistency(List<Finding> findings, List<String> flags) {
    Consistency {
        findings = List.copyOf(findings);
        flags = List.copyOf(flags);
    }

    /**
     * Checks findings against each other.
     *
     * @param findings at most one for each label
     * @param rules what cannot be true together
     * @return the findings, some of them no longer asserted, and what to tell a reader
     */
    static Consistency of(List<Finding> findings, Contradictions rules) {
        Map<String, List<Double>> secondsOf = new HashMap<>();
        findings.forEach(finding -> secondsOf.put(finding.label().name(), finding.seconds()));
        List<String> flags = new ArrayList<>();
        Set<String> yielding = new HashSet<>();
        for (Contradiction pair : rules.among(secondsOf.keySet())) {
            if (together(
                    secondsOf.getOrDefault(pair.first(), List.of()),
                    secondsOf.getOrDefault(pair.second(), List.of()))) {
                flags.add("CONTRADICTION:" + pair.first() + ", " + pair.second());
                pair.yields().ifPresent(yielding::add);
            }
        }
        List<Finding> checked = new ArrayList<>();
        for (Finding finding : findings) {
            if (yielding.contains(finding.label().name())) {
                flags.add("NOT_ASSERTED:" + finding.label().name());
                checked.add(finding.notAsserted());
            } else {
                checked.add(finding);
            }
        }
        return new Consistency(checked, flags);
    }

    /** Tells whether two lists of window starts share one; an empty list stands for the only window of a recording. */
    static boolean together(List<Double> first, List<Double> second) {
        return first.isEmpty() || second.isEmpty() || !Collections.disjoint(new HashSet<>(first), second);
    }
}
