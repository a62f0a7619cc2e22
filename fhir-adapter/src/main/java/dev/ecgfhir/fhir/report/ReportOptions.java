package dev.ecgfhir.fhir.report;

/**
 * How reports are written.
 *
 * @param status status of a DiagnosticReport that nobody has confirmed
 * @param sameIds true if the target knows patients, encounters and orders by the source's ids although it is another server; otherwise
 *     such references are written as logical ones, since {@code Patient/7} can be somebody else there
 * @param language of texts and narrative; codes and their displays stay as their code systems have them
 * @param usCore true to write what the US Core profiles require, and to claim them
 */
public record ReportOptions(Status status, boolean sameIds, ReportLanguage language, boolean usCore) {
    /** An unconfirmed report's status; never final, which only a named person can make it. */
    public enum Status {
        /** Early results; what most readers expect. */
        PRELIMINARY,
        /** Incomplete or unverified; closer to FHIR's wording. */
        PARTIAL
    }

    /** Returns {@code preliminary}, ids that mean nothing on another server, English, and no US Core. */
    public static ReportOptions defaults() {
        return new ReportOptions(Status.PRELIMINARY, false, ReportLanguage.ENGLISH, false);
    }

    /** Returns the same with another status. */
    public ReportOptions with(Status newStatus) {
        return new ReportOptions(newStatus, sameIds, language, usCore);
    }

    /** Returns the same for a target that does or does not know the source's ids. */
    public ReportOptions withSameIds(boolean same) {
        return new ReportOptions(status, same, language, usCore);
    }

    /** Returns the same in another language. */
    public ReportOptions in(ReportLanguage newLanguage) {
        return new ReportOptions(status, sameIds, newLanguage, usCore);
    }

    /** Returns the same with or without US Core. */
    public ReportOptions withUsCore(boolean wanted) {
        return new ReportOptions(status, sameIds, language, wanted);
    }
}
