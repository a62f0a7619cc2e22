package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.Sha256;
import dev.ecgfhir.fhir.source.Found;

/**
 * Gives what belongs to one patient one number, so that it can be kept in order. There are 65,536 numbers: many patients share one, and none
 * can be told from it.
 */
final class Spread {
    private Spread() {}

    /** Returns 0..65535: by the patient's reference, or by the recording's own where the source names no patient. */
    static int of(String source, Found found) {
        String hash = Sha256.hex(source + " " + found.subject().orElse(found.resource()));
        return Integer.parseInt(hash.substring(0, 4), 16);
    }
}
