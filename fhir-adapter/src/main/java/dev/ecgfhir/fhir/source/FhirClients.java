package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.HttpClient;
import org.apache.http.impl.client.HttpClientBuilder;

/**
 * Makes HAPI clients with time limits, credentials and transport of their own.
 *
 * <p>HAPI sends every request through the factory of the FhirContext, whichever factory made the client. So each client made here has a
 * context of its own with a factory of its own; HAPI's time limits, 10 s each, would be too short for a page of waveforms.
 */
public final class FhirClients {
    private FhirClients() {}

    /**
     * What one server is given and may give.
     *
     * @param connect until a connection stands
     * @param answer longest silence while waiting for an answer's next byte
     * @param connections at once
     * @param answerBytes most bytes of an answer; files of an export, which are read line by line, may have more
     * @param requestsPerMinute most requests a minute; 0 for no limit
     */
    public record Limits(Duration connect, Duration answer, int connections, long answerBytes, int requestsPerMinute) {
        private static final long LARGEST_ANSWER = 256L << 20;

        /** Checks the ranges. */
        public Limits {
            if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
                throw new IllegalArgumentException(
                        "time limits must be more than 0, were connect " + connect + ", answer " + answer);
            }
            if (connections < 1) {
                throw new IllegalArgumentException("connections must be at least 1, was " + connections);
            }
            if (answerBytes < 1 || requestsPerMinute < 0) {
                throw new IllegalArgumentException(
                        "an answer's bytes must be at least 1 and requests a minute at least 0, were " + answerBytes
                                + " and " + requestsPerMinute);
            }
        }

        /** Returns 10 s to connect, 2 min for an answer, 16 connections, 256 MiB an answer, as many requests as there are. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(10), Duration.ofMinutes(2), 16, LARGEST_ANSWER, 0);
        }

        /** Returns these limits with other time limits. */
        public Limits waiting(Duration toConnect, Duration forAnswer) {
            return new Limits(toConnect, forAnswer, connections, answerBytes, requestsPerMinute);
        }

        /** Returns these limits with others for what the server sends and is asked. */
        public Limits with(long bytes, int requests) {
            return new Limits(connect, answer, connections, bytes, requests);
        }
    }

    /**
     * Makes a client without credentials. It sends nothing before the first request.
     *
     * @param base the server's base address
     * @param limits time limits and pool
     * @return a client that is safe to share between threads
     */
    public static IGenericClient client(String base, Limits limits) {
        try {
            return client(base, limits, Access.open());
        } catch (AccessException e) {
            throw new IllegalStateException("access without files cannot fail", e);
        }
    }

    /**
     * Makes a client. It sends nothing before the first request.
     *
     * @param base the server's base address
     * @param limits time limits and pool
     * @param access how the server is reached and told who we are
     * @return a client that is safe to share between threads
     * @throws AccessException if a file that access needs cannot be used; the message says which
     */
    public static IGenericClient client(String base, Limits limits, Access access) throws AccessException {
        return client(base, limits, access, Clock.systemUTC());
    }

    static IGenericClient client(String base, Limits limits, Access access, Clock clock) throws AccessException {
        String address = withoutSlash(base);
        FhirContext context = FhirContext.forR4();
        ApacheRestfulClientFactory factory = new ApacheRestfulClientFactory(context);
        factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
        factory.setHttpClient(http(address, limits, access, clock));
        context.setRestfulClientFactory(factory);
        return factory.newGenericClient(address);
    }

    private static HttpClient http(String base, Limits limits, Access access, Clock clock) throws AccessException {
        HttpClientBuilder builder = HttpConnections.builder(limits, access.transport());
        builder.addInterceptorLast((HttpResponseInterceptor) new AnswerSize(limits.answerBytes()));
        if (limits.requestsPerMinute() > 0) {
            builder.addInterceptorFirst(
                    (HttpRequestInterceptor) new RequestRate(limits.requestsPerMinute(), limits.answer()));
        }
        Optional<Authorization> authorization = authorization(base, limits, access, clock);
        if (authorization.isPresent()) {
            Origin server = Origin.of(URI.create(base))
                    .orElseThrow(() ->
                            new IllegalArgumentException("a server's address must be absolute, was '" + base + "'"));
            Authorizing authorizing = new Authorizing(server, authorization.get());
            builder.addInterceptorLast((HttpRequestInterceptor) authorizing)
                    .setServiceUnavailableRetryStrategy(authorizing);
        }
        return builder.build();
    }

    private static Optional<Authorization> authorization(String base, Limits limits, Access access, Clock clock)
            throws AccessException {
        Credentials credentials = access.credentials();
        if (credentials instanceof Credentials.None) {
            return Optional.empty();
        }
        if (credentials instanceof Credentials.Basic basic) {
            return Optional.of(Authorization.basic(basic));
        }
        Credentials.TokenRequestTerms terms;
        if (credentials instanceof Credentials.ClientSecret known) {
            terms = known.tokens();
        } else if (credentials instanceof Credentials.BackendServices backend) {
            terms = backend.tokens();
            SigningKeys.read(backend.keyFile()); // a key that cannot be used shows at the start, not at night
        } else {
            throw new IllegalStateException("unknown credentials " + credentials.getClass());
        }
        TokenHttp http = new TokenHttp(
                HttpConnections.builder(limits, access.transport()).build());
        SmartConfiguration configuration = new SmartConfiguration(URI.create(base), terms.endpoint(), http);
        return Optional.of(new AccessTokens(new TokenEndpoint(credentials, terms, configuration, http, clock), clock));
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
