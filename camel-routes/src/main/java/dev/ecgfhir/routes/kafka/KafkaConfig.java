package dev.ecgfhir.routes.kafka;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The Kafka that carries work between nodes.
 *
 * @param brokers HOST:PORT, separated by commas
 * @param topic begins the name of each topic: {@code TOPIC-SOURCE-PRIORITY}
 * @param group begins the name of each consumer group likewise
 * @param partitions of each topic that is made, 1..1000: most workers that share a source's ECGs of one priority
 * @param window most messages that may wait in a topic, 1..100000; what is beyond waits in the ledger
 * @param properties further properties of Kafka's clients, stronger than ours; may hold secrets
 */
public record KafkaConfig(
        String brokers, String topic, String group, int partitions, int window, Map<String, String> properties) {
    private static final Pattern BROKERS = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** Checks the form. */
    public KafkaConfig {
        properties = Map.copyOf(properties);
        if (!BROKERS.matcher(brokers).matches()) {
            throw new IllegalArgumentException(
                    "brokers must be HOST:PORT, separated by commas, were '" + brokers + "'");
        }
        for (String name : new String[] {topic, group}) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "topic and group must be 1..100 letters, digits, dots, dashes or underscores, was '" + name
                                + "'");
            }
        }
        if (partitions < 1 || partitions > 1000 || window < 1 || window > 100_000) {
            throw new IllegalArgumentException(
                    "partitions must be in 1..1000 and window in 1..100000, were " + partitions + " and " + window);
        }
    }

    /** Returns Kafka at the given brokers: topics and groups {@code ecgfhir-...}, 12 partitions, 500 messages. */
    public static KafkaConfig at(String brokers) {
        return new KafkaConfig(brokers, "ecgfhir", "ecgfhir", 12, 500, Map.of());
    }

    /** Returns this with further client properties in place of the present ones. */
    public KafkaConfig with(Map<String, String> clientProperties) {
        return new KafkaConfig(brokers, topic, group, partitions, window, clientProperties);
    }

    /** Returns the name of the topic for one source's ECGs of one priority. */
    public String topic(String source, String priority) {
        return topic + "-" + source + "-" + priority;
    }

    /** Returns the name of the group that reads it. */
    public String group(String source, String priority) {
        return group + "-" + source + "-" + priority;
    }

    /** Tells no property: one may be a password. */
    @Override
    public String toString() {
        return "KafkaConfig[" + brokers + ", topic=" + topic + ", group=" + group + ", " + properties.size()
                + " client properties]";
    }
}
