package dev.ecgfhir.fhir.source;

import com.google.common.util.concurrent.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.protocol.HttpContext;

/**
 * Lets requests to one server go no faster than it can bear: each waits for its turn. One that would wait longer than for an answer fails
 * instead, as if the server had not answered, so that its caller holds nothing for longer than it expects.
 */
@SuppressWarnings("UnstableApiUsage") // RateLimiter has been marked so, and unchanged, since Guava 13
final class RequestRate implements HttpRequestInterceptor {
    private static final double SECONDS_A_MINUTE = 60;

    private final RateLimiter turns;
    private final Duration longest;

    /**
     * Limits the rate.
     *
     * @param perMinute most requests a minute, at least 1
     * @param longest time that a request waits for its turn
     */
    RequestRate(int perMinute, Duration longest) {
        this.turns = RateLimiter.create(perMinute / SECONDS_A_MINUTE);
        this.longest = longest;
    }

    @Override
    public void process(HttpRequest request, HttpContext context) throws IOException {
        if (!turns.tryAcquire(longest)) {
            throw new IOException("more requests wait than the rate lets go within " + longest);
        }
    }
}
