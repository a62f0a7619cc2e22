package dev.ecgfhir.terminology;

import java.util.Locale;

/**
 * How a target concept relates to a label, as FHIR R4's {@code concept-map-equivalence} has it: read as target relative to source.
 *
 * <p>Reference: HL7 FHIR R4, <a href="http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html">concept-map-equivalence</a>.
 */
public enum Equivalence {
    /** The definitions are exactly the same. */
    EQUAL,
    /** The meanings are the same. */
    EQUIVALENT,
    /** The target is wider than the label. */
    WIDER,
    /** The target is narrower than the label; needs a comment and care. */
    NARROWER,
    /** The two overlap; needs a comment and care. */
    INEXACT,
    /** Related in a way not told. */
    RELATEDTO,
    /** There is no target: the label is shown as text and never coded. */
    UNMATCHED;

    /** Returns FHIR's code. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether both mean the same. */
    public boolean sameMeaning() {
        return this == EQUAL || this == EQUIVALENT;
    }

    /**
     * Tells whether the target is true wherever the label is true, so that it may be asserted in the label's place. A narrower or
     * inexact target would say more than the label, or another thing.
     */
    public boolean mayBeAsserted() {
        return sameMeaning() || this == WIDER;
    }
}
