package dev.ecgfhir.inference.download;

import dev.ecgfhir.inference.download.DownloadException.Reason;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** What an answer without the file means. */
final class Refusals {
    private static final Set<Integer> LATER = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private Refusals() {}

    /**
     * Says why there is no file.
     *
     * @return what asking again will not change
     * @throws BusyServerException if the server may have it later
     */
    static DownloadException of(URI address, HttpResponse<?> response) throws BusyServerException {
        int status = response.statusCode();
        String found = address + ": the server answered " + status
                + (response.uri().equals(address) ? "" : " at " + response.uri().getHost());
        if (LATER.contains(status)) {
            throw new BusyServerException(found, retryAfter(response));
        }
        return new DownloadException(Reason.NOT_GIVEN, found + hint(status));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> "; it wants a login or forbids the file; fetch it with a browser, or name a mirror";
            case 404, 410 -> "; there is no such file; name a mirror that has it";
            case 407 -> "; a proxy wants a login, which is not supported; name another proxy or a mirror";
            case 301, 302, 303, 307, 308 -> "; it redirects to an address without TLS, too often, or nowhere";
            default -> "; expected 200 or 206";
        };
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        try {
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(0);
            Duration asked = Duration.ofSeconds(Math.max(0, seconds));
            return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
        } catch (NumberFormatException e) {
            return Duration.ZERO; // a date, or nonsense
        }
    }
}
