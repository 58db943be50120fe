package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.FlagTexts;
import io.tapewatch.PatientProducer;
import io.tapewatch.Trade;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Rule;
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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Prices and quotes that are known to the last digit, sent at an even pace until enough is enough, whatever becomes of the
 * broker: on each partition in the order of their times, now and then one that cannot be read. Same seed, same records.
 */
final class KnownLoad implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final int SYMBOLS = 40;
    private static final int PER_SECOND = 800;
    private static final int ONE_IN_IS_A_QUOTE = 3;
    private static final int ONE_IN_IS_BAD = 500;
    private static final long MILLIS_APART = 50;
    private static final long BEGINNING = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();
    private static final long LAST_AFTER_MILLIS = TimeUnit.MINUTES.toMillis(20);
    private static final String PRICES = "prices";
    private static final String QUOTES = "quotes";
    private static final String HEARTBEAT = "heartbeat";
    private static final Map<String, String> BAD = Map.of(PRICES, "{\"price\":-1}", QUOTES, "{\"bidSize\":1}");
    private static final Map<String, String> REASONS = Map.of(PRICES, "bad-price", QUOTES, "missing-field");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By symbol; nothing is known about two symbols of three. */
    private static final Map<String, Instrument> INSTRUMENTS = IntStream.range(0, SYMBOLS)
            .filter(number -> number % 3 == 0)
            .mapToObj(KnownLoad::instrument)
            .collect(Collectors.toMap(Instrument::symbol, each -> each));

    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random;
    private final double[] prices = new double[SYMBOLS];
    private final int partitions;
    private final Map<String, List<List<String>>> sent;
    private final AtomicReference<Exception> notSent = new AtomicReference<>();
    private final Thread thread = new Thread(this::send, "known load");
    private volatile boolean enough;
    private volatile int count;
    private long time = BEGINNING;

    private KnownLoad(String bootstrapServers, long seed, int partitions) {
        this.partitions = partitions;
        sent = Map.of(PRICES, listsByPartition(), QUOTES, listsByPartition());
        random = new Random(seed);
        producer = PatientProducer.of(bootstrapServers);
        IntStream.range(0, SYMBOLS).forEach(symbol -> prices[symbol] = 100 + symbol);
    }

    private List<List<String>> listsByPartition() {
        return IntStream.range(0, partitions)
                .<List<String>>mapToObj(partition -> new ArrayList<>())
                .toList();
    }

    private static Instrument instrument(int number) {
        return new Instrument(
                symbol(number),
                "Number " + number,
                number % 2 == 0 ? "USD" : null,
                "future",
                number % 4 == 0 ? "Energy" : "Metals",
                "XNYM",
                Decimal.of(List.of("1", "25", "1000").get(number / 3 % 3)));
    }

    /** Sends what is known about the instruments, and waits until Kafka has it: results are the same then at each run. */
    static void sendInstruments(String bootstrapServers) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = PatientProducer.of(bootstrapServers)) {
            for (Instrument instrument : INSTRUMENTS.values()) {
                ObjectNode json = JSON.createObjectNode()
                        .put("name", instrument.name())
                        .put("currency", instrument.currency())
                        .put("type", instrument.type())
                        .put("sector", instrument.sector())
                        .put("venue", instrument.venue())
                        .put("multiplier", instrument.multiplier().toBigDecimal());
                json.removeNulls();
                producer.send(new ProducerRecord<>(
                                "instruments", bytes(instrument.symbol()), JSON.writeValueAsBytes(json)))
                        .get();
            }
        }
    }

    /** Sends the rules, and waits until Kafka has them. */
    static void sendRules(String bootstrapServers) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = PatientProducer.of(bootstrapServers)) {
            for (Rule rule : Recount.RULES) {
                producer.send(new ProducerRecord<>("rules", bytes(rule.id()), bytes(FlagTexts.json(rule))))
                        .get();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Begins to send to topics of {@value #PARTITIONS} partitions. */
    static KnownLoad start(String bootstrapServers, long seed) {
        return start(bootstrapServers, seed, PARTITIONS);
    }

    /** Begins to send to topics of so many partitions. */
    static KnownLoad start(String bootstrapServers, long seed, int partitions) {
        KnownLoad load = new KnownLoad(bootstrapServers, seed, partitions);
        load.thread.start();
        return load;
    }

    /** How many prices were handed over so far. */
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
            send(PRICES, symbol % partitions, symbol, price(100, 1));
        }
        for (int partition = 0; partition < partitions; partition++) {
            send(PRICES, partition, 0, "{\"heartbeat\":true,\"time\":" + time + "}");
            send(QUOTES, partition, 0, "{\"heartbeat\":true,\"time\":" + time + "}");
        }
        producer.flush();
    }

    private void sendOne() {
        String topic = random.nextInt(ONE_IN_IS_A_QUOTE) == 0 ? QUOTES : PRICES;
        int partition = random.nextInt(partitions);
        int symbol = random.nextInt(random.nextInt(SYMBOLS) + 1);
        if (random.nextInt(ONE_IN_IS_BAD) == 0) {
            send(topic, partition, symbol, BAD.get(topic));
        } else if (topic.equals(QUOTES)) {
            // Half of them are of the millisecond of the price before.
            time += random.nextInt(2) * random.nextLong(MILLIS_APART);
            send(QUOTES, partition, symbol, quote(prices[symbol]));
        } else {
            time += random.nextLong(MILLIS_APART);
            double move = random.nextInt(200) == 0 ? random.nextInt(-4, 5) : random.nextInt(-8, 9) / 64.0;
            prices[symbol] = Math.max(20, prices[symbol] + move);
            send(PRICES, partition, symbol, price(prices[symbol], random.nextInt(1, 1_000) / 100.0));
        }
    }

    private String price(double price, double size) {
        return "{\"price\":%s,\"size\":%s,\"time\":%d,\"id\":\"t%d\"}".formatted(price, size, time, count);
    }

    /** Around the last price, now and then crossed, or with one side alone. */
    private String quote(double price) {
        double bid = price - random.nextInt(-2, 9) / 64.0;
        double ask = price + random.nextInt(-1, 9) / 64.0;
        String sides =
                switch (random.nextInt(20)) {
                    case 0 -> "\"bid\":%s,\"bidSize\":3".formatted(bid);
                    case 1 -> "\"ask\":%s".formatted(ask);
                    default -> "\"bid\":%s,\"ask\":%s,\"askSize\":2.5".formatted(bid, ask);
                };
        return "{%s,\"time\":%d}".formatted(sides, time);
    }

    private void send(String topic, int partition, int symbol, String value) {
        sent.get(topic).get(partition).add(value);
        count += topic.equals(PRICES) ? 1 : 0;
        producer.send(new ProducerRecord<>(topic, partition, bytes(symbol(symbol)), bytes(value)), (at, e) -> {
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

    /**
     * All that the job is to make of the topics' content.
     *
     * @param ticks in the order of the tape
     * @param deadLetters the reason of each, by its topic, partition and offset
     */
    record Content(
            List<Tick> ticks,
            List<Quote> quotes,
            Map<String, Instrument> instruments,
            Map<String, String> deadLetters) {

        /** In the order of the tape. */
        List<Trade> trades() {
            return ticks.stream()
                    .map(tick -> new Trade(
                            tick.time(),
                            tick.symbol(),
                            tick.price().toBigDecimal(),
                            tick.size().toBigDecimal()))
                    .toList();
        }
    }

    /** Reads the topics of prices and quotes, after holding that they are what was sent. */
    Content readBack(List<CommittedRecords.Record> prices, List<CommittedRecords.Record> quotes) throws IOException {
        Content content = new Content(new ArrayList<>(), new ArrayList<>(), INSTRUMENTS, new TreeMap<>());
        readBack(PRICES, prices, content.deadLetters, (record, json) -> content.ticks.add(tick(record, json)));
        readBack(QUOTES, quotes, content.deadLetters, (record, json) -> content.quotes.add(quote(record, json)));
        content.ticks.sort(null);
        content.quotes.sort(null);
        return content;
    }

    private void readBack(
            String topic,
            List<CommittedRecords.Record> records,
            Map<String, String> deadLetters,
            BiConsumer<CommittedRecords.Record, JsonNode> each)
            throws IOException {
        List<List<String>> found = listsByPartition();
        for (CommittedRecords.Record record : records) {
            found.get(record.partition()).add(record.value());
            JsonNode json = JSON.readTree(record.value());
            if (record.value().equals(BAD.get(topic))) {
                deadLetters.put(topic + ":" + record.partition() + ":" + record.offset(), REASONS.get(topic));
            } else if (!json.has(HEARTBEAT)) {
                each.accept(record, json);
            }
        }
        assertThat(found).as("%s are what was sent", topic).isEqualTo(sent.get(topic));
    }

    private static Tick tick(CommittedRecords.Record record, JsonNode json) {
        return Ticks.of(
                record.key(),
                json.get("price").asDouble(),
                json.get("size").asDouble(),
                json.get("time").asLong(),
                json.get("id").asText(),
                Tick.NO_SEQ,
                null,
                null,
                null,
                origin(record, json));
    }

    private static Quote quote(CommittedRecords.Record record, JsonNode json) {
        return Quotes.of(
                record.key(),
                json.path("bid").asDouble(Quotes.NONE),
                json.path("bidSize").asDouble(Quotes.NONE),
                json.path("ask").asDouble(Quotes.NONE),
                json.path("askSize").asDouble(Quotes.NONE),
                json.get("time").asLong(),
                Tick.NO_SEQ,
                origin(record, json));
    }

    private static Origin origin(CommittedRecords.Record record, JsonNode json) {
        return new Origin(record.partition(), record.offset(), json.get("time").asLong(), Origin.Stamp.CREATE_TIME);
    }

    @Override
    public void close() {
        enough = true;
        producer.close();
    }
}
