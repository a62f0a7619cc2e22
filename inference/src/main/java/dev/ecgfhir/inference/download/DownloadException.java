package dev.ecgfhir.inference.download;

/** A checkpoint could not be fetched. The message names the address or the file, what was found and what to do. */
public final class DownloadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    DownloadException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    DownloadException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }

    /** Stable codes; never re-used for another meaning. */
    public enum Reason {
        /** The server cannot be reached, or broke off again and again; what has arrived is kept, and a next call goes on from there. */
        UNREACHABLE,
        /** The server answered that it does not give the file. */
        NOT_GIVEN,
        /** The way is open to anybody, and the hash that the file must have is not known. */
        NOT_PRIVATE,
        /** The server offers more than any checkpoint of this kind has. */
        TOO_LARGE,
        /** The disk has not enough room for the file. */
        NO_SPACE,
        /** Another process is fetching the same file. */
        IN_PROGRESS,
        /** The file's SHA-256 is not the expected one. */
        WRONG_HASH,
        /** The file is no checkpoint that can be used, or one for other leads. */
        NOT_USABLE
    }
}
