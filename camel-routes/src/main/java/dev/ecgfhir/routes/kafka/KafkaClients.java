package dev.ecgfhir.routes.kafka;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Camel's Kafka component with the properties of the configuration, which so stand in no endpoint's address and in no log. */
public final class KafkaClients {
    /** Name of the component. */
    public static final String SCHEME = "ecgfounder-kafka";

    private KafkaClients() {}

    /** Adds the component to a context. */
    public static void addTo(CamelContext context, KafkaConfig config) {
        KafkaComponent component = new KafkaComponent(context);
        component.setKafkaClientFactory(new DefaultKafkaClientFactory() {
            @Override
            @SuppressWarnings("rawtypes") // Camel's own signature
            public Consumer getConsumer(Properties properties) {
                Properties all = new Properties();
                all.putAll(properties);
                // a topic that a consumer makes would have one partition
                all.put("allow.auto.create.topics", "false");
                all.put("metadata.max.age.ms", "10000");
                all.putAll(WorkTopics.PATIENT);
                all.putAll(config.properties());
                return new PatientConsumer<>(all);
            }
        });
        component.setKafkaManualCommitFactory(
                new DefaultKafkaManualCommitFactory()); // commits by itself after each exchange
        context.addComponent(SCHEME, component);
    }

    /**
     * Returns the address of what waits in one topic. An offset is committed when its exchange has ended without an exception; after one the
     * same message comes again.
     *
     * @param source the source's name
     * @param priority as it stands in names
     * @param workers consumers of this node
     * @param longestMillis longest time that a message may be in work before another consumer gets it
     */
    public static String consumer(KafkaConfig config, String source, String priority, int workers, long longestMillis) {
        return SCHEME + ":" + config.topic(source, priority) + "?brokers=" + config.brokers() + "&groupId="
                + config.group(source, priority)
                + "&consumersCount=" + workers
                + "&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true&pollOnError=RECONNECT"
                + "&autoOffsetReset=earliest&maxPollRecords=1&pollTimeoutMs=500&sessionTimeoutMs=10000"
                + "&heartbeatIntervalMs=3000&maxPollIntervalMs=" + longestMillis;
    }
}
