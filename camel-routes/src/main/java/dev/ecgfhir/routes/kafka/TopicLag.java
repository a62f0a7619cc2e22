package dev.ecgfhir.routes.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Counts the messages of a topic that a group has not committed. */
final class TopicLag {
    private TopicLag() {}

    /** Returns the sum over all partitions; what is older than the topic keeps does not count. */
    static long of(Admin admin, String topic, String group) throws ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        Map<TopicPartition, OffsetSpec> beginnings = new HashMap<>();
        for (TopicDescription description : WorkTopics.get(
                        admin.describeTopics(List.of(topic)).allTopicNames())
                .values()) {
            description.partitions().forEach(partition -> {
                ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
                beginnings.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            });
        }
        Map<TopicPartition, ListOffsetsResultInfo> first =
                WorkTopics.get(admin.listOffsets(beginnings).all());
        Map<TopicPartition, OffsetAndMetadata> committed =
                WorkTopics.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        long sum = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                WorkTopics.get(admin.listOffsets(ends).all()).entrySet()) {
            ListOffsetsResultInfo beginning = first.get(end.getKey());
            OffsetAndMetadata position = committed.get(end.getKey());
            long kept = beginning == null ? 0 : beginning.offset();
            sum += end.getValue().offset() - (position == null ? kept : Math.max(kept, position.offset()));
        }
        return sum;
    }
}
