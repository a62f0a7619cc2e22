package dev.ecgfhir.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which networks read the ECGs, and from which scores they report.
 *
 * @param twelveLead checkpoint of the 12-lead network
 * @param singleLead checkpoint of the 1-lead network
 * @param twelveLeadThresholds table of thresholds for the 12-lead network
 * @param singleLeadThresholds table of thresholds for the 1-lead network
 * @param demonstration true if the bundled demonstration weights were asked for by name; then the first two are empty
 * @param others further networks, which read what asks for them by name or hash
 */
public record ModelSettings(
        Optional<Path> twelveLead,
        Optional<Path> singleLead,
        Optional<Path> twelveLeadThresholds,
        Optional<Path> singleLeadThresholds,
        boolean demonstration,
        List<NamedModel> others) {
    /** Copies the list. */
    public ModelSettings {
        others = List.copyOf(others);
    }
}
