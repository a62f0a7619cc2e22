package dev.ecgfhir.routes;

import java.net.URI;
import java.util.Optional;

/**
 * How far an export has come.
 *
 * @param status where the server tells about it; empty before it was asked for
 * @param manifest fingerprint of the manifest that the rest belongs to; empty before there was one
 * @param file index of the file that is read
 * @param offset bytes of it that were read
 * @param line lines of it that were read
 * @param restarts how often the export had to be asked for again since one gave something new
 * @param known how much was new when it was asked for again last
 */
record ExportCursor(Optional<URI> status, String manifest, int file, long offset, long line, int restarts, long known) {
    private static final String NONE = "-";

    /** Reads the form that {@link #text()} writes; empty for the beginning. */
    static ExportCursor parse(String text) {
        if (text.isEmpty()) {
            return new ExportCursor(Optional.empty(), "", 0, 0, 0, 0, 0);
        }
        String[] parts = text.split(" ", -1);
        if (parts.length != 7) {
            throw new IllegalArgumentException("the cursor of an export must have 7 parts, had " + parts.length);
        }
        return new ExportCursor(
                parts[0].equals(NONE) ? Optional.empty() : Optional.of(URI.create(parts[0])),
                parts[1].equals(NONE) ? "" : parts[1],
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Integer.parseInt(parts[5]),
                Long.parseLong(parts[6]));
    }

    String text() {
        return status.map(URI::toString).orElse(NONE) + " " + (manifest.isEmpty() ? NONE : manifest) + " " + file + " "
                + offset + " " + line + " " + restarts + " " + known;
    }

    /** Returns that of an export that was asked for. */
    ExportCursor askedFor(URI address) {
        return new ExportCursor(Optional.of(address), "", 0, 0, 0, restarts, known);
    }

    /** Returns the same in a manifest: where it was if it is the one it knows, else at its beginning. */
    ExportCursor in(String fingerprint) {
        return fingerprint.equals(manifest) ? this : new ExportCursor(status, fingerprint, 0, 0, 0, restarts, known);
    }

    ExportCursor at(long newOffset, long newLine) {
        return new ExportCursor(status, manifest, file, newOffset, newLine, restarts, known);
    }

    ExportCursor nextFile() {
        return new ExportCursor(status, manifest, file + 1, 0, 0, restarts, known);
    }

    /**
     * Returns the beginning of another export.
     *
     * @param discovered how much was new so far
     */
    ExportCursor again(long discovered) {
        return new ExportCursor(Optional.empty(), "", 0, 0, 0, discovered > known ? 1 : restarts + 1, discovered);
    }
}
