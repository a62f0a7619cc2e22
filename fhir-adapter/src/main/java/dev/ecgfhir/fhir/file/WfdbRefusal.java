package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RefusalReason;

/** Carries a refusal to the edge of the WFDB reader, where it becomes a value; checked, without stack trace, never leaves the package. */
final class WfdbRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ReadOutcome.Refused outcome;

    WfdbRefusal(RefusalReason reason, String element, String detail) {
        super(detail, null, false, false);
        this.outcome = new ReadOutcome.Refused(reason, element, detail);
    }

    ReadOutcome.Refused outcome() {
        return outcome;
    }
}
