package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.recording.Recording;
import java.time.Instant;
import java.util.List;

/**
 * Everything that a report says, before it takes a FHIR form.
 *
 * @param recording what was read; its samples do not go into the report
 * @param leads leads that the model took: 12 or 1
 * @param modelName for readers, for example {@code ECGFounder 12-lead} or {@code Demonstration network, 12-lead (not ECGFounder)}
 * @param modelHash {@code sha256:<hex>} of the checkpoint
 * @param demonstration true if the weights are the bundled demonstration ones
 * @param engine what ran it, for example {@code PyTorch 2.7.1 on cpu}
 * @param precision number format in which the network ran, {@code float32} if as published
 * @param softwareVersion this product's version
 * @param thresholdsVersion version of the table of thresholds
 * @param terminologyVersion version of the ConceptMap
 * @param preprocessing one line: filters, mains frequency, windows
 * @param settingsHash SHA-256 over everything beside the model that decides a result (preprocessing, thresholds, terminology, a
 *     reduced precision)
 * @param findings positive findings, in the order in which a reader should see them
 * @param scores one for each label, in the order of the labels
 * @param withoutLabel important findings that the network has no label for, in words for a reader; the report names them, because that it
 *     is silent about them is no all-clear
 * @param flags what a reader should know of the recording, {@code CODE} or {@code CODE:detail}
 * @param issued when the interpretation was made
 */
public record ReportContent(
        Recording recording,
        int leads,
        String modelName,
        String modelHash,
        boolean demonstration,
        String engine,
        String precision,
        String softwareVersion,
        String thresholdsVersion,
        String terminologyVersion,
        String preprocessing,
        String settingsHash,
        List<ReportFinding> findings,
        List<ReportScore> scores,
        List<String> withoutLabel,
        List<String> flags,
        Instant issued) {
    /** Copies the lists. */
    public ReportContent {
        findings = List.copyOf(findings);
        scores = List.copyOf(scores);
        withoutLabel = List.copyOf(withoutLabel);
        flags = List.copyOf(flags);
    }
}
