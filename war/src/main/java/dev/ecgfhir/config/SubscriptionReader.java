package dev.ecgfhir.config;

import dev.ecgfhir.fhir.source.SubscriptionOrder;
import dev.ecgfhir.routes.SubscriptionConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a source is asked to tell by itself. */
final class SubscriptionReader {
    private static final Duration WATCH = Duration.ofMinutes(1);
    private static final String OFF = "off";

    private final Values values;
    private final String name;

    SubscriptionReader(Values values, String name) {
        this.values = values;
        this.name = name;
    }

    static boolean isWanted(Values values, String name) {
        return values.text(SubscriptionKeys.KIND.of(name))
                .filter(given -> !given.equals(OFF))
                .isPresent();
    }

    /**
     * Reads it.
     *
     * @param self true for the embedded repository, which offers none
     */
    Optional<SubscriptionConfig> read(boolean self) {
        Key key = SubscriptionKeys.KIND.of(name);
        String form = values.choice(key, Set.of(OFF, "rest-hook", "backport"));
        if (form.equals(OFF)) {
            return Optional.empty();
        }
        if (self) {
            values.problem(
                    key.name() + " must be off where the url is self: the embedded repository offers no subscriptions");
        }
        boolean backport = form.equals("backport");
        Optional<URI> ours = needed(Keys.PUBLIC_URL, key.name() + " needs it");
        Key topicKey = SubscriptionKeys.TOPIC.of(name);
        Optional<URI> topic = backport ? needed(topicKey, key.name() + " is backport") : Optional.empty();
        if (!backport && values.text(topicKey).isPresent()) {
            values.problem(topicKey.name() + " is set, but " + key.name() + " is not backport");
        }
        return Optional.of(new SubscriptionConfig(
                backport ? SubscriptionOrder.Form.BACKPORT : SubscriptionOrder.Form.REST_HOOK,
                ours.map(URI::toString).orElse("") + "/notifications/" + name,
                topic.map(URI::toString),
                payload(backport),
                values.duration(SubscriptionKeys.HEARTBEAT.of(name), Duration.ZERO, Duration.ofDays(1)),
                values.duration(SubscriptionKeys.DURATION.of(name), Duration.ofMinutes(10), Duration.ofDays(365)),
                values.duration(SubscriptionKeys.POLL_INTERVAL.of(name), Duration.ofSeconds(1), Duration.ofDays(1)),
                WATCH));
    }

    private SubscriptionOrder.Payload payload(boolean backport) {
        Key key = SubscriptionKeys.PAYLOAD.of(name);
        SubscriptionOrder.Payload usual =
                backport ? SubscriptionOrder.Payload.ID_ONLY : SubscriptionOrder.Payload.EMPTY;
        Optional<String> given = values.optionalChoice(
                key,
                Stream.of(SubscriptionOrder.Payload.values())
                        .filter(one -> backport || one != SubscriptionOrder.Payload.ID_ONLY)
                        .map(SubscriptionOrder.Payload::code)
                        .collect(Collectors.toSet()));
        return Stream.of(SubscriptionOrder.Payload.values())
                .filter(one -> given.filter(one.code()::equals).isPresent())
                .findFirst()
                .orElse(usual);
    }

    private Optional<URI> needed(Key key, String because) {
        if (values.text(key).isEmpty()) {
            values.problem(key.name() + " is missing; " + because);
        }
        return values.address(key);
    }
}
