package io.tapewatch.bench.contender;

import io.tapewatch.PatientProducer;
import io.tapewatch.bench.contender.Answers.Window;
import io.tapewatch.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Some thousand ticks over midnight, in four partitions. Half of the symbols are easy: their ticks come in order, and no sum of
 * them needs rounding. Those of the others are up to two seconds out of order, one in fifty of them is late by minutes, and
 * their sums need rounding. Two symbols are in each partition.
 */
final class KnownTicks {

    /** 2023-11-15T23:30:00Z, in epoch milliseconds. */
    private static final long START = 1_700_006_400_000L + 23 * 3_600_000 + 1_800_000;

    private static final int MINUTE = 60_000;
    private static final int MINUTES = 45;
    private static final int PARTITIONS = 4;
    private static final int SYMBOLS = 8;
    private static final String EASY = "EASY-";

    /** More than any bound on disorder: with it, the watermark passes the last tick, and reaches no further minute. */
    private static final int AFTER = MINUTE / 2;

    private final long seed;
    private final List<LateTick> lateTicks = new ArrayList<>();

    private int records;

    private record LateTick(String symbol, long time) {}

    KnownTicks(long seed) {
        this.seed = seed;
    }

    /** When all is over, but for what is still open: windows that end later are not published. */
    static long end() {
        return START + MINUTES * MINUTE + AFTER / 2;
    }

    /** How many were sent, with the heartbeats behind them. */
    int records() {
        return records;
    }

    /** Whether it is a window of ticks that came in order, and whose sums need no rounding. */
    static boolean isEasy(Window window) {
        return window.symbol().startsWith(EASY);
    }

    /** Whether a late tick is in the window. */
    boolean isTouchedByLateTick(Window window) {
        return lateTicks.stream()
                .anyMatch(late -> late.symbol.equals(window.symbol())
                        && window.start() <= late.time
                        && late.time < window.asOf());
    }

    /** Creates the topic, and sends the ticks to it. */
    void sendTo(EmbeddedKafka kafka, String topic) throws Exception {
        kafka.createTopic(topic, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = PatientProducer.of(kafka.bootstrapServers())) {
            for (long second = START; second < START + MINUTES * MINUTE; second += 1000) {
                for (int i = 0; i < SYMBOLS; i++) {
                    if (random.nextInt(4) == 0) {
                        String symbol = i < SYMBOLS / 2 ? EASY + i : "HARD-" + i;
                        String id = symbol + "-" + second;
                        sent.add(producer.send(new ProducerRecord<>(
                                topic,
                                i % PARTITIONS,
                                bytes(symbol),
                                bytes(
                                        isEasy(symbol)
                                                ? easy(random, symbol, second, id)
                                                : hard(random, symbol, second, id)))));
                    }
                }
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String heartbeat = "{\"heartbeat\":true,\"time\":" + (START + MINUTES * MINUTE + AFTER) + "}";
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, bytes(heartbeat))));
            }
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        records = sent.size();
    }

    private static String easy(SplittableRandom random, String symbol, long second, String id) {
        return json(
                symbol, 100 + random.nextInt(640) / 64.0, random.nextInt(800) / 8.0, second + random.nextInt(1000), id);
    }

    private String hard(SplittableRandom random, String symbol, long second, String id) {
        long time = second + random.nextInt(1000) - random.nextInt(1000);
        if (random.nextInt(50) == 0) {
            time -= random.nextInt(MINUTE, 10 * MINUTE);
            lateTicks.add(new LateTick(symbol, time));
        }
        return json(symbol, 100 + random.nextInt(1000) / 100.0, random.nextInt(100_000) / 1000.0, time, id);
    }

    private static boolean isEasy(String symbol) {
        return symbol.startsWith(EASY);
    }

    private static String json(String symbol, double price, double size, long time, String id) {
        return "{\"symbol\":\"" + symbol + "\",\"price\":" + price + ",\"size\":" + size + ",\"time\":" + time
                + ",\"id\":\"" + id + "\",\"side\":\"buy\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
