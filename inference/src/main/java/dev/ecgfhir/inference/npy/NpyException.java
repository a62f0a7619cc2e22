package dev.ecgfhir.inference.npy;

/** A file is not a NumPy array that this package reads; the message says what was found and what was expected. */
public final class NpyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NpyException(String message) {
        super(message);
    }
}
