package io.tapewatch.cluster;

import io.tapewatch.io.kafka.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Kafka as its clients see it, of one broker or several. */
public interface Brokers extends AutoCloseable {

    /** {@code host:port} for clients, of each broker. */
    String bootstrapServers();

    /** An administrator. */
    default Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Creates topics, and returns when clients find them. */
    default void createTopics(List<TopicSpec> topics) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(topics.stream().map(TopicSpec::toCreate).toList())
                    .all()
                    .get();
            List<String> names = topics.stream().map(TopicSpec::name).toList();
            Waiting.untilTrue(
                    "topics are known", () -> admin.listTopics().names().get().containsAll(names));
        }
    }

    /** Waits until a group has read all there is in a topic, and has said so. */
    default void awaitRead(String group, String topic) throws Exception {
        try (Admin admin = admin()) {
            List<TopicPartition> partitions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            Waiting.untilTrue(group + " has read " + topic, () -> hasRead(admin, group, partitions));
        }
    }

    private static boolean hasRead(Admin admin, String group, List<TopicPartition> partitions) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        return partitions.stream()
                .allMatch(each -> read.get(each) != null
                        && read.get(each).offset() >= ends.get(each).offset());
    }

    /** Ends all of it at once. */
    @Override
    void close();
}
