package dev.ecgfhir.cli;

/** The one input of a command is not what the command takes; the message names it, what was found and what was expected. */
final class RefusedInput extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedInput(String message) {
        super(message);
    }

    RefusedInput(String message, Throwable cause) {
        super(message, cause);
    }
}
