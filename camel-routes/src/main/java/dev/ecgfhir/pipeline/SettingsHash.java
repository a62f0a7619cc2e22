package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Sha256;
import dev.ecgfhir.inference.Precision;

/** One value for everything beside the model that decides a result. */
public final class SettingsHash {
    private SettingsHash() {}

    /**
     * Hashes the settings.
     *
     * @param preprocessing one line: filters, mains frequency, windows
     * @param thresholdsVersion version of the table of thresholds
     * @param terminologyVersion version of the ConceptMap
     * @param rulesVersion versions of the rules by which findings give way to each other and are combined
     * @param precision in which the network ran; counts only where it is not float32
     * @return SHA-256 of all, each followed by a line feed, lower-case hexadecimal
     */
    public static String of(
            String preprocessing,
            String thresholdsVersion,
            String terminologyVersion,
            String rulesVersion,
            Precision precision) {
        String text = preprocessing + '\n' + thresholdsVersion + '\n' + terminologyVersion + '\n' + rulesVersion + '\n';
        if (precision != Precision.FLOAT32) {
            text += precision.text() + '\n';
        }
        return Sha256.hex(text);
    }
}
