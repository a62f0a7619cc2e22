package dev.ecgfhir.inference.download;

import java.time.Duration;

/** The server asks to come again later. */
final class BusyServerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    BusyServerException(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    /** Returns how long the server asks to wait, zero where it does not say. */
    Duration pause() {
        return pause;
    }
}
