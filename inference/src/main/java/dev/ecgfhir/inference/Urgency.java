package dev.ecgfhir.inference;

/** Whose inputs are scored first where several callers wait. */
public enum Urgency {
    /** Somebody waits for it: a request, or an ECG that was just recorded. */
    LIVE,
    /** Old recordings; they take turns with live ones, but never hold them up for long. */
    BACKLOG
}
