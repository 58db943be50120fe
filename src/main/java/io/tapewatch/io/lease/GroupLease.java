package io.tapewatch.io.lease;

import io.tapewatch.io.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of a consumer group as others see it: which job holds it. */
public final class GroupLease {

    private static final Logger LOG = LoggerFactory.getLogger(GroupLease.class);
    private static final long LOOK_EVERY_MILLIS = 200;

    /** A job that ends takes a moment to give the lease back. That is not worth a word. */
    private static final Duration UNNOTICED = Duration.ofSeconds(1);

    private final KafkaConnection kafka;
    private final String group;

    /** @param group the consumer group of the prices */
    public GroupLease(KafkaConnection kafka, String group) {
        this.kafka = kafka;
        this.group = group;
    }

    /** The job that holds the lease, or seems to: a job that was killed seems alive until its session ends. */
    public Optional<LeaseClaim> holder() {
        return members().stream()
                .sorted(Comparator.comparing(
                        member -> member.assignment().topicPartitions().isEmpty()))
                .flatMap(member -> LeaseClaim.ofClientId(member.clientId()).stream())
                .findFirst();
    }

    /** The job that holds the lease, if the group has decided. */
    Optional<LeaseClaim> decided() {
        return members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .flatMap(member -> LeaseClaim.ofClientId(member.clientId()).stream())
                .findFirst();
    }

    private Collection<MemberDescription> members() {
        String lease = LeaseTerms.leaseGroup(group);
        try {
            return kafka.ask(
                            "group '" + lease + "'",
                            kafka.admin().describeConsumerGroups(List.of(lease)).describedGroups(),
                            lease)
                    .members();
        } catch (KafkaConnection.KafkaUnusable e) {
            if (e.getCause() instanceof ExecutionException answer
                    && answer.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Expects that no other job holds the lease.
     *
     * @param ownId the id that this job is going to have, if that is known: a job manager that takes over runs {@code main}
     *     again
     * @param patience how long a job that was killed is waited for
     * @param person is told in one line that this takes a while
     * @throws KafkaConnection.KafkaUnusable if another job runs; the message is one line
     */
    public void expectFree(Optional<String> ownId, Duration patience, Consumer<String> person) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean said = false;
        for (Optional<LeaseClaim> holder = holder(); holder.isPresent(); holder = holder()) {
            LeaseClaim other = holder.get();
            if (ownId.filter(other.id()::equals).isPresent()) {
                return;
            }
            if (System.nanoTime() >= deadline) {
                throw new KafkaConnection.KafkaUnusable(taken(other, group, kafka.servers()));
            }
            if (!said
                    && deadline - System.nanoTime() < patience.minus(UNNOTICED).toNanos()) {
                said = true;
                String why = "Waiting up to " + patience.toSeconds() + " s: " + other
                        + ", reads with --prices.group-id " + group + ", or was killed a moment ago";
                LOG.warn(why);
                person.accept(why);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
    }

    /** What to say of a group whose lease another job holds. */
    static String taken(LeaseClaim other, String group, String servers) {
        return other + ", reads with --prices.group-id " + group + " on Kafka at " + servers
                + ", and a second job would publish other results for the same windows: stop that job (flink stop "
                + other.id() + "), or start this one with another --prices.group-id and another --output.prefix";
    }
}
