package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a FHIR R4 server for a subscription, renews it, looks how it stands. Safe to share between threads. */
public final class SubscriptionClient {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionClient.class);

    /** What the server says of a subscription. */
    public enum Status {
        /** Not in force yet. */
        REQUESTED,
        /** Notifications are sent. */
        ACTIVE,
        /** A notification could not be delivered; the server may try no more. */
        ERROR,
        /** Notifications are not sent any more. */
        OFF
    }

    /**
     * A subscription on the server.
     *
     * @param id its id there
     * @param status how it stands
     */
    public record Standing(String id, Status status) {}

    private final IGenericClient client;
    private final AnswerHeaders answer;

    /** Talks through a client, which stays its owner's. */
    public SubscriptionClient(IGenericClient client) {
        this.client = client;
        this.answer = AnswerHeaders.of(client);
    }

    /**
     * Asks for a subscription: a new one, or the known one again, which renews it. One that an earlier request left behind, whose answer
     * never came, is taken over.
     *
     * @param known its id, if there is one
     * @return how it stands
     * @throws SourceException if the server refuses or cannot be reached
     */
    public Standing request(Optional<String> known, SubscriptionOrder order) {
        String what = "asking " + client.getServerBase() + " for a subscription";
        return exchange(what, () -> {
            Optional<String> id = known.or(() -> leftBehind(order.endpoint()));
            try {
                return send(id, order.resource(true));
            } catch (InvalidRequestException | UnprocessableEntityException e) {
                if (order.topic().isEmpty()) {
                    throw e;
                }
                LOG.info("{} refused the filter of the subscription; asking without", client.getServerBase());
                return send(id, order.resource(false));
            }
        });
    }

    private Standing send(Optional<String> id, Subscription subscription) {
        if (id.isPresent()) {
            subscription.setId(id.get());
            try {
                return standing(client.update().resource(subscription).execute(), subscription);
            } catch (ResourceGoneException | ResourceNotFoundException e) {
                subscription.setId((String) null);
            }
        }
        return standing(client.create().resource(subscription).execute(), subscription);
    }

    private static Standing standing(MethodOutcome outcome, Subscription asked) {
        Subscription answered = outcome.getResource() instanceof Subscription whole ? whole : asked;
        String id = outcome.getId() == null
                ? answered.getIdElement().getIdPart()
                : outcome.getId().getIdPart();
        if (id == null || id.isEmpty()) {
            throw new InvalidRequestException("the answer names no id");
        }
        return new Standing(id, status(answered));
    }

    private Optional<String> leftBehind(String endpoint) {
        Bundle found;
        try {
            found = client.search()
                    .forResource(Subscription.class)
                    .where(Subscription.URL.matches().value(endpoint))
                    .cacheControl(FhirServerSource.noCache())
                    .returnBundle(Bundle.class)
                    .execute();
        } catch (InvalidRequestException
                | ResourceNotFoundException
                | MethodNotAllowedException
                | NotImplementedOperationException e) {
            LOG.debug("{} does not search for subscriptions", client.getServerBase(), e);
            return Optional.empty();
        }
        return found.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Subscription.class::isInstance)
                .map(Subscription.class::cast)
                .filter(one -> endpoint.equals(one.getChannel().getEndpoint()))
                .map(one -> one.getIdElement().getIdPart())
                .findFirst();
    }

    /**
     * Looks how a subscription stands.
     *
     * @return empty if the server has it no more
     * @throws SourceException if the server cannot be asked
     */
    public Optional<Standing> look(String id) {
        return exchange("reading a subscription of " + client.getServerBase(), () -> {
            try {
                return Optional.of(new Standing(
                        id,
                        status(client.read()
                                .resource(Subscription.class)
                                .withId(id)
                                .cacheControl(FhirServerSource.noCache())
                                .execute())));
            } catch (ResourceGoneException | ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Ends a subscription; one that is not there has ended.
     *
     * @throws SourceException if the server refuses or cannot be reached
     */
    public void end(String id) {
        exchange("ending a subscription of " + client.getServerBase(), () -> {
            try {
                return client.delete().resourceById("Subscription", id).execute();
            } catch (ResourceGoneException | ResourceNotFoundException e) {
                return new MethodOutcome();
            }
        });
    }

    private static Status status(Subscription subscription) {
        if (subscription.getStatus() == null) {
            return Status.REQUESTED;
        }
        return switch (subscription.getStatus()) {
            case ACTIVE -> Status.ACTIVE;
            case ERROR -> Status.ERROR;
            case OFF -> Status.OFF;
            default -> Status.REQUESTED;
        };
    }

    private <T> T exchange(String what, Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (RuntimeException e) {
            throw SourceException.of(what, answer.retryAfter(), e);
        }
    }
}
