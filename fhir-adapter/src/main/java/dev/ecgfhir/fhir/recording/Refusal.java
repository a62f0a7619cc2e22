package dev.ecgfhir.fhir.recording;

/**
 * Carries a refusal from the depth of a reader to its edge, where it becomes the value {@link ReadOutcome.Refused}.
 *
 * <p>It is checked, without stack trace, and never leaves the package: a refusal is an expected value to every caller. Inside, a dozen
 * small steps each of which can refuse read better in a straight line than as a dozen unpacked results.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ReadOutcome.Refused outcome;

    Refusal(RefusalReason reason, String element, String detail) {
        super(detail, null, false, false);
        this.outcome = new ReadOutcome.Refused(reason, element, detail);
    }

    ReadOutcome.Refused outcome() {
        return outcome;
    }
}
