package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A CDS service for the hook {@code patient-view}: a card for each new report with a critical finding that no person has confirmed.
 *
 * <p>Reference: HL7 CDS Hooks 2.0. Safe for concurrent callers.
 */
@RestController
public final class CdsHooks {
    private static final String ID = "critical-ecg-findings";
    private static final String HOOK = "patient-view";
    private static final String PREFETCH = "reports";
    private static final Set<String> OUTCOMES = Set.of("accepted", "overridden");

    private final CriticalFindings critical;
    private final Optional<UnreviewedReports> repository;
    private final OwnEndpoint own;
    private final Duration window;
    private final Clock clock;
    private final MeterRegistry meters;

    /**
     * Makes the service.
     *
     * @param critical knows what is critical
     * @param repository where reports are if the caller sends none; empty without the embedded repository
     * @param own address of this server's FHIR endpoint
     * @param window how long a report counts as new
     * @param clock tells the time
     * @param meters count what becomes of cards
     */
    CdsHooks(
            CriticalFindings critical,
            Optional<UnreviewedReports> repository,
            OwnEndpoint own,
            Duration window,
            Clock clock,
            MeterRegistry meters) {
        this.critical = critical;
        this.repository = repository;
        this.own = own;
        this.window = window;
        this.clock = clock;
        this.meters = meters;
    }

    /** Returns what there is (discovery). */
    @GetMapping("/cds-services")
    public JsonNode discovery() {
        ObjectNode discovery = JsonNodeFactory.instance.objectNode();
        ObjectNode service = discovery.putArray("services").addObject();
        service.put("id", ID)
                .put("hook", HOOK)
                .put("title", "Critical ECG findings, not reviewed")
                .put(
                        "description",
                        "Tells of new ECG reports of ECGFounder for FHIR that suggest a critical finding and that no person has confirmed.");
        service.putObject("prefetch")
                .put(
                        PREFETCH,
                        "DiagnosticReport?patient={{context.patientId}}&status=preliminary,partial"
                                + "&category=http://terminology.hl7.org/CodeSystem/v2-0074|EC&_include=DiagnosticReport:result");
        return discovery;
    }

    /**
     * Answers a call of the hook.
     *
     * @param id which service
     * @param call the call
     * @return cards; 400 for what is no call of this hook, 404 for another service, 412 where there are no reports to look at
     */
    @PostMapping("/cds-services/{id}")
    public ResponseEntity<JsonNode> call(@PathVariable("id") String id, @RequestBody JsonNode call) {
        if (!id.equals(ID)) {
            return problem(404, "there is no service of this id; /cds-services lists them");
        }
        String patient = call.path("context").path("patientId").asText();
        if (!call.path("hook").asText().equals(HOOK)
                || !call.path("hookInstance").isTextual()) {
            return problem(400, "'hook' must be patient-view, and 'hookInstance' must be there");
        }
        if (!patient.matches("[A-Za-z0-9.\\-]{1,64}")) {
            return problem(400, "'context.patientId' must be a FHIR id");
        }
        Instant since = clock.instant().minus(window);
        Optional<Bundle> reports;
        try {
            reports = reports(call, patient, since);
        } catch (DataFormatException e) {
            return problem(400, "'prefetch." + PREFETCH + "' must be a FHIR R4 Bundle as JSON");
        }
        return reports.map(found -> ResponseEntity.<JsonNode>ok(CdsCards.response(critical.in(found, patient, since))))
                .orElseGet(() -> problem(
                        412,
                        "there are no reports to look at: send them as 'prefetch." + PREFETCH
                                + "', for this server asks no other one"));
    }

    private Optional<Bundle> reports(JsonNode call, String patient, Instant since) {
        JsonNode prefetched = call.path("prefetch").path(PREFETCH);
        if (prefetched.isObject()) {
            return Optional.of(
                    FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, prefetched.toString()));
        }
        // Patient/7 of another server may be somebody else here.
        String server = call.path("fhirServer").asText().replaceAll("/+$", "");
        if (!server.isEmpty() && !own.fhirBase().filter(server::equals).isPresent()) {
            return Optional.empty();
        }
        return repository.map(there -> addressed(there.of(patient, since)));
    }

    private Bundle addressed(Bundle reports) {
        own.fhirBase()
                .ifPresent(base -> reports.getEntry()
                        .forEach(entry -> entry.setFullUrl(
                                base + "/" + entry.getResource().fhirType() + "/"
                                        + entry.getResource().getIdElement().getIdPart())));
        return reports;
    }

    /**
     * Counts what became of cards.
     *
     * @param id which service
     * @param feedback the feedback
     * @return 200; 400 for what is no feedback, 404 for another service
     */
    @PostMapping("/cds-services/{id}/feedback")
    public ResponseEntity<JsonNode> feedback(@PathVariable("id") String id, @RequestBody JsonNode feedback) {
        if (!id.equals(ID)) {
            return problem(404, "there is no service of this id; /cds-services lists them");
        }
        JsonNode items = feedback.path("feedback");
        for (JsonNode item : items) {
            if (!item.path("card").isTextual()
                    || !OUTCOMES.contains(item.path("outcome").asText())) {
                return problem(400, "each feedback must have 'card' and an 'outcome', accepted or overridden");
            }
        }
        if (!items.isArray() || items.isEmpty()) {
            return problem(400, "'feedback' must be a list with something in it");
        }
        items.forEach(item -> meters.counter(
                        "ecgfhir.cds.feedback", "outcome", item.path("outcome").asText())
                .increment());
        return ResponseEntity.ok(JsonNodeFactory.instance.objectNode());
    }

    private static ResponseEntity<JsonNode> problem(int status, String text) {
        return ResponseEntity.status(status)
                .body(JsonNodeFactory.instance.objectNode().put("error", text));
    }
}
