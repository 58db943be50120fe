package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.PatientProducer;
import io.tapewatch.Trade;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Prices that are known to the last digit, sent at an even pace until enough is enough, whatever becomes of the broker: on
 * each partition in the order of their times, now and then one that cannot be read. Same seed, same prices.
 */
final class KnownLoad implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final int SYMBOLS = 40;
    private static final int PER_SECOND = 800;
    private static final int ONE_IN_IS_BAD = 500;
    private static final long MILLIS_APART = 50;
    private static final long BEGINNING = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();
    private static final long LAST_AFTER_MILLIS = TimeUnit.MINUTES.toMillis(20);
    private static final String BAD = "{\"price\":-1}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random;
    private final double[] prices = new double[SYMBOLS];
    private final List<List<String>> sent = new ArrayList<>();
    private final AtomicReference<Exception> notSent = new AtomicReference<>();
    private final Thread thread = new Thread(this::send, "known load");
    private volatile boolean enough;
    private volatile int count;
    private long time = BEGINNING;

    private KnownLoad(String bootstrapServers, long seed) {
        random = new Random(seed);
        producer = PatientProducer.of(bootstrapServers);
        IntStream.range(0, PARTITIONS).forEach(partition -> sent.add(new ArrayList<>()));
        IntStream.range(0, SYMBOLS).forEach(symbol -> prices[symbol] = 100 + symbol);
    }

    static KnownLoad start(String bootstrapServers, long seed) {
        KnownLoad load = new KnownLoad(bootstrapServers, seed);
        load.thread.start();
        return load;
    }

    /** How many records were handed over so far. */
    int count() {
        return count;
    }

    private void send() {
        long start = System.nanoTime();
        while (!enough) {
            long due = (System.nanoTime() - start) * PER_SECOND / TimeUnit.SECONDS.toNanos(1);
            while (count < due && !enough) {
                sendOne();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        // So much later that nothing is pending any more, each symbol once, and what lets time pass on every partition.
        time += LAST_AFTER_MILLIS;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            send(symbol % PARTITIONS, symbol, price(100, 1));
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(partition, 0, "{\"heartbeat\":true,\"time\":" + time + "}");
        }
        producer.flush();
    }

    private void sendOne() {
        int partition = random.nextInt(PARTITIONS);
        int symbol = random.nextInt(random.nextInt(SYMBOLS) + 1);
        if (random.nextInt(ONE_IN_IS_BAD) == 0) {
            send(partition, symbol, BAD);
            return;
        }
        time += random.nextLong(MILLIS_APART);
        double move = random.nextInt(200) == 0 ? random.nextInt(-4, 5) : random.nextInt(-8, 9) / 64.0;
        prices[symbol] = Math.max(20, prices[symbol] + move);
        send(partition, symbol, price(prices[symbol], random.nextInt(1, 1_000) / 100.0));
    }

    private String price(double price, double size) {
        return "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(price, size, time);
    }

    private void send(int partition, int symbol, String value) {
        sent.get(partition).add(value);
        count++;
        producer.send(
                new ProducerRecord<>(
                        "prices",
                        partition,
                        symbol(symbol).getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8)),
                (at, e) -> {
                    if (e != null) {
                        notSent.compareAndSet(null, e);
                    }
                });
    }

    private static String symbol(int number) {
        return "S" + number;
    }

    /** Sends what lets event time pass beyond all that was sent, and waits until Kafka has everything. */
    void finish() throws InterruptedException {
        enough = true;
        thread.join();
        if (notSent.get() != null) {
            throw new AssertionError("Kafka did not take a record", notSent.get());
        }
    }

    /** What the topic must hold, by partition. */
    List<List<String>> sent() {
        return sent;
    }

    /** All that the job is to make of the topic's content. */
    record Content(List<Tick> ticks, Map<String, String> deadLetters, long heartbeats) {

        /** In the order of the tape. */
        List<Trade> trades() {
            return ticks.stream()
                    .map(tick -> new Trade(tick.time(), tick.symbol(), tick.price(), tick.size()))
                    .toList();
        }
    }

    /** Reads a topic of prices, after holding that it is what was sent. */
    Content readBack(List<CommittedRecords.Record> topic) throws IOException {
        List<List<String>> found = new ArrayList<>();
        IntStream.range(0, PARTITIONS).forEach(partition -> found.add(new ArrayList<>()));
        List<Tick> ticks = new ArrayList<>();
        Map<String, String> deadLetters = new TreeMap<>();
        long heartbeats = 0;
        for (CommittedRecords.Record record : topic) {
            found.get(record.partition()).add(record.value());
            JsonNode json = JSON.readTree(record.value());
            if (json.has("heartbeat")) {
                heartbeats++;
            } else if (record.value().equals(BAD)) {
                deadLetters.put(record.partition() + ":" + record.offset(), "bad-price");
            } else {
                ticks.add(new Tick(
                        record.key(),
                        json.get("price").asDouble(),
                        json.get("size").asDouble(),
                        json.get("time").asLong(),
                        null,
                        Tick.NO_SEQ,
                        null,
                        null,
                        null,
                        new Origin(
                                record.partition(),
                                record.offset(),
                                json.get("time").asLong(),
                                Origin.Stamp.CREATE_TIME)));
            }
        }
        assertThat(found).as("the topic holds what was sent").isEqualTo(sent);
        ticks.sort(null);
        return new Content(ticks, deadLetters, heartbeats);
    }

    @Override
    public void close() {
        enough = true;
        producer.close();
    }
}
