package io.tapewatch.bench.contender;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The limit: consumers that read and do nothing else, or read and decode and do nothing else. No program that decodes so can be quicker.
 * They begin again where the topic ends.
 *
 * @param name in the table
 * @param words what it does
 * @param decodes whether it decodes what it reads
 */
record PlainConsumers(String name, String words, boolean decodes) implements Contender {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

    @Override
    public Set<Promise> promises() {
        return EnumSet.noneOf(Promise.class);
    }

    /** It begins again. */
    @Override
    public boolean stopsAtTheEnd() {
        return false;
    }

    @Override
    public Running start(Task task) {
        Readers readers = new Readers();
        for (int i = 0; i < task.parallelism(); i++) {
            readers.start(new Reader(task, i));
        }
        return readers;
    }

    private static final class Readers implements Running {
        private final List<Reader> readers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        void start(Reader reader) {
            readers.add(reader);
            Thread thread = new Thread(reader, "limit-" + threads.size());
            threads.add(thread);
            thread.start();
        }

        @Override
        public void expectRunning() throws Exception {
            for (Reader reader : readers) {
                if (reader.failure != null) {
                    throw reader.failure;
                }
            }
        }

        @Override
        public OptionalLong stateBytes() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            readers.forEach(reader -> reader.consumer.wakeup());
            for (Thread thread : threads) {
                try {
                    thread.join(PATIENCE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private final class Reader implements Runnable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final LimitDecoder decoder = new LimitDecoder();
        private volatile Exception failure;
        /** What was decoded has to be used, or the compiler leaves it out. */
        private LimitDecoder.Trade last;

        Reader(Task task, int number) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            task.bootstrapServers(),
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false,
                            ConsumerConfig.CLIENT_ID_CONFIG,
                            task.prefix() + number),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            List<TopicPartition> own = consumer.partitionsFor(task.prices()).stream()
                    .filter(partition -> partition.partition() % task.parallelism() == number)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(own);
            consumer.seekToBeginning(own);
        }

        @Override
        public void run() {
            try (consumer) {
                Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
                while (true) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        take(record);
                    }
                    if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                        consumer.seekToBeginning(consumer.assignment());
                    }
                }
            } catch (WakeupException e) {
                // This is how it ends.
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }

        private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
            if (decodes) {
                LimitDecoder.Trade trade = decoder.decode(
                        record.value(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.timestampType().id);
                if (last == null || trade.time() > last.time()) {
                    last = trade;
                }
            }
        }
    }
}
