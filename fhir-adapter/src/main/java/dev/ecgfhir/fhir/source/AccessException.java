package dev.ecgfhir.fhir.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no access token, or a file that access needs cannot be used. The message holds no secret and nothing that a server said. */
public final class AccessException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    AccessException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Tells whether trying again can help without anybody doing anything. */
    public boolean retryable() {
        return retryable;
    }
}
