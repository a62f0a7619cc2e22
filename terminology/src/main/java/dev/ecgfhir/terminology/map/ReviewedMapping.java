package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Mapping;
import java.util.List;

/**
 * A mapping with the facts by which a reviewer can check it.
 *
 * @param mapping what the label means
 * @param targets its targets with their facts, in the order of {@link Mapping#targets()}; empty if it is unmatched
 * @param alertSource published guidance on which its alert level rests, {@code default} for a routine level without one
 */
public record ReviewedMapping(Mapping mapping, List<ReviewedTarget> targets, String alertSource) {
    /** Copies the targets. */
    public ReviewedMapping {
        targets = List.copyOf(targets);
    }
}
