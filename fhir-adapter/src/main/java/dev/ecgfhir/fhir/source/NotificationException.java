package dev.ecgfhir.fhir.source;

/** A notification that cannot be used. */
public final class NotificationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong; the names are stable codes. */
    public enum Reason {
        /** It has more bytes than are read. */
        TOO_LARGE,
        /** It is no JSON. */
        NOT_UNDERSTOOD
    }

    private final Reason reason;

    NotificationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }
}
