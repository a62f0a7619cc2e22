package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Answers that are no report: an HTTP status with an OperationOutcome whose code is stable. */
final class Outcomes {
    /** System of the stable codes. */
    static final String REASONS = "https://ecgfhir.dev/CodeSystem/reason";

    private Outcomes() {}

    /** Returns what to throw for an ECG that cannot be read. */
    static BaseServerResponseException refused(EcgReports.Refused refused) {
        return failure(422, IssueType.NOTSUPPORTED, refused.reason(), refused.element(), refused.detail());
    }

    /** Returns what to throw for a request that is wrong itself. */
    static BaseServerResponseException badRequest(String reason, String detail) {
        return failure(400, IssueType.INVALID, reason, Optional.empty(), detail);
    }

    /** Returns what to throw when others are before the caller; tells when to try again. */
    static BaseServerResponseException busy(String reason, String detail, Duration retryAfter) {
        BaseServerResponseException failure = failure(503, IssueType.THROTTLED, reason, Optional.empty(), detail);
        failure.addResponseHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        return failure;
    }

    /** Returns what to throw. */
    static BaseServerResponseException failure(
            int status, IssueType type, String reason, Optional<String> element, String detail) {
        return new Failure(status, detail, outcome(type, reason, element, detail));
    }

    /** Returns an outcome that says why something is not there. */
    static OperationOutcome outcome(IssueType type, String reason, Optional<String> element, String detail) {
        OperationOutcome outcome = new OperationOutcome();
        OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(type)
                .setDiagnostics(detail);
        issue.getDetails().setText(detail).addCoding().setSystem(REASONS).setCode(reason);
        element.ifPresent(issue::addExpression);
        return outcome;
    }

    private static final class Failure extends BaseServerResponseException {
        private static final long serialVersionUID = 1L;

        Failure(int status, String detail, OperationOutcome outcome) {
            super(status, detail, outcome);
        }
    }
}
