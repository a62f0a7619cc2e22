package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Mapping;
import java.util.List;

/**
 * A mapping with the facts by which a reviewer can check it.
 *
 * @param mapping what the label means
 * @param semanticTag semantic tag of the concept's fully specified name, {@code finding} or {@code disorder}; empty where there is no
 *     target, or where no source at hand states it
 * @param sources published sources that tie the concept's id to its term; empty if and only if there is no target
 * @param inGlobalPatientSet whether the concept is a member of the SNOMED International Global Patient Set; false where there is no target
 */
public record ReviewedMapping(Mapping mapping, String semanticTag, List<String> sources, boolean inGlobalPatientSet) {
    /** Copies the sources. */
    public ReviewedMapping {
        sources = List.copyOf(sources);
    }
}
