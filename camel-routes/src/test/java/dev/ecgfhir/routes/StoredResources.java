package dev.ecgfhir.routes;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;

/** Resources of one type in memory, with the searches that the product asks of a server. */
class StoredResources<T extends Resource> extends HashMapResourceProvider<T> {
    StoredResources(FhirContext context, Class<T> type) {
        super(context, type);
    }

    /** Finds what carries an identifier. */
    @Search
    public synchronized List<T> withIdentifier(@RequiredParam(name = "identifier") TokenParam identifier) {
        return getAllResources().stream()
                .filter(resource -> identifiers(resource).stream()
                        .anyMatch(one -> one.getSystem().equals(identifier.getSystem())
                                && one.getValue().equals(identifier.getValue())))
                .toList();
    }

    @Override
    public synchronized IIdType store(T resource) {
        return store(resource, new Date());
    }

    /** Stores something as if it had been written at another time. */
    synchronized IIdType store(T resource, Date written) {
        resource.getMeta().setLastUpdated(written);
        return super.store(resource);
    }

    private List<Identifier> identifiers(T resource) {
        return getFhirContext().newTerser().getValues(resource, "identifier", Identifier.class);
    }

    /** Subscriptions, found by where they notify. */
    static final class Subscriptions extends StoredResources<Subscription> {
        Subscriptions(FhirContext context) {
            super(context, Subscription.class);
        }

        /** Finds by endpoint. */
        @Search
        public synchronized List<Subscription> notifying(@RequiredParam(name = "url") UriParam url) {
            return getAllResources().stream()
                    .filter(one -> url.getValue().equals(one.getChannel().getEndpoint()))
                    .toList();
        }
    }

    /** Observations, searched as a poll does. */
    static final class Observations extends StoredResources<Observation> {
        /** How often a poll came. */
        final AtomicInteger polls = new AtomicInteger();

        Observations(FhirContext context) {
            super(context, Observation.class);
        }

        /** Finds by code, time of the last update and time of recording. */
        @Search
        public synchronized List<Observation> changed(
                @RequiredParam(name = "code") TokenOrListParam codes,
                @OptionalParam(name = "_lastUpdated") DateRangeParam updated,
                @OptionalParam(name = "date") DateRangeParam recorded,
                @OptionalParam(name = "_id") TokenOrListParam ids) {
            polls.incrementAndGet();
            Date from = updated == null ? null : updated.getLowerBoundAsInstant();
            return getAllResources().stream()
                    .filter(one -> codes.getValuesAsQueryTokens().stream().anyMatch(code -> hasCode(one, code)))
                    .filter(one ->
                            from == null || !one.getMeta().getLastUpdated().before(from))
                    .filter(one -> ids == null
                            || ids.getValuesAsQueryTokens().stream()
                                    .anyMatch(id -> id.getValue()
                                            .equals(one.getIdElement().getIdPart())))
                    .filter(one -> recorded == null || isWithin(recorded, one))
                    .toList();
        }

        private static boolean isWithin(DateRangeParam recorded, Observation observation) {
            if (!observation.hasEffectiveDateTimeType()) {
                return false;
            }
            Date when = observation.getEffectiveDateTimeType().getValue();
            return !when.before(recorded.getLowerBoundAsInstant())
                    && when.before(recorded.getUpperBound().getValue());
        }

        private static boolean hasCode(Observation observation, TokenParam code) {
            return observation.getCode().getCoding().stream()
                    .anyMatch(coding -> code.getValue().equals(coding.getCode())
                            && code.getSystem().equals(coding.getSystem()));
        }
    }
}
