package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.report.ReportLanguage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * {@code $interpret} on Observation, at type and at instance level.
 *
 * <p>Safe for concurrent callers; more than {@value #AT_ONCE} at once wait, and longer than {@value #PATIENCE_SECONDS} s is answered
 * with 503.
 */
public final class InterpretOperation {
    private static final int AT_ONCE = 4;
    private static final int PATIENCE_SECONDS = 30;
    private static final Pattern OBSERVATION =
            Pattern.compile("Observation/([A-Za-z0-9.\\-]{1,64})(?:/_history/([A-Za-z0-9.\\-]{1,64}))?");

    private final EcgReports reports;
    private final Optional<EcgStore> store;
    private final OwnEndpoint own;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /**
     * Makes the operation.
     *
     * @param reports makes reports
     * @param store where ECGs are and reports go; empty without the embedded repository
     * @param own address of this FHIR endpoint, part of a report's identity; while it is empty a request's own address serves
     */
    public InterpretOperation(EcgReports reports, Optional<EcgStore> store, OwnEndpoint own) {
        this.own = own;
        this.reports = reports;
        this.store = store;
    }

    /**
     * Interprets the ECG in the body, or the one that the body refers to.
     *
     * @param request the request
     * @return the report
     */
    @Operation(name = "$interpret", typeName = "Observation", manualRequest = true)
    public Bundle type(ServletRequestDetails request) {
        InterpretBody body = InterpretBody.read(BodyReader.text(request));
        if (body.observation().isPresent() == body.reference().isPresent()) {
            throw Outcomes.badRequest(
                    "ONE_ECG", "the body must have either the parameter 'observation' or the parameter 'reference'");
        }
        if (body.reference().isPresent()) {
            return stored(referred(body.reference().get(), request), body, request);
        }
        if (body.store()) {
            throw Outcomes.badRequest(
                    "STORE_NEEDS_REFERENCE",
                    "a report is stored only beside its ECG: store the Observation first, then call Observation/[id]/$interpret");
        }
        // An id in the body is the sender's; nothing of ours is meant by it.
        return interpret(
                body.observation().get(),
                new SourceReference(base(request), Optional.empty(), Optional.empty()),
                body,
                request);
    }

    /**
     * Interprets an ECG of this server.
     *
     * @param id the Observation's id
     * @param request the request
     * @return the report
     */
    @Operation(name = "$interpret", typeName = "Observation", manualRequest = true)
    public Bundle instance(@IdParam IdType id, ServletRequestDetails request) {
        InterpretBody body = InterpretBody.read(BodyReader.text(request));
        if (body.observation().isPresent() || body.reference().isPresent()) {
            throw Outcomes.badRequest(
                    "ONE_ECG", "the address names the ECG; the body must have neither 'observation' nor 'reference'");
        }
        return stored(id, body, request);
    }

    private IdType referred(String reference, ServletRequestDetails request) {
        String relative = reference;
        for (String base : List.of(base(request) + "/", requested(request) + "/")) {
            relative = relative.startsWith(base) ? relative.substring(base.length()) : relative;
        }
        Matcher matcher = OBSERVATION.matcher(relative);
        if (!matcher.matches()) {
            throw Outcomes.badRequest(
                    "WRONG_REFERENCE",
                    "parameter 'reference' must be Observation/[id] of this server; nothing else is fetched");
        }
        return new IdType("Observation", matcher.group(1), matcher.group(2));
    }

    private Bundle stored(IdType id, InterpretBody body, ServletRequestDetails request) {
        Observation ecg = store.flatMap(there -> there.read(id))
                .orElseThrow(() -> Outcomes.failure(
                        404,
                        IssueType.NOTFOUND,
                        "NO_SUCH_ECG",
                        Optional.empty(),
                        store.isEmpty()
                                ? "this server keeps no ECGs, for its repository is switched off"
                                : "there is no Observation/" + id.getIdPart() + " on this server"));
        SourceReference source = new SourceReference(
                base(request),
                Optional.of("Observation/" + ecg.getIdElement().getIdPart()),
                Optional.ofNullable(ecg.getIdElement().getVersionIdPart()));
        return interpret(ecg, source, body, request);
    }

    private Bundle interpret(
            Observation ecg, SourceReference source, InterpretBody body, ServletRequestDetails request) {
        EcgReports.Answer answer =
                inTurn(ecg, source, body.model(), ReportLanguage.accepted(request.getHeader("Accept-Language")));
        if (answer instanceof EcgReports.Refused refused) {
            throw Outcomes.refused(refused);
        }
        if (answer instanceof EcgReports.Unavailable unavailable) {
            throw Outcomes.failure(
                    503, IssueType.TRANSIENT, unavailable.reason(), Optional.empty(), unavailable.detail());
        }
        if (answer instanceof EcgReports.Busy busy) {
            throw Outcomes.busy(busy.reason(), busy.detail(), busy.retryAfter());
        }
        Bundle transaction = ((EcgReports.Reported) answer).transaction();
        if (body.store()) {
            store.orElseThrow().store(transaction).ifPresent(refused -> {
                throw Outcomes.failure(409, IssueType.CONFLICT, refused.reason(), refused.element(), refused.detail());
            });
        }
        return collection(transaction);
    }

    private EcgReports.Answer inTurn(
            Observation ecg, SourceReference source, Optional<String> model, Optional<ReportLanguage> language) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Outcomes.busy("BUSY", "too many ECGs at once; try again in a moment", Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Outcomes.failure(503, IssueType.TRANSIENT, "STOPPING", Optional.empty(), "the server is stopping");
        }
        try {
            return reports.report(ecg, source, model, language);
        } finally {
            places.release();
        }
    }

    /** The same resources without what only a transaction has. */
    private static Bundle collection(Bundle transaction) {
        Bundle collection = transaction.copy();
        collection.setType(BundleType.COLLECTION);
        collection.getEntry().forEach((BundleEntryComponent entry) -> entry.setRequest(null));
        return collection;
    }

    private String base(ServletRequestDetails request) {
        return own.fhirBase().orElseGet(() -> requested(request));
    }

    private static String requested(ServletRequestDetails request) {
        String base = request.getServerBaseForRequest();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
