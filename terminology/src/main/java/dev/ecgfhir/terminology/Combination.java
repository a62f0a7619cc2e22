package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedTarget;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two positive labels for which one concept exists that says both.
 *
 * @param name name of the combination, for example {@code rapid-atrial-fibrillation}
 * @param label the label that gets the concept
 * @param with labels of which one must be positive too
 * @param unless labels of which none may be positive, since the one in {@code with} could belong to it
 * @param text wording for a reader
 * @param target the concept and its sources
 */
public record Combination(
        String name, String label, List<String> with, Set<String> unless, String text, ReviewedTarget target) {
    /** Copies the lists. */
    public Combination {
        with = List.copyOf(with);
        unless = Set.copyOf(unless);
    }

    /** Returns the label in {@code with} by which this combination holds among positive labels; empty if it does not hold. */
    Optional<String> partner(Collection<String> positive) {
        return positive.contains(label) && Collections.disjoint(unless, positive)
                ? with.stream().filter(positive::contains).findFirst()
                : Optional.empty();
    }
}
