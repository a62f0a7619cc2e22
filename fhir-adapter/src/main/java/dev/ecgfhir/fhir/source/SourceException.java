package dev.ecgfhir.fhir.source;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source could not be read. Nothing is lost by it: the cursor has not moved. */
public final class SourceException extends RuntimeException implements HttpFailure.Waits {
    private static final long serialVersionUID = 1L;

    /** What went wrong; the names are stable codes. */
    public enum Reason {
        /** No answer, or one that says "not now". */
        UNAVAILABLE,
        /** 401 or 403. */
        NOT_ALLOWED,
        /** Any other answer that trying again does not change. */
        REJECTED,
        /** An answer with more bytes than an answer of this server may have. */
        TOO_LARGE,
        /** An answer that is no FHIR, or no search result. */
        BAD_ANSWER,
        /** A next link that leads to another server; it is not followed, since credentials would go there. */
        FOREIGN_LINK,
        /** Page links expired again and again before the last page came. */
        LINKS_EXPIRE
    }

    private final Reason reason;
    private final boolean retryable;
    private final transient Optional<Duration> retryAfter;

    SourceException(
            Reason reason,
            boolean retryable,
            Optional<Duration> retryAfter,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    static SourceException of(String what, Optional<Duration> retryAfter, RuntimeException cause) {
        HttpFailure failure = HttpFailure.of(cause);
        Reason reason = Reason.REJECTED;
        if (failure.tooLarge()) {
            reason = Reason.TOO_LARGE;
        } else if (failure.retryable()) {
            reason = Reason.UNAVAILABLE;
        } else if (failure.status().isEmpty()) {
            reason = Reason.BAD_ANSWER;
        } else if (failure.status().get() == 401 || failure.status().get() == 403) {
            reason = Reason.NOT_ALLOWED;
        }
        return new SourceException(reason, failure.retryable(), retryAfter, what + ": " + failure.text(), cause);
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }

    /** Tells whether trying again later can help. */
    public boolean retryable() {
        return retryable;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }
}
