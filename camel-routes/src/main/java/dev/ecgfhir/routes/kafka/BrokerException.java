package dev.ecgfhir.routes.kafka;

import org.jspecify.annotations.Nullable;

/** The broker does not answer, or refuses. What is in the ledger waits there. */
public final class BrokerException extends RuntimeException {
    /** Says what is the matter. */
    public BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
