package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.api.IClientInterceptor;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Remembers, for each thread, two headers of the latest answer that HAPI's client itself drops: the server's clock (Date) and how long it
 * asks to wait (Retry-After).
 *
 * <p>HAPI's client works in the caller's thread, so callers that share a client do not see one another's answers.
 */
public final class AnswerHeaders implements IClientInterceptor {
    private final ThreadLocal<Optional<Instant>> date = ThreadLocal.withInitial(Optional::empty);
    private final ThreadLocal<Optional<Duration>> retryAfter = ThreadLocal.withInitial(Optional::empty);

    private AnswerHeaders() {}

    /** Begins to listen to a client's answers. */
    public static AnswerHeaders of(IGenericClient client) {
        AnswerHeaders headers = new AnswerHeaders();
        client.registerInterceptor(headers);
        return headers;
    }

    /** Returns the server's time when it answered this thread last; empty if it did not tell. */
    public Optional<Instant> date() {
        return date.get();
    }

    /** Returns how long the latest answer to this thread asked to wait; a date is measured against the server's own clock. */
    public Optional<Duration> retryAfter() {
        return retryAfter.get();
    }

    @Override
    public void interceptRequest(IHttpRequest request) {
        date.remove();
        retryAfter.remove();
    }

    @Override
    public void interceptResponse(IHttpResponse response) {
        Optional<Instant> answered = header(response, "Date").flatMap(AnswerHeaders::httpDate);
        date.set(answered);
        retryAfter.set(header(response, "Retry-After").flatMap(value -> wait(value, answered)));
    }

    static Optional<Duration> wait(String value, Optional<Instant> answered) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return httpDate(value)
                .flatMap(until -> answered.map(from -> Duration.between(from, until)))
                .filter(duration -> !duration.isNegative());
    }

    static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // a header that is no date tells no time
        }
    }

    private static Optional<String> header(IHttpResponse response, String name) {
        List<String> values = response.getHeaders(name);
        return values == null || values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(0).strip());
    }
}
