package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.SubscriptionOrder;
import java.time.Duration;
import java.util.Optional;

/**
 * A subscription that a source is asked for.
 *
 * @param form which of the two ways
 * @param endpoint where notifications go
 * @param topic canonical address of the topic; with {@link SubscriptionOrder.Form#BACKPORT}
 * @param payload how much of an ECG a notification carries
 * @param heartbeat how often the source tells that it is there; 0 never
 * @param duration how long it lasts; it is renewed when half of that has passed
 * @param pollInterval pause between two polls while it is in force
 * @param watch how often the source is asked how it stands
 */
public record SubscriptionConfig(
        SubscriptionOrder.Form form,
        String endpoint,
        Optional<String> topic,
        SubscriptionOrder.Payload payload,
        Duration heartbeat,
        Duration duration,
        Duration pollInterval,
        Duration watch) {}
