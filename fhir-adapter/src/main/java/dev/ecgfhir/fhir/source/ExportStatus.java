package dev.ecgfhir.fhir.source;

import java.time.Duration;

/** How far a server is with an export. */
public sealed interface ExportStatus {
    /**
     * It works on it.
     *
     * @param pause how long it asks to wait
     * @param progress in the server's words, printable ASCII, at most 100 characters; may be empty
     */
    record Working(Duration pause, String progress) implements ExportStatus {}

    /** It is done. */
    record Ready(ExportManifest manifest) implements ExportStatus {}

    /** It knows of no such export any more. */
    record Gone() implements ExportStatus {}

    /**
     * It could not do it.
     *
     * @param status the HTTP status that said so
     */
    record Failed(int status) implements ExportStatus {}
}
