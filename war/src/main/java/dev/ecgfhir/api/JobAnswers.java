package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * What is answered of a job in the background.
 *
 * <p>Reference: HL7 FHIR R4, Asynchronous Request Patterns, for the requests, headers and status codes; HL7 FHIR R5, Asynchronous
 * Interaction Request Pattern, for the result, a Bundle of type batch-response.
 */
final class JobAnswers {
    private static final String JSON = "application/fhir+json;charset=UTF-8";

    private JobAnswers() {}

    /** The job was begun: 202, and where its status is. */
    static void accepted(ServletRequestDetails request, String base, InterpretJob job) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setHeader("Content-Location", base + "/" + InterpretStatusOperation.NAME + "?job=" + job.id());
        told(request, 202, "interpretation of " + job.total() + " ECGs has begun; ask for it at Content-Location");
    }

    /** The job is not done: 202, and how far it is. */
    static void inProgress(ServletRequestDetails request, InterpretJob job) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setHeader("X-Progress", job.done() + " of " + job.total() + " ECGs");
        response.setHeader("Retry-After", "1");
        told(request, 202, job.done() + " of " + job.total() + " ECGs are done");
    }

    /** The job is done: 200, and all results. */
    static void done(ServletRequestDetails request, InterpretJob job) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(200);
        response.setContentType(JSON);
        job.ended()
                .ifPresent(ended -> response.setHeader(
                        "Expires",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ended.plus(InterpretJobs.KEPT).atOffset(ZoneOffset.UTC))));
        job.copy(response.getOutputStream());
    }

    /** The job is cancelled: 202. */
    static void cancelled(ServletRequestDetails request) throws IOException {
        told(request, 202, "the job is cancelled; reports that it has stored stay");
    }

    private static void told(ServletRequestDetails request, int status, String text) throws IOException {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(text);
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(status);
        response.setContentType(JSON);
        response.getOutputStream()
                .write(request.getFhirContext()
                        .newJsonParser()
                        .encodeResourceToString(outcome)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
