package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Found;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Gives what belongs to one patient one number, so that it can be kept in order. There are 65,536 numbers: many patients share one, and none
 * can be told from it.
 */
final class Spread {
    private Spread() {}

    /** Returns 0..65535: by the patient's reference, or by the recording's own where the source names no patient. */
    static int of(String source, Found found) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((source + " " + found.subject().orElse(found.resource())).getBytes(StandardCharsets.UTF_8));
            return ((hash[0] & 0xff) << 8) | (hash[1] & 0xff);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
