package io.tapewatch.bench.contender;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What a contender works on.
 *
 * @param bootstrapServers of Kafka
 * @param prices the topic that it reads
 * @param prefix what the names of its own topics, groups and transactions begin with: no other run has it
 * @param folder where it may keep state and files
 * @param parallelism how many threads, or subtasks, each step may take
 */
public record Task(String bootstrapServers, String prices, String prefix, Path folder, int parallelism) {

    /** How many partitions the prices have. */
    int pricePartitions() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(prices))
                    .allTopicNames()
                    .get()
                    .get(prices)
                    .partitions()
                    .size();
        }
    }

    /** Creates topics for what the contender writes, each with as many partitions as the prices have. */
    public void createTopics(List<String> names, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty())
                                    .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                            .toList())
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
}
