package dev.ecgfhir.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tables of thresholds as files, each bound to one model by the hash of its checkpoint. Stateless and safe for concurrent callers. */
public final class ThresholdsFile {
    private ThresholdsFile() {}

    /**
     * Reads a table for a model.
     *
     * @param file the table
     * @param model the model
     * @return the table
     * @throws ThresholdsException if it is for another model, does not say for which, or has mistakes; lists them all
     */
    public static Thresholds read(Path file, ModelDescription model) {
        Thresholds read = ThresholdsReader.read(file.toString(), text(file), model, true);
        Optional<Demonstration> demonstration = Demonstration.withHash(model.sha256());
        if (demonstration.isPresent()) {
            List<Thresholds.Rule> own =
                    demonstration.get().thresholds(model.labels()).rules();
            List<String> problems = read.rules().stream()
                    .filter(rule ->
                            rule.assessed() && !own.get(rule.label().index()).assessed())
                    .map(rule -> "assesses '" + rule.label().name()
                            + "', for which the demonstration weights were not trained")
                    .toList();
            if (!problems.isEmpty()) {
                throw new ThresholdsException(file.toString(), problems);
            }
        }
        return read;
    }

    /**
     * Tells for which model a table was made, without checking the rest of it.
     *
     * @param file the table
     * @return {@code sha256:<hex>}; empty if it does not say
     * @throws ThresholdsException if the file cannot be read
     */
    public static Optional<String> modelOf(Path file) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith("model,"))
                .map(line -> line.substring("model,".length()).strip())
                .findFirst();
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ThresholdsException(
                    file.toString(), List.of("cannot be read as UTF-8 text (" + e.getMessage() + ")"));
        }
    }
}
