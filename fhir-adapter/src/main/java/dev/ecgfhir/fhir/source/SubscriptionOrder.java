package dev.ecgfhir.fhir.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.UnsignedIntType;

/**
 * A subscription as it is asked for.
 *
 * @param form which of the two ways
 * @param endpoint where notifications go
 * @param secret what they carry, {@code Authorization: Bearer SECRET}
 * @param query search parameters on Observation
 * @param topic canonical address of the topic; only {@link Form#BACKPORT} has one
 * @param payload how much of a recording a notification carries
 * @param heartbeat how often the server tells that nothing happened; 0 never; only with {@link Form#BACKPORT}
 * @param end when the server may forget it
 */
public record SubscriptionOrder(
        Form form,
        String endpoint,
        String secret,
        Map<String, List<String>> query,
        Optional<String> topic,
        Payload payload,
        Duration heartbeat,
        Instant end) {
    /** The two ways in which an R4 server tells of what is new. */
    public enum Form {
        /** A subscription of FHIR R4, by a search. */
        REST_HOOK,
        /** A subscription by topic, as in R5, in the form that the Subscriptions R5 Backport gives it in R4. */
        BACKPORT
    }

    /** How much a notification carries. None of it is taken for an ECG: that is read from the server. */
    public enum Payload {
        /** Nothing: something has happened. */
        EMPTY("empty"),
        /** Ids. A subscription of R4 knows no such payload. */
        ID_ONLY("id-only"),
        /** The whole resource. */
        FULL_RESOURCE("full-resource");

        private final String code;

        Payload(String code) {
            this.code = code;
        }

        /** Returns its name as the Backport, and a setting, write it. */
        public String code() {
            return code;
        }
    }

    // http://hl7.org/fhir/uv/subscriptions-backport, version 1.1.0
    private static final String BACKPORT = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
    private static final String PROFILE = BACKPORT + "backport-subscription";
    private static final String FILTER = BACKPORT + "backport-filter-criteria";
    private static final String CONTENT = BACKPORT + "backport-payload-content";
    private static final String HEARTBEAT = BACKPORT + "backport-heartbeat-period";
    private static final String JSON = "application/fhir+json";

    /** Copies the query and checks that everything fits together. */
    public SubscriptionOrder {
        query = Map.copyOf(query);
        if ((form == Form.BACKPORT) != topic.isPresent()) {
            throw new IllegalArgumentException("a topic belongs to a subscription by topic and to no other");
        }
        if (form == Form.REST_HOOK && payload == Payload.ID_ONLY) {
            throw new IllegalArgumentException("a subscription of R4 has no payload of ids alone");
        }
    }

    /**
     * Returns the resource to send.
     *
     * @param filtered whether a subscription by topic names the search too, which not every topic allows
     */
    Subscription resource(boolean filtered) {
        Subscription subscription = new Subscription();
        subscription.setStatus(Subscription.SubscriptionStatus.REQUESTED);
        subscription.setReason("New ECGs are read by ECGFounder for FHIR");
        subscription.setEnd(Date.from(end));
        Subscription.SubscriptionChannelComponent channel = subscription.getChannel();
        channel.setType(Subscription.SubscriptionChannelType.RESTHOOK);
        channel.setEndpoint(endpoint);
        channel.addHeader("Authorization: Bearer " + secret);
        if (form == Form.REST_HOOK) {
            subscription.setCriteria(criteria());
            if (payload == Payload.FULL_RESOURCE) {
                channel.setPayload(JSON);
            }
        } else {
            byTopic(subscription, filtered);
        }
        return subscription;
    }

    private void byTopic(Subscription subscription, boolean filtered) {
        subscription.getMeta().addProfile(PROFILE);
        subscription.setCriteria(topic.orElseThrow());
        if (filtered) {
            subscription.getCriteriaElement().addExtension(FILTER, new StringType(criteria()));
        }
        Subscription.SubscriptionChannelComponent channel = subscription.getChannel();
        channel.setPayload(JSON);
        channel.getPayloadElement().addExtension(CONTENT, new CodeType(payload.code()));
        if (!heartbeat.isZero()) {
            channel.addExtension(HEARTBEAT, new UnsignedIntType((int) heartbeat.toSeconds()));
        }
    }

    /** Returns what tells this order from another one; without the secret and the end. */
    public String fingerprint() {
        return String.join(
                " ",
                form.name(),
                endpoint,
                Integer.toHexString(criteria().hashCode()),
                topic.orElse("-"),
                payload.code(),
                heartbeat.toString());
    }

    private String criteria() {
        return "Observation?"
                + query.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(entry ->
                                entry.getValue().stream().map(value -> encoded(entry.getKey()) + "=" + encoded(value)))
                        .collect(Collectors.joining("&"));
    }

    /** What separates codes stays readable: some servers compare criteria as text. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%7C", "|")
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%2F", "/");
    }

    @Override
    public String toString() {
        return "SubscriptionOrder[form=" + form + ", endpoint=" + endpoint + ", secret=[redacted]]";
    }
}
