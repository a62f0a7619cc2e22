package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.source.HttpFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target could not be asked or written. Nothing is lost by it: the report stays where it is stored. */
public final class TargetException extends RuntimeException implements HttpFailure.Waits {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final transient @Nullable Duration retryAfter;

    TargetException(boolean retryable, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    static TargetException of(String what, Optional<Duration> retryAfter, RuntimeException cause) {
        if (cause instanceof TargetException ours) {
            return ours;
        }
        HttpFailure failure = HttpFailure.of(cause);
        return new TargetException(failure.retryable(), retryAfter.orElse(null), what + ": " + failure.text(), cause);
    }

    /** Tells whether trying again later can help. */
    public boolean retryable() {
        return retryable;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
