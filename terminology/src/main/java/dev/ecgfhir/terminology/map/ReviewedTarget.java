package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Target;
import java.util.List;

/**
 * A target with the facts by which a reviewer can check it.
 *
 * @param target the concept and how it relates to the label
 * @param semanticTag semantic tag of the concept's fully specified name, {@code finding} or {@code disorder}; empty where no source at
 *     hand states it
 * @param sources published sources that tie the concept's id to its term; not empty
 * @param inGlobalPatientSet whether the concept is a member of the SNOMED International Global Patient Set
 */
public record ReviewedTarget(Target target, String semanticTag, List<String> sources, boolean inGlobalPatientSet) {
    /** Copies the sources. */
    public ReviewedTarget {
        sources = List.copyOf(sources);
    }
}
