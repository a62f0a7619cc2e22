package dev.ecgfhir.routes.kafka;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that asks again where the brokers refuse it: a password that is changed there first and a right that is granted late are mended
 * by people while this node runs. Camel would stop such a consumer for good. Used by one thread, as every consumer.
 */
final class PatientConsumer<K, V> extends KafkaConsumer<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(PatientConsumer.class);
    private static final long TELL_NANOS = Duration.ofMinutes(1).toNanos();

    private boolean refused;
    private long told;

    PatientConsumer(Properties properties) {
        super(properties);
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        try {
            ConsumerRecords<K, V> records = super.poll(timeout);
            if (refused && !assignment().isEmpty()) {
                LOG.info("Kafka lets us read {} again", subscription());
                refused = false;
            }
            return records;
        } catch (AuthenticationException | AuthorizationException e) {
            tell(e);
            LockSupport.parkNanos(timeout.toNanos());
            return ConsumerRecords.empty();
        }
    }

    private void tell(RuntimeException e) {
        long now = System.nanoTime();
        if (!refused || now - told > TELL_NANOS) {
            LOG.warn(
                    "Kafka does not let us read {}: {} ({}); asking again until it does",
                    subscription(),
                    e.getMessage(),
                    e.getClass().getSimpleName());
            told = now;
        }
        refused = true;
    }
}
