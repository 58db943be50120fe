package io.tapewatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.PatientProducer;
import io.tapewatch.WholeForm;
import io.tapewatch.feed.TopicRecords;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether Kafka Streams, as a contender, adds up what it is measured at. */
@Timeout(300)
@WholeForm
class StreamsContenderITCase {

    private static final String PRICES = "prices";
    private static final int TICKS = 4_000;
    private static final int SYMBOLS = 20;

    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;

    /** 2023-11-15T00:00:00Z, in epoch milliseconds. */
    private static final long START = 1_700_006_400_000L;

    private static List<Traded> ticks;
    private static EmbeddedKafka kafka;

    /** A tick, before it is sent. Its size is NaN if it has none. */
    private record Traded(String symbol, double price, double size, long time) {

        boolean isWithinLateness() {
            return time >= START - 4 * HOUR;
        }

        String json() {
            return "{\"symbol\":\"" + symbol + "\",\"price\":" + price + (Double.isNaN(size) ? "" : ",\"size\":" + size)
                    + ",\"time\":" + time + "}";
        }
    }

    /** What there is to know of a window. What is unknown is NaN. */
    private record Row(
            String window,
            long end,
            long count,
            long sizedCount,
            double open,
            double high,
            double low,
            double close,
            double mean,
            double vwap,
            double volume,
            double turnover) {

        static Row naive(String window, long end, List<Traded> ticks) {
            List<Traded> sized =
                    ticks.stream().filter(tick -> !Double.isNaN(tick.size)).toList();
            double volume = sized.stream().mapToDouble(Traded::size).sum();
            double turnover =
                    sized.stream().mapToDouble(tick -> tick.price * tick.size).sum();
            return new Row(
                    window,
                    end,
                    ticks.size(),
                    sized.size(),
                    ticks.get(0).price,
                    ticks.stream().mapToDouble(Traded::price).max().orElseThrow(),
                    ticks.stream().mapToDouble(Traded::price).min().orElseThrow(),
                    ticks.get(ticks.size() - 1).price,
                    ticks.stream().mapToDouble(Traded::price).sum() / ticks.size(),
                    volume == 0 ? Double.NaN : turnover / volume,
                    sized.isEmpty() ? Double.NaN : volume,
                    sized.isEmpty() ? Double.NaN : turnover);
        }

        static Row published(JsonNode json) {
            return new Row(
                    json.path("window").textValue(),
                    json.path("end").longValue(),
                    json.path("count").longValue(),
                    json.path("sizedCount").longValue(),
                    number(json, "open"),
                    number(json, "high"),
                    number(json, "low"),
                    number(json, "close"),
                    number(json, "mean"),
                    number(json, "vwap"),
                    number(json, "volume"),
                    number(json, "turnover"));
        }

        private static double number(JsonNode json, String field) {
            return json.path(field).isNumber() ? json.path(field).doubleValue() : Double.NaN;
        }
    }

    @BeforeAll
    static void send() throws Exception {
        ticks = ticks(11);
        kafka = EmbeddedKafka.create();
        kafka.createTopic(PRICES, 4, Map.of());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = PatientProducer.of(kafka.bootstrapServers())) {
            for (Traded tick : ticks) {
                sent.add(producer.send(new ProducerRecord<>(PRICES, bytes(tick.symbol), bytes(tick.json()))));
            }
            for (int partition = 0; partition < 4; partition++) {
                sent.add(producer.send(new ProducerRecord<>(PRICES, partition, null, bytes("{\"heartbeat\":true}"))));
                sent.add(producer.send(new ProducerRecord<>(PRICES, partition, null, bytes("no price"))));
            }
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (kafka != null) {
            kafka.close();
        }
    }

    /**
     * Ten a second, some of them hours late, and some too late. Prices and sizes are such that doubles add them up without an
     * error. The first of each symbol are in time, so that the time is known from which on others are too late.
     */
    private static List<Traded> ticks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Traded> ticks = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            long late = i < SYMBOLS
                    ? 0
                    : List.of(5 * HOUR, 2 * HOUR, 7 * SECOND, 0L).get(Math.min(3, random.nextInt(40)));
            ticks.add(new Traded(
                    "S" + (i < SYMBOLS ? i : random.nextInt(SYMBOLS)),
                    100 + random.nextInt(400) / 8.0,
                    random.nextInt(5) == 0 ? Double.NaN : random.nextInt(4000) / 8.0,
                    START + i * SECOND / 10 - late));
        }
        return ticks;
    }

    @ParameterizedTest
    @CsvSource({"streams-1m,1m,60000,60000", "streams-5s-1s,5s/1s,5000,1000"})
    void whatIsPublishedLastIsWhatTheTicksAddUpTo(
            String name, String window, long length, long step, @TempDir Path folder) throws Exception {
        Map<String, List<Traded>> ticksOfWindows = new TreeMap<>();
        for (Traded tick : ticks) {
            for (long start = Math.floorDiv(tick.time, step) * step; start > tick.time - length; start -= step) {
                if (tick.isWithinLateness()) {
                    ticksOfWindows
                            .computeIfAbsent(tick.symbol + " " + start, key -> new ArrayList<>())
                            .add(tick);
                }
            }
        }
        Map<String, Row> expected = new TreeMap<>();
        ticksOfWindows.forEach((key, ofWindow) ->
                expected.put(key, Row.naive(window, Long.parseLong(key.split(" ")[1]) + length, ofWindow)));

        Task task = new Task(kafka.bootstrapServers(), PRICES, name + "-", folder, 2);
        assertThat(ContenderOnce.run(Contenders.named(name), task)).isPositive();

        Map<String, Row> published = new TreeMap<>();
        for (ConsumerRecord<String, String> record : TopicRecords.read(kafka, name + "-summaries")) {
            JsonNode json = new ObjectMapper().readTree(record.value());
            assertThat(record.key()).isEqualTo(json.path("symbol").textValue());
            published.put(record.key() + " " + json.path("start").longValue(), Row.published(json));
        }
        assertThat(expected.values()).anyMatch(row -> row.sizedCount == 0).anyMatch(row -> row.count > 5);
        assertThat(published).isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
