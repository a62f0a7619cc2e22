package dev.ecgfhir.terminology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule: no label of {@code first} together with one of {@code second}.
 *
 * @param name the rule's name; several rules may share one
 * @param first labels
 * @param second labels; the same list as {@code first} where the labels of one list exclude each other
 * @param yields the label that gives way; empty if none does
 * @param unless labels of which any one explains both together and lifts the rule
 * @param reason why, for a reader
 */
public record ContradictionRule(
        String name,
        List<String> first,
        List<String> second,
        Optional<String> yields,
        Set<String> unless,
        String reason) {
    /** Copies the lists. */
    public ContradictionRule {
        first = List.copyOf(first);
        second = List.copyOf(second);
        unless = Set.copyOf(unless);
    }

    /** Returns the pairs that break this rule; a pair of one list once. */
    List<Contradiction> among(Set<String> positive) {
        List<Contradiction> found = new ArrayList<>();
        if (!Collections.disjoint(unless, positive)) {
            return found;
        }
        boolean apart = first.equals(second);
        for (int i = 0; i < first.size(); i++) {
            for (int j = apart ? i + 1 : 0; j < second.size(); j++) {
                if (positive.contains(first.get(i)) && positive.contains(second.get(j))) {
                    found.add(new Contradiction(name, first.get(i), second.get(j), yields, reason));
                }
            }
        }
        return found;
    }
}
