package io.tapewatch.bench;

import io.tapewatch.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The ticks that every run reads: of each symbol one a second, somewhere in that second, sent second by second, so that
 * those of a partition are up to a second out of order and never late. The same seed makes the same ticks.
 *
 * @param symbols how many symbols
 * @param minutes how many minutes of event time
 * @param partitions the partitions of the topic; a symbol is in one of them
 * @param seed of the random numbers
 */
record Load(int symbols, int minutes, int partitions, long seed) {

    /** 2023-11-15T00:00:00Z, in epoch milliseconds. */
    static final long START = 1_700_006_400_000L;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** More than any bound on disorder: with it, the watermark passes the last tick. */
    private static final long AFTER = MINUTE;

    long end() {
        return START + minutes * MINUTE;
    }

    /** The time of the heartbeats that follow the last tick: the watermark comes close to it. */
    long lastHeartbeat() {
        return end() + AFTER / 2;
    }

    long ticks() {
        return ticksBetween(START, end());
    }

    /** How many ticks there are from one time to another. */
    long ticksBetween(long from, long to) {
        return Math.round((double) (Math.min(to, end()) - Math.max(from, START)) / SECOND * symbols);
    }

    static String symbol(int number) {
        return String.format(Locale.ROOT, "S%05d", number);
    }

    /** Creates the topic and sends the ticks to it. */
    void sendTo(EmbeddedKafka kafka, String topic) {
        kafka.createTopic(topic, partitions, Map.of("message.timestamp.type", "LogAppendTime"));
        sendTo(kafka.bootstrapServers(), topic, null, 0);
    }

    /**
     * Sends the ticks to a topic, and quotes to another.
     *
     * @param quotes the topic of quotes, or null for none
     * @param quotesPerTick how many come before each tick
     */
    void sendTo(String bootstrapServers, String topic, String quotes, int quotesPerTick) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[symbols];
        double[] prices = new double[symbols];
        for (int i = 0; i < symbols; i++) {
            names[i] = symbol(i);
            prices[i] = 10 + random.nextInt(1000);
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17,
                        // The first batches of a new topic must not overtake each other.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long second = START; second < end(); second += SECOND) {
                for (int i = 0; i < symbols; i++) {
                    prices[i] = Math.max(1, prices[i] * (1 + (random.nextDouble() - 0.5) / 1000));
                    double price = Math.round(prices[i] * 100) / 100.0;
                    for (int quote = 0; quote < quotesPerTick; quote++) {
                        long time = second + quote * SECOND / quotesPerTick;
                        String json = "{\"symbol\":\"" + names[i] + "\",\"bid\":" + (price - 0.01 * (1 + quote % 3))
                                + ",\"ask\":" + (price + 0.01) + ",\"bidSize\":" + (1 + quote) + ",\"askSize\":1"
                                + ",\"time\":" + time + "}";
                        send(producer, new ProducerRecord<>(quotes, i % partitions, null, bytes(json)), failure);
                    }
                    String json = "{\"symbol\":\"" + names[i] + "\",\"price\":" + price + ",\"size\":"
                            + (1 + random.nextInt(500)) + ",\"time\":" + (second + random.nextInt((int) SECOND)) + "}";
                    send(producer, new ProducerRecord<>(topic, i % partitions, null, bytes(json)), failure);
                }
            }
            for (int partition = 0; partition < partitions; partition++) {
                String heartbeat = "{\"heartbeat\":true,\"time\":" + lastHeartbeat() + "}";
                send(producer, new ProducerRecord<>(topic, partition, null, bytes(heartbeat)), failure);
                if (quotes != null) {
                    send(producer, new ProducerRecord<>(quotes, partition, null, bytes(heartbeat)), failure);
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka did not take a tick", failure.get());
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            AtomicReference<Exception> failure) {
        producer.send(record, (at, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }
}
