package dev.ecgfhir.terminology.map;

import java.util.List;
import java.util.stream.Collectors;

/** A map file cannot be used. The message lists every mistake with its line. */
public final class LabelMapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<LabelMapProblem> problems;

    LabelMapException(String file, List<LabelMapProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining(
                        "",
                        file + " has " + problems.size() + (problems.size() == 1 ? " mistake:" : " mistakes:"),
                        "")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the mistakes in the order of the file. */
    public List<LabelMapProblem> problems() {
        return problems;
    }
}
