package dev.ecgfhir.fhir.report;

import org.hl7.fhir.r4.model.Bundle;

/** What is to be done with a finished report, as things stand on the target. */
public sealed interface Delivery {
    /**
     * Send it.
     *
     * @param bundle what to send as a transaction: the report in the form that this target takes
     * @param replaces true if it replaces an older report of ours, with guards against changes in between (412 or 409 means: prepare
     *     again)
     */
    record Send(Bundle bundle, boolean replaces) implements Delivery {}

    /**
     * The very same report is there already.
     *
     * @param report its address, for example {@code DiagnosticReport/ecg-...}
     */
    record AlreadyThere(String report) implements Delivery {}

    /** There is nothing that could be withdrawn. */
    record NothingThere() implements Delivery {}

    /**
     * There is a report that must not be overwritten; a person decides.
     *
     * @param report its address
     * @param reason stable code
     * @param detail what was found; no patient data
     */
    record NotOverwritten(String report, Reason reason, String detail) implements Delivery {}

    /** Why a report is not overwritten; the names are stable codes. */
    enum Reason {
        /** A person has confirmed, amended or withdrawn it: its status is no longer that of an unconfirmed report. */
        STATUS_CHANGED,
        /** Its content, or that of one of its results, is not what we wrote. */
        CONTENT_CHANGED,
        /** Somebody has deleted it. */
        DELETED,
        /** What has our id is not ours. */
        NOT_OURS,
        /** It reports a newer version of the recording than the one at hand. */
        NEWER_THERE
    }
}
