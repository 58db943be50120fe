package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.TopicTail;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The last flag of each rule, as far as the end of a topic of flags tells.
 *
 * @param byRule the last flag of each rule that has one there, by the rule's id
 * @param areAll whether the whole topic was looked at
 */
record LastFlags(Map<String, Flagged> byRule, boolean areAll) {

    /** So many flags are read in a moment, however many there are. */
    static final int MOST = 2_000;

    /**
     * When a rule flagged.
     *
     * @param time the flag's event time, in epoch milliseconds
     * @param published when Kafka got it, in epoch milliseconds
     */
    record Flagged(long time, long published) {}

    /**
     * Reads the end of a topic.
     *
     * @throws KafkaConnection.KafkaUnusable if it cannot be read
     */
    static LastFlags read(KafkaConnection kafka, String topic) {
        Map<String, Flagged> last = new HashMap<>();
        int records = 0;
        try (TopicTail tail = TopicTail.ofLast(kafka, topic, MOST, any -> true)) {
            while (!tail.hasCaughtUp()) {
                for (ConsumerRecord<byte[], byte[]> record : tail.poll(complaint -> {})) {
                    records++;
                    ShownFields flag = new Received(record).fields();
                    try {
                        last.put(
                                flag.text("ruleId"),
                                new Flagged(Instant.parse(flag.text("time")).toEpochMilli(), record.timestamp()));
                    } catch (DateTimeParseException e) {
                        // Nobody knows who writes to a topic: it is no flag.
                    }
                }
            }
        }
        return new LastFlags(last, records < MOST);
    }
}
