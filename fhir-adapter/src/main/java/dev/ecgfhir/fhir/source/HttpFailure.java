package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.client.exceptions.NonFhirResponseException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a failed exchange with a FHIR server means: whether trying again would help, and when.
 *
 * @param status HTTP status; empty if there was no answer
 * @param retryable true for no answer, 408, 409, 412, 425, 429, 5xx except 501 and 505, and for success with a page that is no FHIR, as
 *     gateways show it while the server is away; not for FHIR that cannot be read: that comes from the one resource
 * @param retryAfter how long the server asks to wait, as far as the exception knows: HAPI's own drop the header, {@link
 *     SourceException} and those that implement {@link Waits} keep it
 * @param tooLarge true if the answer was broken off since it is larger than it may be
 * @param text status or kind of failure; never the server's own words, which may hold patient data
 */
public record HttpFailure(
        Optional<Integer> status, boolean retryable, Optional<Duration> retryAfter, boolean tooLarge, String text) {
    /** An exception that knows how long the server asks to wait. */
    public interface Waits {
        /** Returns how long the server asks to wait. */
        Optional<Duration> retryAfter();
    }

    /**
     * Tells what an exception of HAPI's client means, looking through its causes.
     *
     * @param thrown what the client threw
     * @return its meaning; not retryable for what is no exchange's failure
     */
    public static HttpFailure of(Throwable thrown) {
        Optional<AccessException> access = cause(thrown, AccessException.class);
        if (access.isPresent()) {
            return noAccess(access.get());
        }
        Optional<AnswerSize.TooLargeException> tooLarge = cause(thrown, AnswerSize.TooLargeException.class);
        if (tooLarge.isPresent()) {
            return new HttpFailure(
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    true,
                    String.valueOf(tooLarge.get().getMessage()));
        }
        Throwable cause = thrown;
        Optional<Duration> wait = Optional.empty();
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof Waits waits) {
                wait = waits.retryAfter();
            }
            if (cause instanceof FhirClientConnectionException && cause.getCause() instanceof DataFormatException) {
                return new HttpFailure(Optional.empty(), false, wait, false, "an answer that is no FHIR");
            }
            if (cause instanceof FhirClientConnectionException connection) {
                return noAnswer(connection);
            }
            if (cause instanceof BaseServerResponseException answer && answer.getStatusCode() > 0) {
                return answered(answer, wait);
            }
            if (cause instanceof java.io.IOException) {
                return noAnswer(cause);
            }
            cause = cause.getCause();
        }
        return new HttpFailure(
                Optional.empty(), false, wait, false, thrown.getClass().getSimpleName());
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Without a token the server was not even asked: the same as if it had answered 401, or nothing. */
    private static HttpFailure noAccess(AccessException access) {
        Optional<Integer> status = access.retryable() ? Optional.empty() : Optional.of(401);
        return new HttpFailure(
                status, access.retryable(), Optional.empty(), false, String.valueOf(access.getMessage()));
    }

    private static HttpFailure noAnswer(Throwable connection) {
        Throwable root = connection;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return new HttpFailure(
                Optional.empty(),
                true,
                Optional.empty(),
                false,
                "no usable answer (" + root.getClass().getSimpleName() + ")");
    }

    private static HttpFailure answered(BaseServerResponseException answer, Optional<Duration> wait) {
        int status = answer.getStatusCode();
        if (answer instanceof NonFhirResponseException) {
            return new HttpFailure(
                    Optional.of(status),
                    true,
                    wait,
                    false,
                    "HTTP status " + status + " with an answer that is no FHIR");
        }
        boolean retryable = switch (status) {
            case 408, 409, 412, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
        return new HttpFailure(Optional.of(status), retryable, wait, false, "HTTP status " + status);
    }
}
