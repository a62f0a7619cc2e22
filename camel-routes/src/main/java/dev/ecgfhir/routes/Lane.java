package dev.ecgfhir.routes;

/**
 * Whether a server can be worked with just now, for people and health checks.
 *
 * @param name name of the source or target
 * @param url base address
 * @param kind source or target
 * @param paused true while it is left in peace after failures
 * @param failures failures in a row since the last success
 */
public record Lane(String name, String url, Kind kind, boolean paused, int failures) {
    /** Which way the data goes. */
    public enum Kind {
        /** Recordings come from it. */
        SOURCE,
        /** Reports go to it. */
        TARGET
    }
}
