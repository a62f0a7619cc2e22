package dev.ecgfhir.fhir.report;

/**
 * How reports are written.
 *
 * @param status status of a DiagnosticReport that nobody has confirmed
 * @param sameIds true if the target knows patients, encounters and orders by the source's ids although it is another server; otherwise
 *     such references are written as logical ones, since {@code Patient/7} can be somebody else there
 */
public record ReportOptions(Status status, boolean sameIds) {
    /** An unconfirmed report's status; never final, which only a named person can make it. */
    public enum Status {
        /** Early results; what most readers expect. */
        PRELIMINARY,
        /** Incomplete or unverified; closer to FHIR's wording. */
        PARTIAL
    }

    /** Returns {@code preliminary}, and ids that mean nothing on another server. */
    public static ReportOptions defaults() {
        return new ReportOptions(Status.PRELIMINARY, false);
    }
}
