package dev.ecgfhir.web;

import java.util.List;

/**
 * What the landing page tells.
 *
 * @param version this product's version
 * @param demonstration true if demonstration weights are in use
 * @param models the networks in use, a line each; empty if none can run
 * @param problem why no network can run; empty if one can
 * @param sources FHIR servers that are read, a line each
 * @param repository true if the embedded repository is on
 */
public record Overview(
        String version,
        boolean demonstration,
        List<String> models,
        String problem,
        List<String> sources,
        boolean repository) {
    /** Copies the lists. */
    public Overview {
        models = List.copyOf(models);
        sources = List.copyOf(sources);
    }
}
