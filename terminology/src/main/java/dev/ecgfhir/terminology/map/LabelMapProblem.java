package dev.ecgfhir.terminology.map;

/**
 * One mistake in a map file.
 *
 * @param line line of the file, from 1
 * @param label the label of that row; empty where there is none
 * @param reason what was expected and what was found
 */
public record LabelMapProblem(int line, String label, String reason) {
    @Override
    public String toString() {
        return "line " + line + (label.isEmpty() ? "" : " '" + label + "'") + ": " + reason;
    }
}
