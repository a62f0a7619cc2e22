package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** How far a job of {@code $interpret} is, its results, and its end: what {@code Content-Location} of an accepted job leads to. */
public final class InterpretStatusOperation {
    static final String NAME = "$interpret-status";

    private final InterpretJobs jobs;

    /**
     * Makes the operation.
     *
     * @param jobs work in the background
     */
    public InterpretStatusOperation(InterpretJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Tells of a job (GET), or ends it (DELETE).
     *
     * @param job its id
     * @param request the request
     * @throws IOException if the answer cannot be sent
     */
    @Operation(name = NAME, idempotent = true, deleteEnabled = true, manualResponse = true)
    public void status(
            @OperationParam(name = "job", min = 1, max = 1) @Nullable StringType job, ServletRequestDetails request)
            throws IOException {
        if (job == null || !job.hasValue()) {
            throw Outcomes.badRequest(
                    "NO_JOB", "the parameter 'job' is missing; follow Content-Location as it was given");
        }
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            jobs.cancel(job.getValue());
            JobAnswers.cancelled(request);
            return;
        }
        InterpretJob found = jobs.find(job.getValue());
        if (found.ended().isEmpty()) {
            JobAnswers.inProgress(request, found);
        } else if (found.failed()) {
            throw Outcomes.failure(
                    500,
                    IssueType.EXCEPTION,
                    "JOB_FAILED",
                    Optional.empty(),
                    "the results could not be kept, and the server's log says why; reports that were stored stay");
        } else {
            JobAnswers.done(request, found);
        }
    }
}
