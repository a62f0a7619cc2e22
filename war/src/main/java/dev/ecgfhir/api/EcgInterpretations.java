package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import dev.ecgfhir.fhir.recording.SourceReference;
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
 * Interprets one ECG that a caller asked for, whether the caller waits or comes back later.
 *
 * <p>Safe for concurrent callers; more than {@value #AT_ONCE} at once wait, and who waits longer than {@value #PATIENCE_SECONDS} s for an
 * answer is told so with 503. Work in the background waits as long as it takes.
 */
final class EcgInterpretations {
    private static final int AT_ONCE = 4;
    private static final int PATIENCE_SECONDS = 30;

    /** How often work in the background asks again where others are before it. */
    private static final int TRIES = 100;

    private static final Pattern OBSERVATION =
            Pattern.compile("Observation/([A-Za-z0-9.\\-]{1,64})(?:/_history/([A-Za-z0-9.\\-]{1,64}))?");

    private final EcgReports reports;
    private final Optional<EcgStore> store;
    private final OwnEndpoint own;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    EcgInterpretations(EcgReports reports, Optional<EcgStore> store, OwnEndpoint own) {
        this.reports = reports;
        this.store = store;
        this.own = own;
    }

    /**
     * Refuses what cannot be asked of any ECG, before one is looked at.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if a reference is not one of this server, or a report is to
     *     be stored without its ECG
     */
    void check(AskedEcg asked, InterpretCall call) {
        if (asked instanceof AskedEcg.Referred referred) {
            id(referred.reference(), call);
        } else if (call.store()) {
            throw Outcomes.badRequest(
                    "STORE_NEEDS_REFERENCE",
                    "a report is stored only beside its ECG: store the Observation first, then call Observation/[id]/$interpret");
        }
    }

    /**
     * Interprets.
     *
     * @return the report as a collection
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if there is none, with an OperationOutcome that says why
     */
    Bundle interpret(AskedEcg asked, InterpretCall call) {
        check(asked, call);
        if (asked instanceof AskedEcg.Referred referred) {
            return stored(id(referred.reference(), call), call);
        }
        // An id in the body is the sender's; nothing of ours is meant by it.
        return interpret(
                ((AskedEcg.Given) asked).observation(),
                new SourceReference(base(call), Optional.empty(), Optional.empty()),
                call);
    }

    private IdType id(String reference, InterpretCall call) {
        String relative = reference;
        for (String base : List.of(base(call) + "/", call.requested() + "/")) {
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

    private Bundle stored(IdType id, InterpretCall call) {
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
                base(call),
                Optional.of("Observation/" + ecg.getIdElement().getIdPart()),
                Optional.ofNullable(ecg.getIdElement().getVersionIdPart()));
        return interpret(ecg, source, call);
    }

    private Bundle interpret(Observation ecg, SourceReference source, InterpretCall call) {
        EcgReports.Answer answer = inTurn(ecg, source, call);
        for (int again = 0; answer instanceof EcgReports.Busy busy && !call.waiting() && again < TRIES; again++) {
            pause(busy.retryAfter());
            answer = inTurn(ecg, source, call);
        }
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
        if (call.store()) {
            store.orElseThrow().store(transaction).ifPresent(refused -> {
                throw Outcomes.failure(409, IssueType.CONFLICT, refused.reason(), refused.element(), refused.detail());
            });
        }
        return collection(transaction);
    }

    private EcgReports.Answer inTurn(Observation ecg, SourceReference source, InterpretCall call) {
        try {
            if (!call.waiting()) {
                places.acquire();
            } else if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Outcomes.busy("BUSY", "too many ECGs at once; try again in a moment", Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            throw stopping();
        }
        try {
            return reports.report(ecg, source, call.model(), call.language());
        } finally {
            places.release();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw stopping();
        }
    }

    private static BaseServerResponseException stopping() {
        Thread.currentThread().interrupt();
        return Outcomes.failure(503, IssueType.TRANSIENT, "STOPPING", Optional.empty(), "the server is stopping");
    }

    /** The same resources without what only a transaction has. */
    private static Bundle collection(Bundle transaction) {
        Bundle collection = transaction.copy();
        collection.setType(BundleType.COLLECTION);
        collection.getEntry().forEach((BundleEntryComponent entry) -> entry.setRequest(null));
        return collection;
    }

    private String base(InterpretCall call) {
        return own.fhirBase().orElse(call.requested());
    }
}
