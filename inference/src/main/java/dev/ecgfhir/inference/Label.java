package dev.ecgfhir.inference;

/**
 * One output of the network.
 *
 * @param index position in the network's output, from 0
 * @param name the label's name exactly as the reference publishes it, for example {@code ATRIAL FIBRILLATION}; always compared whole
 */
public record Label(int index, String name) {
    /** Checks the ranges. */
    public Label {
        if (index < 0) {
            throw new IllegalArgumentException("index must be 0 or more, was " + index);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("label " + index + " has no name");
        }
    }
}
