package io.tapewatch.io.kafka;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * What Kafka lets this user do, as far as Kafka says so. Kafka says nothing of transactional ids, and nothing of a group
 * that does not exist.
 */
public final class KafkaRights {

    private final KafkaConnection kafka;

    public KafkaRights(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * Whether this user may read a topic, if Kafka says so.
     *
     * @throws KafkaConnection.KafkaUnusable if there is no such topic for this user
     */
    public Optional<Boolean> mayRead(String topic) {
        return of(topic).map(rights -> rights.contains(AclOperation.READ));
    }

    /** Whether this user may write to a topic, likewise. */
    public Optional<Boolean> mayWrite(String topic) {
        return of(topic).map(rights -> rights.contains(AclOperation.WRITE));
    }

    /** Whether this user may keep a position in a group, if Kafka says so; it says nothing before there is one. */
    public Optional<Boolean> mayUseGroup(String group) {
        try {
            return Optional.ofNullable(kafka.ask(
                                    "group '" + group + "'",
                                    kafka.admin()
                                            .describeConsumerGroups(
                                                    List.of(group),
                                                    new DescribeConsumerGroupsOptions()
                                                            .includeAuthorizedOperations(true))
                                            .describedGroups(),
                                    group)
                            .authorizedOperations())
                    .map(rights -> rights.contains(AclOperation.READ));
        } catch (KafkaConnection.KafkaUnusable e) {
            if (e.getCause() instanceof ExecutionException answer
                    && answer.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Set<AclOperation>> of(String topic) {
        return Optional.ofNullable(kafka.ask(
                        "topic '" + topic + "'",
                        kafka.admin()
                                .describeTopics(
                                        List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                                .topicNameValues(),
                        topic)
                .authorizedOperations());
    }
}
