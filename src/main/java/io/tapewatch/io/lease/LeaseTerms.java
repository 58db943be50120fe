package io.tapewatch.io.lease;

import io.tapewatch.io.kafka.KafkaTopics;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What a job needs to ask for the lease of its consumer group. One job at a time holds the lease, and only that job reads
 * prices and writes in transactions.
 *
 * @param servers the brokers to ask first
 * @param properties further settings of Kafka's clients, such as security
 * @param group the consumer group of the prices
 * @param topic a topic that this user may read: Kafka's groups need one
 * @param start when the job was built: of two jobs that ask at once, the elder gets the lease
 */
public record LeaseTerms(String servers, Properties properties, String group, String topic, Instant start)
        implements Serializable {

    /** How long a job that was killed seems to be alive. Brokers take 6 s or more unless told otherwise. */
    private static final int SESSION_MILLIS = 10_000;

    /** Kafka's consumers often have a longer session. With the lease, a person waits for the end of a session. */
    private static final int LONGEST_SESSION_MILLIS = 15_000;

    /** The group whose one working member is the job that holds the lease. */
    public static String leaseGroup(String group) {
        return group + ".lease";
    }

    /** How long Kafka waits for a sign of life, in milliseconds. */
    public static int sessionMillis(Properties properties) {
        return Math.min(
                KafkaTopics.number(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS),
                LONGEST_SESSION_MILLIS);
    }

    /** After how long a job that was killed is not taken for alive any more: Kafka may notice a little late. */
    public static Duration longestGhost(Properties properties) {
        return Duration.ofMillis(sessionMillis(properties) * 3L / 2);
    }

    String leaseGroup() {
        return leaseGroup(group);
    }

    Duration session() {
        return Duration.ofMillis(sessionMillis(properties));
    }

    /** How long a job waits for the lease that another job holds: longer than {@code main} waits. */
    Duration patience() {
        return session().multipliedBy(2);
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return "the lease of group '" + group + "' on Kafka at " + servers;
    }
}
