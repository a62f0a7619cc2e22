package dev.ecgfhir.fhir.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one server: asked for when first needed, shared by all threads, renewed before it ends and after a 401.
 *
 * <p>One thread asks while the others wait for its answer; they could do nothing without a token.
 */
final class AccessTokens implements Authorization {
    /** What is asked for a token. */
    interface Issuer {
        Token issue() throws AccessException;
    }

    /**
     * A token.
     *
     * @param value what the authorisation server gave
     * @param lifetime how long it holds
     */
    record Token(String value, Duration lifetime) {
        @Override
        public String toString() {
            return "Token[[redacted], " + lifetime + "]";
        }
    }

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Issuer issuer;
    private final Clock clock;
    private @Nullable String header;
    private Instant renewal = Instant.MIN;

    AccessTokens(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public synchronized String header() throws AccessException {
        String present = header;
        if (present != null && clock.instant().isBefore(renewal)) {
            return present;
        }
        Instant asked = clock.instant();
        Token token = issuer.issue();
        String fresh = "Bearer " + token.value();
        header = fresh;
        renewal = asked.plus(token.lifetime()).minus(margin(token.lifetime()));
        return fresh;
    }

    /** Half a minute, so that a request that is on its way arrives with a token that holds; less where a token is short. */
    private static Duration margin(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(10);
        return tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
    }

    @Override
    public synchronized boolean refused(String refused) {
        if (refused.equals(header)) {
            header = null; // unless another thread has renewed it in the meantime
        }
        return true;
    }
}
