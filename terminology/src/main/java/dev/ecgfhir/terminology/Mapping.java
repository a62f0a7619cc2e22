package dev.ecgfhir.terminology;

import java.util.Optional;

/**
 * What one label means.
 *
 * @param index the network's output
 * @param label the label's name, as the reference publishes it
 * @param text wording for a reader, for example {@code Atrial fibrillation}
 * @param group kind of statement
 * @param equivalence how {@code target} relates to the label
 * @param target the concept; empty if and only if {@code equivalence} is {@link Equivalence#UNMATCHED}
 * @param comment why; R4 wants one for narrower and inexact, we want one for unmatched too
 */
public record Mapping(
        int index,
        String label,
        String text,
        LabelGroup group,
        Equivalence equivalence,
        Optional<Coding> target,
        Optional<String> comment) {
    /** Checks that a target is there exactly when one is claimed. */
    public Mapping {
        if (target.isPresent() == (equivalence == Equivalence.UNMATCHED)) {
            throw new IllegalArgumentException("label '" + label + "' is " + equivalence.code() + " and has "
                    + (target.isPresent() ? "a target" : "no target"));
        }
    }

    /**
     * Returns the concept that a report may assert when the label is positive.
     *
     * @return the target if it is true wherever the label is true (equal, equivalent, wider); empty if the label must stay text
     */
    public Optional<Coding> assertable() {
        return equivalence.mayBeAsserted() ? target : Optional.empty();
    }
}
