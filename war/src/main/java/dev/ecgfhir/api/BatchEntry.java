package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of one ECG of many: an entry of a Bundle of type batch-response, as JSON. */
final class BatchEntry {
    private static final Logger LOG = LoggerFactory.getLogger(BatchEntry.class);

    private BatchEntry() {}

    /**
     * Does the work and writes the entry; never throws for what the work throws.
     *
     * @param context R4
     * @param work makes the report
     */
    static String of(FhirContext context, Supplier<Bundle> work) {
        try {
            return "{\"resource\":" + context.newJsonParser().encodeResourceToString(work.get())
                    + ",\"response\":{\"status\":\"200 OK\"}}";
        } catch (BaseServerResponseException e) {
            IBaseOperationOutcome outcome = e.getOperationOutcome();
            return outcome == null ? failed(context, e) : failed(context, e.getStatusCode(), outcome);
        } catch (RuntimeException e) {
            return failed(context, e);
        }
    }

    private static String failed(FhirContext context, RuntimeException e) {
        LOG.error("an ECG of a job in the background failed", e);
        IBaseOperationOutcome outcome = Outcomes.outcome(
                IssueType.EXCEPTION,
                "FAILED",
                Optional.empty(),
                "the server failed at this ECG, and its log has the reason; the other ECGs of the job go on");
        return failed(context, 500, outcome);
    }

    private static String failed(FhirContext context, int status, IBaseOperationOutcome outcome) {
        return "{\"response\":{\"status\":\"" + status + "\",\"outcome\":"
                + context.newJsonParser().encodeResourceToString(outcome) + "}}";
    }
}
