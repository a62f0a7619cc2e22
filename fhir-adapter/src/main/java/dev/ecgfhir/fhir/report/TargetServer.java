package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.ecgfhir.fhir.source.AnswerHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Resource;

/** The few questions that are put to a target, with its failures as {@link TargetException}. Safe to share between threads. */
final class TargetServer {
    private final IGenericClient client;
    private final AnswerHeaders answer;

    TargetServer(IGenericClient client) {
        this.client = client;
        this.answer = AnswerHeaders.of(client);
    }

    String base() {
        return client.getServerBase();
    }

    IGenericClient client() {
        return client;
    }

    Optional<Duration> retryAfter() {
        return answer.retryAfter();
    }

    CapabilityStatement capabilities() {
        return asked(
                "reading the CapabilityStatement",
                () -> client.capabilities().ofType(CapabilityStatement.class).execute());
    }

    /**
     * Reads a resource past all caches.
     *
     * @return the resource; empty if there never was one
     * @throws ResourceGoneException if it was deleted
     */
    <T extends Resource> Optional<T> read(Class<T> type, String id) {
        return asked("reading " + type.getSimpleName() + "/" + id, () -> {
            try {
                return Optional.of(client.read()
                        .resource(type)
                        .withId(id)
                        .cacheControl(noCache())
                        .execute());
            } catch (ResourceGoneException e) {
                throw e;
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** Finds the resources of a type that carry an identifier, past all caches. */
    <T extends Resource> List<T> withIdentifier(Class<T> type, String system, String value) {
        return asked("searching " + type.getSimpleName() + " by identifier", () -> {
            Bundle found = client.search()
                    .forResource(type)
                    .whereMap(Map.of("identifier", List.of(system + "|" + value)))
                    .returnBundle(Bundle.class)
                    .cacheControl(noCache())
                    .execute();
            return found.getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getResource)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        });
    }

    <T> T asked(String what, Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (ResourceGoneException e) {
            throw e;
        } catch (RuntimeException e) {
            throw TargetException.of(what + " at " + base(), answer.retryAfter(), e);
        }
    }

    private static CacheControlDirective noCache() {
        return new CacheControlDirective().setNoCache(true);
    }
}
