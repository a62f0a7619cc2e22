package dev.ecgfhir.component;

/** A recording cannot be interpreted. Thrown only with the option {@code onRefusal=exception}; trying again does not help. */
public final class RefusedRecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedRecordingException(String reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    /** Returns the stable code. */
    public String reason() {
        return reason;
    }
}
