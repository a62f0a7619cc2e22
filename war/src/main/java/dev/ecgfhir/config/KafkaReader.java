package dev.ecgfhir.config;

import dev.ecgfhir.routes.kafka.KafkaConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads what carries the work between servers. */
final class KafkaReader {
    private final Values values;

    KafkaReader(Values values) {
        this.values = values;
    }

    Optional<KafkaConfig> read() {
        int partitions = values.integer(KafkaKeys.PARTITIONS, 1, 1000);
        int window = values.integer(KafkaKeys.WINDOW, 1, 100_000);
        Map<String, String> properties =
                values.existingFile(KafkaKeys.PROPERTIES).map(this::properties).orElse(Map.of());
        String topic = name(KafkaKeys.TOPIC);
        String group = name(KafkaKeys.GROUP);
        return values.text(KafkaKeys.BROKERS).flatMap(brokers -> {
            if (!brokers.matches("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*")) {
                values.wrong(KafkaKeys.BROKERS, brokers);
                return Optional.empty();
            }
            return Optional.of(new KafkaConfig(brokers, topic, group, partitions, window, properties));
        });
    }

    private String name(Key key) {
        String name = values.text(key).orElse(key.fallback());
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            values.wrong(key, name);
            return key.fallback();
        }
        return name;
    }

    private Map<String, String> properties(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            values.problem(KafkaKeys.PROPERTIES.name() + ": " + file + " is no file of properties");
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }
}
