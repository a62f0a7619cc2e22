package dev.ecgfhir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The two outputs of a command: results on standard output, messages on standard error. Both in UTF-8, whatever the platform's
 * character set is. Not safe for concurrent use.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Makes a console.
     *
     * @param out gets results
     * @param err gets messages
     */
    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Returns the console of this process. */
    static Console standard() {
        return new Console(
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Tells whether a person sees the messages on a terminal, where a line can be overwritten. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on the console is asked itself
    static boolean onTerminal() {
        java.io.Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22 there was no console without a terminal
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Prints one line of results. */
    void line(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints one line of JSON. */
    void json(JsonNode node) {
        try {
            line(mapper.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    /** Prints one line of messages. */
    void message(String message) {
        err.println(message);
    }

    /** Prints where an error of our own happened. */
    void trace(Throwable error) {
        error.printStackTrace(err);
    }

    /** Replaces the current line of messages; for progress on a terminal. */
    void progress(String line) {
        err.print("\r" + line + "\u001b[K");
        err.flush();
    }

    /** Returns standard output, for help texts. */
    PrintStream out() {
        return out;
    }

    /** Returns standard error, for usage texts. */
    PrintStream err() {
        return err;
    }

    /** Tells whether all results reached their reader, as far as can be known. */
    boolean delivered() {
        return !out.checkError();
    }

    /** Reads JSON text that this program wrote. */
    JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own JSON cannot be read", e);
        }
    }
}
