package dev.ecgfhir.inference;

/**
 * The engine that is to run a network cannot be started or failed. The message says what was asked for and what was found.
 */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Makes the exception.
     *
     * @param reason stable code
     * @param message says what was asked for and what was found
     */
    public EngineException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Makes the exception with its cause.
     *
     * @param reason stable code
     * @param message says what was asked for and what was found
     * @param cause what led to it
     */
    public EngineException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }

    /** Stable codes; never re-used for another meaning. */
    public enum Reason {
        /** No such engine here, or its native library cannot be loaded. */
        ENGINE_UNAVAILABLE,
        /** The native library already belongs to another class loader of this JVM (a redeployed web application). */
        NATIVE_LIBRARY_IN_USE,
        /** The device that was asked for is not there. */
        DEVICE_UNAVAILABLE,
        /** The engine started, but does not reproduce a known answer. */
        SELF_CHECK_FAILED,
        /** A forward pass failed, for example for want of memory. */
        FORWARD_FAILED,
        /** A forward pass gave a number that is not finite. */
        RESULT_NOT_FINITE
    }
}
