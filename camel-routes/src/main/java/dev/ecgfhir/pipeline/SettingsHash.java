package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Precision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
