package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.ecgfhir.fhir.report.ReportLanguage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;

/**
 * {@code $interpret} on Observation, at type and at instance level: at once, or in the background where the caller prefers
 * {@code respond-async}. Safe for concurrent callers.
 */
public final class InterpretOperation {
    private final EcgInterpretations interpretations;
    private final InterpretJobs jobs;

    /**
     * Makes the operation.
     *
     * @param reports makes reports
     * @param store where ECGs are and reports go; empty without the embedded repository
     * @param own address of this FHIR endpoint, part of a report's identity; while it is empty a request's own address serves
     * @param jobs work in the background
     */
    public InterpretOperation(EcgReports reports, Optional<EcgStore> store, OwnEndpoint own, InterpretJobs jobs) {
        this.interpretations = new EcgInterpretations(reports, store, own);
        this.jobs = jobs;
    }

    /**
     * Interprets the ECGs in the body, or those that it refers to.
     *
     * @param request the request
     * @throws IOException if the answer cannot be sent
     */
    @Operation(name = "$interpret", typeName = "Observation", manualRequest = true, manualResponse = true)
    public void type(ServletRequestDetails request) throws IOException {
        InterpretBody body = InterpretBody.read(BodyReader.text(request));
        if (body.ecgs().isEmpty()) {
            throw Outcomes.badRequest("NO_ECG", "the body must have a parameter 'observation' or 'reference'");
        }
        answer(body.ecgs(), body, request);
    }

    /**
     * Interprets an ECG of this server.
     *
     * @param id the Observation's id
     * @param request the request
     * @throws IOException if the answer cannot be sent
     */
    @Operation(name = "$interpret", typeName = "Observation", manualRequest = true, manualResponse = true)
    public void instance(@IdParam IdType id, ServletRequestDetails request) throws IOException {
        InterpretBody body = InterpretBody.read(BodyReader.text(request));
        if (!body.ecgs().isEmpty()) {
            throw Outcomes.badRequest(
                    "ONE_ECG", "the address names the ECG; the body must have neither 'observation' nor 'reference'");
        }
        answer(List.of(new AskedEcg.Referred("Observation/" + id.getIdPart())), body, request);
    }

    private void answer(List<AskedEcg> ecgs, InterpretBody body, ServletRequestDetails request) throws IOException {
        boolean later = prefersLater(request);
        InterpretCall call = new InterpretCall(
                requested(request),
                body.model(),
                ReportLanguage.accepted(request.getHeader("Accept-Language")),
                body.store(),
                !later);
        ecgs.forEach(ecg -> interpretations.check(ecg, call));
        if (later) {
            FhirContext context = request.getFhirContext();
            List<Supplier<String>> work = ecgs.stream()
                    .map(ecg ->
                            (Supplier<String>) () -> BatchEntry.of(context, () -> interpretations.interpret(ecg, call)))
                    .toList();
            JobAnswers.accepted(request, call.requested(), jobs.start(work));
            return;
        }
        if (ecgs.size() > 1) {
            throw Outcomes.badRequest(
                    "SEVERAL_ECGS",
                    "the body names " + ecgs.size()
                            + " ECGs; more than one are interpreted in the background: send the header 'Prefer: respond-async'");
        }
        RestfulServerUtils.streamResponseAsResource(
                request.getServer(),
                interpretations.interpret(ecgs.get(0), call),
                Set.of(),
                200,
                false,
                request.isRespondGzip(),
                request);
    }

    /** Reference: RFC 7240, header Prefer; HL7 FHIR R4, Asynchronous Request Patterns. */
    private static boolean prefersLater(ServletRequestDetails request) {
        return request.getHeaders("Prefer").stream()
                .flatMap(header -> List.of(header.split("[,;]")).stream())
                .anyMatch(preference ->
                        preference.strip().toLowerCase(Locale.ROOT).equals("respond-async"));
    }

    private static String requested(ServletRequestDetails request) {
        String base = request.getServerBaseForRequest();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
