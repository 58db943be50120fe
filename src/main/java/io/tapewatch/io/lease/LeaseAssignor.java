package io.tapewatch.io.lease;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The election of the job that holds the lease: Kafka lets one member of the group decide, and tells all members the
 * decision at the same turn. The winner is assigned a partition, so that Kafka's tools show which member it is. Kafka makes
 * the object, so the class is public.
 */
public final class LeaseAssignor implements ConsumerPartitionAssignor, Configurable {

    /** The setting of the consumer that holds its {@link LeaseMember}. */
    static final String MEMBER = "tapewatch.lease.member";

    private LeaseMember member;

    @Override
    public void configure(Map<String, ?> configs) {
        member = (LeaseMember) Objects.requireNonNull(configs.get(MEMBER), MEMBER);
    }

    @Override
    public String name() {
        return "tapewatch-lease";
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return member.claim().toBytes();
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        Map<String, LeaseClaim> claims = new HashMap<>();
        group.groupSubscription().forEach((id, subscription) -> LeaseClaim.ofBytes(subscription.userData())
                .ifPresent(claim -> claims.put(id, claim)));
        String winner = winner(claims);
        ByteBuffer decision = Objects.requireNonNull(claims.get(winner), winner).toBytes();
        Map<String, Assignment> assignments = new HashMap<>();
        group.groupSubscription().forEach((id, subscription) -> {
            List<TopicPartition> one = id.equals(winner) ? onePartition(cluster, subscription.topics()) : List.of();
            assignments.put(id, new Assignment(one, decision.duplicate()));
        });
        return new GroupAssignment(assignments);
    }

    /** The member whose claim comes first; of one job, the newest process takes over, also from the holder. */
    static String winner(Map<String, LeaseClaim> claims) {
        LeaseClaim first = claims.values().stream().min(LeaseClaim.ORDER).orElseThrow();
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().isOfSameJob(first))
                .max(Comparator.comparing(claim -> claim.getValue().attempt()))
                .orElseThrow()
                .getKey();
    }

    private static List<TopicPartition> onePartition(Cluster cluster, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> cluster.partitionsForTopic(topic).stream())
                .min(Comparator.comparing(PartitionInfo::partition))
                .map(partition -> List.of(new TopicPartition(partition.topic(), partition.partition())))
                .orElse(List.of());
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        LeaseClaim.ofBytes(assignment.userData()).ifPresent(member::decided);
    }
}
