package dev.ecgfhir.web;

import dev.ecgfhir.fhir.source.Notification;
import dev.ecgfhir.fhir.source.NotificationReader;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.routes.Notifications;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where sources tell what is new, from other machines too: the secret of the subscription is what lets them. Nothing is told to a caller
 * without it but whether there is a subscription.
 */
@RestController
public final class NotificationEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationEndpoint.class);
    /** What is read of one notification, bytes: an ECG of some hours. */
    private static final long MOST = 32L * 1024 * 1024;

    private static final String RETRY_SECONDS = "5";
    private static final MediaType FHIR = MediaType.valueOf("application/fhir+json");
    /** HAPI sends a Bundle as if it were a transaction, and sends it again and again where no Bundle is answered. */
    private static final String TAKEN = "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}";

    private final Supplier<Optional<Notifications>> notifications;
    private final NotificationReader reader = new NotificationReader(MOST);

    /**
     * Makes the endpoint.
     *
     * @param notifications takes them; empty while nothing is polled
     */
    public NotificationEndpoint(Supplier<Optional<Notifications>> notifications) {
        this.notifications = notifications;
    }

    /** Takes a notification: nothing, a resource, or a Bundle that tells of a subscription. */
    @RequestMapping(
            path = "/notifications/{source}",
            method = {RequestMethod.POST, RequestMethod.PUT})
    public ResponseEntity<String> any(
            @PathVariable("source") String source,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization,
            HttpServletRequest request)
            throws IOException {
        return answer(source, authorization, () -> reader.read(request.getInputStream()));
    }

    /** Takes a notification whose address names the resource, as subscriptions of R4 send it. What it carries is not looked at. */
    @RequestMapping(
            path = "/notifications/{source}/{type}/{id}",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE})
    public ResponseEntity<String> one(
            @PathVariable("source") String source,
            @PathVariable("type") String type,
            @PathVariable("id") String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization,
            HttpServletRequest request)
            throws IOException {
        return answer(source, authorization, () -> {
            reader.skip(request.getInputStream());
            return Notification.about(type + "/" + id);
        });
    }

    private ResponseEntity<String> answer(String source, String authorization, Notifications.Body body)
            throws IOException {
        Optional<Notifications> taker = notifications.get();
        if (taker.isEmpty()) {
            return later();
        }
        try {
            return switch (taker.get().take(source, authorization, body)) {
                case ACCEPTED -> ResponseEntity.ok().contentType(FHIR).body(TAKEN);
                case UNKNOWN -> ResponseEntity.notFound().build();
                case NOT_ALLOWED ->
                    ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                            .build();
                case LATER -> later();
                case NOT_UNDERSTOOD -> ResponseEntity.badRequest().build();
                case TOO_LARGE ->
                    ResponseEntity.status(HttpStatus.PAYLOAD_TOO_LARGE).build();
            };
        } catch (LedgerException e) {
            LOG.error("a notification of source {} is not taken: {}", source, e.getMessage());
            return later();
        }
    }

    private static ResponseEntity<String> later() {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
