package dev.ecgfhir.inference;

/**
 * A checkpoint cannot be used. Trying again does not help; the message names the file, what was found and what was expected.
 */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message may quote what a hostile file says; no more of it than a person would read. */
    private static final int LONGEST_MESSAGE = 1_000;

    private final Reason reason;

    /**
     * Makes the exception.
     *
     * @param reason stable code
     * @param message names the file, what was found and what was expected; control characters become question marks
     */
    public CheckpointException(Reason reason, String message) {
        super(printable(message));
        this.reason = reason;
    }

    /**
     * Makes the exception with its cause.
     *
     * @param reason stable code
     * @param message names the file, what was found and what was expected
     * @param cause what led to it
     */
    public CheckpointException(Reason reason, String message, Throwable cause) {
        super(printable(message), cause);
        this.reason = reason;
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }

    /** Leaves nothing in that could fill a log, begin a line of its own there, or steer a terminal. */
    private static String printable(String message) {
        String shown = message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE) + "... (" + message.length() + " characters)";
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Stable codes; never re-used for another meaning. */
    public enum Reason {
        /** The file is not there or cannot be read. */
        UNREADABLE,
        /** The file is none of the containers that are read. */
        NOT_A_CHECKPOINT,
        /** The container contradicts itself: truncated, wrong checksum, missing or overlapping parts. */
        DAMAGED,
        /** The file asks for something that no checkpoint needs, such as a call of a function or a path outside of it. */
        UNSAFE,
        /** The file is larger, deeper or claims more than any model of this kind needs. */
        TOO_LARGE,
        /** A form that is known but not read, for example big-endian weights or TorchScript. */
        UNSUPPORTED,
        /** There is no state dict, or it is empty. */
        NO_STATE_DICT,
        /** A tensor is no tensor, or does not lie inside its storage. */
        INVALID_TENSOR,
        /** A weight that the network needs is absent. */
        MISSING_WEIGHT,
        /** The state dict has a tensor that this network has no place for. */
        UNEXPECTED_WEIGHT,
        /** A weight has another shape than its neighbours ask for, or the shapes are no network of this kind. */
        WRONG_SHAPE,
        /** A weight that the network uses is not a finite number. */
        NOT_FINITE,
        /** The file's SHA-256 is not the one that it must have. */
        WRONG_HASH
    }
}
