package io.tapewatch.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a contender says of each window, in the topic of its summaries: of several answers, the last. */
final class Answers implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MANY = 10_000;
    private static final int SHOWN = 5;
    private static final double ALMOST = 1e-9;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Window, Answer> latest = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * What an answer is of.
     *
     * @param asOf the moment that it describes: the end of the window, or of the step of a cumulating one
     */
    record Window(String symbol, String window, long start, long end, long asOf) {}

    /**
     * An answer.
     *
     * @param revision 0 also of those who do not number their answers
     */
    record Answer(
            long revision,
            long count,
            double open,
            double high,
            double low,
            double close,
            double volume,
            double turnover) {

        /** Whether the other is an answer of the same ticks, as far as was promised. */
        boolean agreesWith(Answer other, boolean inOrder, boolean exactly) {
            return count == other.count
                    && high == other.high
                    && low == other.low
                    && (!inOrder || open == other.open && close == other.close)
                    && same(volume, other.volume, exactly)
                    && same(turnover, other.turnover, exactly);
        }

        private static boolean same(double one, double other, boolean exactly) {
            return exactly ? one == other : Math.abs(one - other) <= ALMOST * Math.abs(one);
        }
    }

    /** Those in the topic {@code PREFIXsummaries}, of which nothing has been read yet. */
    Answers(String bootstrapServers, String prefix) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MANY),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(prefix + KafkaTopics.SUMMARIES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what there is now, from the beginning to the end. */
    Map<Window, Answer> readAll() throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read();
        }
        return Map.copyOf(latest);
    }

    /**
     * Waits until all ticks of some windows have been counted.
     *
     * @param running who is to count them
     * @param expected the windows, with the right answers
     * @return all answers by then
     */
    Map<Window, Answer> await(Contender.Running running, Map<Window, Answer> expected) throws Exception {
        Waiting.untilTrue("all ticks of all windows have been counted", () -> {
            running.expectRunning();
            read();
            return expected.entrySet().stream().allMatch(each -> hasCounted(each.getKey(), each.getValue()));
        });
        return readAll();
    }

    private boolean hasCounted(Window window, Answer expected) {
        Answer seen = latest.get(window);
        return seen != null && seen.count >= expected.count;
    }

    private void read() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            JsonNode json = JSON.readTree(record.value());
            latest.merge(window(json), answer(json), (before, now) -> now.revision >= before.revision ? now : before);
        }
    }

    private static Window window(JsonNode json) {
        return new Window(
                json.get("symbol").textValue(),
                json.get("window").textValue(),
                time(json.get("start")),
                time(json.get("end")),
                time(json.has("asOf") ? json.get("asOf") : json.get("end")));
    }

    private static long time(JsonNode time) {
        return time.isNumber()
                ? time.longValue()
                : Instant.parse(time.textValue()).toEpochMilli();
    }

    private static Answer answer(JsonNode json) {
        return new Answer(
                json.path("revision").longValue(),
                json.get("count").longValue(),
                json.get("open").doubleValue(),
                json.get("high").doubleValue(),
                json.get("low").doubleValue(),
                json.get("close").doubleValue(),
                json.get("volume").doubleValue(),
                json.get("turnover").doubleValue());
    }

    /**
     * What is not as it should be, some of it.
     *
     * @param promises of who gave the answers
     * @param isEasy which windows have ticks that came in order, and sums that need no rounding: there, open, close and sums
     *     are the same whatever was promised
     */
    static List<String> wrong(
            Map<Window, Answer> seen, Map<Window, Answer> expected, Set<Promise> promises, Predicate<Window> isEasy) {
        return expected.keySet().stream()
                .filter(window -> !seen.containsKey(window)
                        || !seen.get(window)
                                .agreesWith(
                                        expected.get(window),
                                        isEasy.test(window) || promises.contains(Promise.ORDER),
                                        isEasy.test(window) || promises.contains(Promise.EXACT_SUMS)))
                .sorted(Comparator.comparing(Window::symbol).thenComparing(Window::asOf))
                .limit(SHOWN)
                .map(window -> window + ": " + seen.get(window) + " instead of " + expected.get(window))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
