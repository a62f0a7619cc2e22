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
        /** The engine, the device or the processor does not have the precision that was asked for. */
        PRECISION_UNAVAILABLE,
        /** The engine started, but does not reproduce a known answer. */
        SELF_CHECK_FAILED,
        /** A forward pass failed. */
        FORWARD_FAILED,
        /** The device has not enough memory for a forward pass of that many inputs; a smaller one may go. */
        OUT_OF_DEVICE_MEMORY,
        /** The device does not answer any more, or only with errors; nothing in this process can use it again. */
        DEVICE_LOST,
        /** A forward pass gave a number that is not finite. */
        RESULT_NOT_FINITE
    }
}
