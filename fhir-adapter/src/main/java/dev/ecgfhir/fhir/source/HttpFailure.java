package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a failed exchange with a FHIR server means: whether trying again would help, and when.
 *
 * @param status HTTP status; empty if there was no answer
 * @param retryable true for no answer, 408, 409, 412, 425, 429 and 5xx except 501 and 505
 * @param retryAfter how long the server asks to wait (Retry-After in seconds, or as a date against the answer's own Date header)
 * @param text status or kind of failure; never the server's own words, which may hold patient data
 */
public record HttpFailure(Optional<Integer> status, boolean retryable, Optional<Duration> retryAfter, String text) {
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
        return new HttpFailure(
                Optional.empty(), false, Optional.empty(), thrown.getClass().getSimpleName());
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
                "no usable answer (" + root.getClass().getSimpleName() + ")");
    }

    private static HttpFailure answered(BaseServerResponseException answer) {
        int status = answer.getStatusCode();
        boolean retryable = switch (status) {
            case 408, 409, 412, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
        return new HttpFailure(Optional.of(status), retryable, retryAfter(answer), "HTTP status " + status);
    }

    private static Optional<Duration> retryAfter(BaseServerResponseException answer) {
        Map<String, List<String>> headers = answer.hasResponseHeaders() ? answer.getResponseHeaders() : Map.of();
        return first(headers, "retry-after").flatMap(value -> {
            try {
                Duration wait = value.chars().allMatch(Character::isDigit)
                        ? Duration.ofSeconds(Long.parseLong(value))
                        : Duration.between(httpDate(first(headers, "date").orElse(value)), httpDate(value));
                return wait.isNegative() ? Optional.empty() : Optional.of(wait);
            } catch (DateTimeException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static ZonedDateTime httpDate(String value) {
        return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey() != null
                        && header.getKey().toLowerCase(Locale.ROOT).equals(name))
                .flatMap(header -> header.getValue().stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
