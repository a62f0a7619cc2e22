package dev.ecgfhir.routes;

/**
 * Why the routes ended a row or let it wait, beside the reasons of a recording itself. The names are stable codes: they stand in the
 * ledger and are never used anew.
 */
public enum RouteReason {
    /** IGNORED: the source no longer has this version; a newer one has a row of its own. */
    SUPERSEDED,
    /** IGNORED: the source has withdrawn the ECG (entered-in-error, deleted), and our report of it is withdrawn too. */
    WITHDRAWN,
    /** Waits: one lead of an ECG whose leads are one Observation each, until the others are there. */
    WAITS_FOR_LEADS,
    /** IGNORED: one lead of an ECG that another row stands for. */
    JOINED,
    /** Waits: a newer version of a lead belongs to another ECG; the report of the one that it was in is withdrawn, and it is read now. */
    LEAD_MOVED,
    /** Waits: another version of the ECG is in work and ends first, since one of the two withdraws the ECG. */
    OTHER_VERSION_IN_WORK,
    /** Waits: the source does not answer, says "not now", or answers 404 to everything. */
    SOURCE_UNAVAILABLE,
    /** Waits: the source answers 401 or 403. */
    SOURCE_NOT_ALLOWED,
    /** Waits, then DEAD: the source refuses to give this resource, or its answer is no FHIR. */
    SOURCE_REJECTED,
    /** Waits: the network has too much to do. */
    NETWORK_BUSY,
    /** Waits: the network cannot run at present, whatever the ECG: its device is lost or has no memory. */
    NETWORK_UNAVAILABLE,
    /** Waits: the target does not answer, says "not now", or answers 404 without being a FHIR server. */
    TARGET_UNAVAILABLE,
    /** Waits: the target answers 401 or 403. */
    TARGET_NOT_ALLOWED,
    /** Waits, then DEAD: what is on the target changed while we wrote (409 or 412). */
    TARGET_CONFLICT,
    /** Waits for a second try, then DEAD: the target refuses this report (any other 4xx). */
    TARGET_REJECTED,
    /** Waits, then DEAD: an error of our own, or a worker that died at this row. */
    INTERNAL_ERROR
}
