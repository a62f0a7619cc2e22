package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.api.IClientInterceptor;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the Date header of each thread's latest answer: the server's own clock.
 *
 * <p>HAPI's client works in the caller's thread, so callers that share a client do not see one another's answers.
 */
final class ServerClock implements IClientInterceptor {
    private final ThreadLocal<Optional<Instant>> latest = ThreadLocal.withInitial(Optional::empty);

    @Override
    public void interceptRequest(IHttpRequest request) {
        latest.remove();
    }

    @Override
    public void interceptResponse(IHttpResponse response) {
        List<String> dates = response.getHeaders("Date");
        if (dates == null || dates.isEmpty()) {
            return;
        }
        try {
            latest.set(Optional.of(HttpFailure.httpDate(dates.get(0).strip()).toInstant()));
        } catch (DateTimeException e) {
            latest.remove(); // a header that is no date tells no time
        }
    }

    /** Returns the server's time when it answered this thread last; empty if it did not tell. */
    Optional<Instant> latest() {
        return latest.get();
    }
}
