package dev.ecgfhir.cli;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.ThresholdsException;
import dev.ecgfhir.ledger.LedgerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** Says what went wrong in one line for each problem, and which exit code that is. */
final class Failures {
    private static final String PREFIX = "ecgfhir: ";

    private Failures() {}

    /**
     * Reports a failure.
     *
     * @param console gets the message
     * @param failure what a command threw
     * @return the exit code
     */
    static int report(Console console, Throwable failure) {
        if (failure instanceof ConfigurationException configuration) {
            configuration.problems().forEach(problem -> console.message(PREFIX + problem));
            return ExitCode.USAGE;
        }
        if (failure instanceof CheckpointException || failure instanceof ThresholdsException) {
            console.message(PREFIX + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof EngineException engine) {
            console.message(PREFIX + engine.getMessage());
            return engine.reason() == EngineException.Reason.DEVICE_UNAVAILABLE ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (failure instanceof LedgerException ledger) {
            console.message(PREFIX + ledger.getMessage());
            return ExitCode.FAILED;
        }
        Optional<DatabaseException> database = DatabaseException.among(failure);
        if (database.isPresent()) {
            console.message(PREFIX + database.get().getMessage());
            return ExitCode.FAILED;
        }
        if (failure instanceof RefusedInput) {
            console.message(PREFIX + failure.getMessage());
            return ExitCode.REFUSED;
        }
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return report(console, unchecked.getCause());
        }
        if (failure instanceof IOException input) {
            console.message(PREFIX + describe(input));
            return ExitCode.FAILED;
        }
        console.message(PREFIX + "failed by an error of its own, please report it: " + failure);
        console.trace(failure);
        return ExitCode.FAILED;
    }

    /** Describes a failure of reading or writing; the JDK's messages for files are often the file's name alone. */
    static String describe(IOException failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": "
                    + file.getClass()
                            .getSimpleName()
                            .replace("Exception", "")
                            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                            .toLowerCase(Locale.ROOT);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
