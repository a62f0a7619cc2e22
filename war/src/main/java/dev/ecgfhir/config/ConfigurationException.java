package dev.ecgfhir.config;

import java.util.List;

/** Says that the settings do not allow a start, and lists every mistake, one line each. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One line for each mistake. */
    private final List<String> problems;

    /**
     * Makes the exception.
     *
     * @param problems one line for each mistake, at least one
     */
    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns one line for each mistake. */
    public List<String> problems() {
        return problems;
    }
}
