package dev.ecgfhir.inference;

import java.util.List;

/** A table of thresholds cannot be used; tells all its mistakes at once. */
public final class ThresholdsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Makes the exception.
     *
     * @param source names the file
     * @param problems one line for each mistake, at least one
     */
    public ThresholdsException(String source, List<String> problems) {
        super(source + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns one line for each mistake. */
    public List<String> problems() {
        return problems;
    }
}
