package io.tapewatch.io.lease;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaTopics;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * The lease of a consumer group, as a sink needs it: a sink that delivers exactly once aborts the open transactions of its
 * group when it starts, and these may be another job's. So it waits until its own job holds the lease.
 *
 * @param servers the brokers to ask first
 * @param properties further settings of Kafka's clients
 * @param group the consumer group of the prices
 */
public record HeldLease(String servers, Properties properties, String group) implements Serializable {

    private static final long LOOK_EVERY_MILLIS = 100;

    /** The sinks of one process that start together ask once. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What the sinks of a process know, by Flink's id of their job. */
    private static final Map<String, Seen> SEEN = new ConcurrentHashMap<>();

    /** When a job was last seen to hold the lease. */
    private static final class Seen {
        private boolean held;
        private long nanos;
    }

    /**
     * Waits until the job of this sink holds the lease. Another job that holds the lease makes this one fail meanwhile.
     *
     * @throws IOException if Kafka does not answer for too long
     */
    public void await(WriterInitContext sink) throws IOException {
        String job = sink.getJobInfo().getJobId().toHexString();
        await(job, SEEN.computeIfAbsent(job, any -> new Seen()));
    }

    private void await(String job, Seen seen) throws IOException {
        synchronized (seen) {
            long now = System.nanoTime();
            if (seen.held && now - seen.nanos < FRESH_NANOS) {
                return;
            }
            long deadline = now + TimeUnit.MILLISECONDS.toNanos(KafkaTopics.LONGEST_OUTAGE_MS);
            while (!awaitHeld(job, deadline)) {
                pause();
            }
            seen.held = true;
            seen.nanos = System.nanoTime();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
    }

    private void expectUninterrupted() throws IOException {
        if (Thread.interrupted()) {
            throw new IOException("interrupted while waiting for the lease of group '" + group + "'");
        }
    }

    /** False if brokers are silent meanwhile: then a new connection is tried. */
    private boolean awaitHeld(String job, long deadline) throws IOException {
        expectUninterrupted();
        try (KafkaConnection kafka = new KafkaConnection(servers, properties)) {
            GroupLease lease = new GroupLease(kafka, group);
            while (lease.decided().filter(holder -> holder.id().equals(job)).isEmpty()) {
                expectTime(deadline);
                pause();
                expectUninterrupted();
            }
            return true;
        } catch (KafkaConnection.KafkaUnusable e) {
            if (!isSilence(e)) {
                throw new IOException(e.getMessage(), e);
            }
        }
        expectTime(deadline);
        return false;
    }

    private void expectTime(long deadline) throws IOException {
        if (System.nanoTime() >= deadline) {
            throw new IOException("this job has not got the lease of group '" + group + "' on Kafka at " + servers
                    + " within " + KafkaTopics.LONGEST_OUTAGE_MS + " ms");
        }
    }

    /** Brokers that are away are waited for. */
    private static boolean isSilence(KafkaConnection.KafkaUnusable e) {
        Throwable cause = e.getCause() instanceof ExecutionException answer ? answer.getCause() : e.getCause();
        return cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return "the lease of group '" + group + "' on Kafka at " + servers;
    }
}
