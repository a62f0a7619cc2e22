package dev.ecgfhir.config;

import java.util.List;

/** Settings of Kafka, read by {@link KafkaReader}. */
final class KafkaKeys {
    static final Key BROKERS = Key.of(
            "ecgfhir.kafka.brokers",
            "",
            "HOST:PORT, separated by commas",
            "Kafka that carries ECGs from the server that finds them to all that share the ledger. Without it each asks the ledger, which is enough for"
                    + " most sites.");
    static final Key TOPIC = Key.of(
            "ecgfhir.kafka.topic",
            "ecgfhir",
            "letters, digits, dots, dashes and underscores, 1..100",
            "Begins the name of each topic: TOPIC-SOURCE-urgent, -routine and -backfill.");
    static final Key GROUP = Key.of(
            "ecgfhir.kafka.group",
            "ecgfhir",
            "letters, digits, dots, dashes and underscores, 1..100",
            "Begins the name of each consumer group likewise.");
    static final Key PARTITIONS = Key.of(
            "ecgfhir.kafka.partitions",
            "12",
            "1..1000",
            "Partitions of a topic that is not there yet: at least the sum of all servers' interpret-workers.");
    static final Key WINDOW = Key.of(
            "ecgfhir.kafka.window",
            "500",
            "1..100000",
            "Most messages that wait in a topic; what is beyond waits in the ledger.");
    static final Key PROPERTIES = Key.of(
            "ecgfhir.kafka.properties",
            "",
            "an existing file",
            "Properties of Kafka's clients, as its own tools take them: security.protocol, sasl.jaas.config, ssl.truststore.location and so on; stronger than"
                    + " what this product sets.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(BROKERS, TOPIC, GROUP, PARTITIONS, WINDOW, PROPERTIES);

    private KafkaKeys() {}
}
