package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Optional;

/**
 * What a failed exchange with a FHIR server means: whether trying again would help. When, {@link AnswerHeaders} tells.
 *
 * @param status HTTP status; empty if there was no answer
 * @param retryable true for no answer, 408, 409, 412, 425, 429 and 5xx except 501 and 505
 * @param text status or kind of failure; never the server's own words, which may hold patient data
 */
public record HttpFailure(Optional<Integer> status, boolean retryable, String text) {
    /**
     * Tells what an exception of HAPI's client means, looking through its causes.
     *
     * @param thrown what the client threw
     * @return its meaning; not retryable for what is no exchange's failure
     */
    public static HttpFailure of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof FhirClientConnectionException connection) {
                return noAnswer(connection);
            }
            if (cause instanceof BaseServerResponseException answer && answer.getStatusCode() > 0) {
                return answered(answer);
            }
            if (cause instanceof java.io.IOException) {
                return noAnswer(cause);
            }
            cause = cause.getCause();
        }
        return new HttpFailure(Optional.empty(), false, thrown.getClass().getSimpleName());
    }

    private static HttpFailure noAnswer(Throwable connection) {
        Throwable root = connection;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return new HttpFailure(
                Optional.empty(), true, "no usable answer (" + root.getClass().getSimpleName() + ")");
    }

    private static HttpFailure answered(BaseServerResponseException answer) {
        int status = answer.getStatusCode();
        boolean retryable = switch (status) {
            case 408, 409, 412, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
        return new HttpFailure(Optional.of(status), retryable, "HTTP status " + status);
    }
}
