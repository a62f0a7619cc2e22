package dev.ecgfhir.config;

import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Terminology;
import dev.ecgfhir.terminology.map.LabelMapException;
import dev.ecgfhir.terminology.map.OverlayFile;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the file that {@code ecgfhir.terminology.overlay} names. */
public final class OverlaySetting {
    private OverlaySetting() {}

    /**
     * Reads it.
     *
     * @param file the file; empty: the site changes nothing
     * @throws ConfigurationException if the file has mistakes; it lists all of them
     */
    public static SiteOverlay read(Optional<Path> file) {
        if (file.isEmpty()) {
            return SiteOverlay.NONE;
        }
        try {
            return OverlayFile.read(file.get(), Terminology.labelMap());
        } catch (LabelMapException e) {
            throw new ConfigurationException(e.problems().stream()
                    .map(problem -> ReportKeys.TERMINOLOGY_OVERLAY.name() + ": " + file.get() + ": " + problem)
                    .toList());
        }
    }
}
