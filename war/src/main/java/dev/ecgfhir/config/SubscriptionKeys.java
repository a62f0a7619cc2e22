package dev.ecgfhir.config;

import java.util.List;

/** Settings of subscriptions at a source, read by {@link SubscriptionReader}. */
final class SubscriptionKeys {
    static final Key KIND = Key.of(
            "ecgfhir.sources.NAME.subscription",
            "off",
            "off, rest-hook or backport",
            "Whether that server is asked to tell by itself what is new: by a subscription of R4 (rest-hook), or by one of the Subscriptions R5 Backport. It is polled beside.");
    static final Key TOPIC = Key.of(
            "ecgfhir.sources.NAME.subscription-topic",
            "",
            "an http or https address without query",
            "Canonical address of that server's topic for Observations. Needed for backport.");
    static final Key PAYLOAD = Key.of(
            "ecgfhir.sources.NAME.subscription-payload",
            "empty for rest-hook, id-only for backport",
            "empty, id-only (backport alone) or full-resource",
            "What notifications carry. Content is never used: an ECG is read from that server.");
    static final Key HEARTBEAT = Key.of(
            "ecgfhir.sources.NAME.subscription-heartbeat",
            "1m",
            "0s..24h",
            "How often that server tells that it is there, with backport; without three of them the subscription is asked for again. 0s for one that cannot.");
    static final Key DURATION = Key.of(
            "ecgfhir.sources.NAME.subscription-duration",
            "24h",
            "10m..365d",
            "How long a subscription lasts; it is renewed after half of that.");
    static final Key POLL_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.subscription-poll-interval",
            "5m",
            "1s..24h",
            "Pause between two looks at that server while a subscription is in force; poll-interval holds while none is.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(KIND, TOPIC, PAYLOAD, HEARTBEAT, DURATION, POLL_INTERVAL);

    private SubscriptionKeys() {}
}
