/**
 * The work that Kafka carries between nodes: topics, keys, messages. It must not know FHIR, nor what is done with a message; no class here
 * but {@link dev.ecgfhir.routes.kafka.KafkaConfig} is loaded where Kafka is not in use.
 */
@NullMarked
package dev.ecgfhir.routes.kafka;

import org.jspecify.annotations.NullMarked;
