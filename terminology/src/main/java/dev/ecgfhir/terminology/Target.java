package dev.ecgfhir.terminology;

/**
 * A concept that a label is mapped to.
 *
 * @param equivalence how the concept relates to the label; not {@link Equivalence#UNMATCHED}
 * @param coding the concept
 * @param comment what is lost or in doubt; may be empty only where both mean the same
 */
public record Target(Equivalence equivalence, Coding coding, String comment) {
    /** Checks that there is a target. */
    public Target {
        if (equivalence == Equivalence.UNMATCHED) {
            throw new IllegalArgumentException("target " + coding.code() + " is said to be unmatched");
        }
    }
}
