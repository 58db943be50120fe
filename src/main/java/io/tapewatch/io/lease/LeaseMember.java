package io.tapewatch.io.lease;

import io.tapewatch.io.kafka.KafkaClients;
import io.tapewatch.io.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's membership in the group of its lease, on the job manager. The member reads no record: Kafka's group protocol alone
 * says which member holds the lease ({@link LeaseAssignor}). All sources of a job share one member.
 */
public final class LeaseMember implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseMember.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** A little longer than the end takes at most. */
    private static final Duration CLOSE = Duration.ofSeconds(6);

    private static final long RETRY_MILLIS = 1_000;

    /** The members in this process, by job. */
    private static final Map<String, LeaseMember> MEMBERS = new ConcurrentHashMap<>();

    private final LeaseTerms terms;
    private final LeaseClaim claim;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean held;
    private volatile long heardNanos = System.nanoTime();

    // What follows belongs to the thread.
    private boolean hasHeld;
    private boolean complained;
    private @Nullable LeaseClaim other;
    private long otherSinceNanos;

    /** What is told about the lease, in the member's thread. */
    interface Watcher {
        /** The job holds the lease, for the first time or again. */
        void won();

        /** The job cannot go on. */
        void failed(Throwable why);
    }

    /** Asks for nothing yet: see {@link #join}. */
    LeaseMember(LeaseTerms terms, LeaseClaim claim) {
        this.terms = terms;
        this.claim = claim;
        this.thread = new Thread(this::run, "lease of " + terms.group());
        thread.setDaemon(true);
        thread.setContextClassLoader(LeaseMember.class.getClassLoader());
    }

    /** Lets a source of a job watch the lease, and begins to ask for the lease if no other source of the job has. */
    static LeaseMember join(LeaseTerms terms, String job, String id, Watcher watcher) {
        return MEMBERS.compute(id, (same, there) -> {
            if (there != null) {
                there.watch(watcher);
                return there;
            }
            LeaseMember member =
                    new LeaseMember(terms, new LeaseClaim(job, id, terms.start(), System.currentTimeMillis(), false));
            member.watch(watcher);
            member.thread.start();
            return member;
        });
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Ends the watch. The last watcher of a job gives the lease back at once. */
    void leave(Watcher watcher) {
        watchers.remove(watcher);
        MEMBERS.computeIfPresent(claim.id(), (id, there) -> {
            if (there != this || !watchers.isEmpty()) {
                return there;
            }
            left.countDown();
            return null;
        });
        KafkaConsumer<byte[], byte[]> asking = consumer;
        if (left.getCount() == 0) {
            if (asking != null) {
                asking.wakeup();
            }
            try {
                thread.join(CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the job holds the lease, as far as is known: after a pause of this process Kafka is asked again. */
    boolean isHeld() {
        return held && System.nanoTime() - heardNanos <= terms.session().toNanos();
    }

    /** What this member tells the others. */
    LeaseClaim claim() {
        return new LeaseClaim(claim.job(), claim.id(), claim.start(), claim.attempt(), held);
    }

    private void run() {
        try {
            KafkaClients clients = new KafkaClients(terms.servers(), terms.properties(), terms.session());
            LeaseEnd.rehearse(consumer(clients, "-end"), terms.topic());
            KafkaConsumer<byte[], byte[]> joined = consumer(clients, "");
            consumer = joined;
            joined.subscribe(List.of(terms.topic()), this);
            while (left.getCount() > 0) {
                poll(joined);
                if (other != null && (hasHeld || isOutOfPatience())) {
                    throw new GroupTaken(GroupLease.taken(other, terms.group(), terms.servers()) + ". This job ends");
                }
            }
        } catch (WakeupException e) {
            LOG.debug("the lease is given back", e);
        } catch (RuntimeException | Error e) {
            // A job must not go on whose lease nobody keeps.
            MEMBERS.remove(claim.id(), this);
            watchers.forEach(watcher -> watcher.failed(e));
        } finally {
            if (consumer != null) {
                LeaseEnd.giveBack(consumer);
            }
        }
    }

    /**
     * A consumer that joins the group of the lease, and reads nothing. This member is told what the group decides.
     *
     * @param suffix what its name has more than that of the member
     */
    private KafkaConsumer<byte[], byte[]> consumer(KafkaClients clients, String suffix) {
        int session = (int) terms.session().toMillis();
        Map<String, Object> settings = new HashMap<>();
        settings.put(LeaseAssignor.MEMBER, this);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(LeaseAssignor.class));
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, terms.leaseGroup());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, claim.clientId() + suffix);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 5);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, session);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return clients.client(settings, all -> {
            all.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
            return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    private boolean isOutOfPatience() {
        return System.nanoTime() - otherSinceNanos >= terms.patience().toNanos();
    }

    private void poll(KafkaConsumer<byte[], byte[]> joined) {
        try {
            joined.poll(POLL);
            complained = false;
            long now = System.nanoTime();
            if (held && now - heardNanos > terms.session().toNanos()) {
                held = false;
                joined.enforceRebalance("this process was paused");
            }
            heardNanos = now;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            if (!hasHeld) {
                throw new KafkaConnection.KafkaUnusable(
                        "group '" + terms.leaseGroup() + "' on Kafka at " + terms.servers() + " cannot be used: "
                                + e.getMessage(),
                        e);
            }
            if (!complained) {
                complained = true;
                LOG.warn("Group '{}' does not answer; the job goes on, and asks again", terms.leaseGroup(), e);
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (left.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("the lease is given back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Is called in the course of a poll. */
    void decided(LeaseClaim holder) {
        // Readers that registered while Kafka was not heard of have not been told.
        boolean before = isHeld();
        held = holder.isOfSameJob(claim) && holder.attempt() == claim.attempt();
        if (held) {
            hasHeld = true;
            other = null;
            heardNanos = System.nanoTime();
            if (!before) {
                LOG.info("This job holds the lease of group '{}': {}", terms.group(), claim);
                watchers.forEach(Watcher::won);
            }
        } else if (holder.isOfSameJob(claim)) {
            LOG.info("Another job manager of this job has asked for the lease of group '{}'", terms.group());
            other = null;
        } else {
            LOG.info("The lease of group '{}' is held by {}", terms.group(), holder);
            if (other == null) {
                otherSinceNanos = System.nanoTime();
            }
            other = holder;
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Objects.requireNonNull(consumer, "consumer").pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // The next decision says what holds.
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        held = false;
    }
}
