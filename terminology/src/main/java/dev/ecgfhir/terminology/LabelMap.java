package dev.ecgfhir.terminology;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the network's labels mean. Immutable and safe to share between threads. */
public interface LabelMap {
    /** Returns the map's version, as its ConceptMap carries it. */
    String version();

    /** Returns which SNOMED CT concepts the map may give. */
    ConceptScope scope();

    /** Returns all mappings in the order of the labels. */
    List<Mapping> mappings();

    /**
     * Finds what a label means.
     *
     * @param label the whole name, compared exactly; never a part of it
     * @return its mapping; empty if the map does not have the label
     */
    Optional<Mapping> find(String label);

    /**
     * Returns what a site calls a label.
     *
     * @param label the whole name
     * @return wordings by language (BCP 47); empty if the site has none
     */
    default Map<String, String> siteNames(String label) {
        return Map.of();
    }
}
