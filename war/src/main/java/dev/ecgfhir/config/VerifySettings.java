package dev.ecgfhir.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a report is made again by.
 *
 * @param model the networks with their tables of thresholds; none where the settings name none
 * @param mainsHertz mains frequency, 50 or 60
 * @param globalPatientSetOnly true if only concepts of the SNOMED CT Global Patient Set may be used
 * @param overlay file with what the site adds to the terminology
 * @param sources servers to read from, by name
 * @param targets servers to write to that are not sources, by name
 */
public record VerifySettings(
        ModelSettings model,
        int mainsHertz,
        boolean globalPatientSetOnly,
        Optional<Path> overlay,
        List<SourceSettings> sources,
        List<TargetSettings> targets) {
    /** Copies the lists. */
    public VerifySettings {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }
}
