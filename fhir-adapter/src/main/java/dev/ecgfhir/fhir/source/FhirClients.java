package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.time.Duration;

/**
 * Makes HAPI clients with time limits of their own.
 *
 * <p>HAPI keeps time limits in a factory that all clients of one FhirContext share, 10 s each; a transaction or a page of waveforms
 * may take longer. So each client made here has its own factory and connection pool.
 */
public final class FhirClients {
    private FhirClients() {}

    /**
     * Time limits and pool of one client.
     *
     * @param connect until a connection stands
     * @param answer longest silence while waiting for an answer's next byte
     * @param connections at once
     */
    public record Limits(Duration connect, Duration answer, int connections) {
        /** Checks the ranges. */
        public Limits {
            if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
                throw new IllegalArgumentException(
                        "time limits must be more than 0, were connect " + connect + ", answer " + answer);
            }
            if (connections < 1) {
                throw new IllegalArgumentException("connections must be at least 1, was " + connections);
            }
        }

        /** Returns 10 s to connect, 2 min for an answer, 16 connections. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(10), Duration.ofMinutes(2), 16);
        }
    }

    /**
     * Makes a client. It sends nothing before the first request.
     *
     * @param context R4
     * @param base the server's base address
     * @param limits time limits and pool
     * @return a client that is safe to share between threads
     */
    public static IGenericClient client(FhirContext context, String base, Limits limits) {
        ApacheRestfulClientFactory factory = new ApacheRestfulClientFactory(context);
        factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
        factory.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        factory.setConnectionRequestTimeout(Math.toIntExact(limits.answer().toMillis()));
        factory.setSocketTimeout(Math.toIntExact(limits.answer().toMillis()));
        factory.setPoolMaxTotal(limits.connections());
        factory.setPoolMaxPerRoute(limits.connections());
        return factory.newGenericClient(withoutSlash(base));
    }

    /** Returns an address without slashes at its end. */
    public static String withoutSlash(String base) {
        int end = base.length();
        while (end > 0 && base.charAt(end - 1) == '/') {
            end--;
        }
        return base.substring(0, end);
    }
}
