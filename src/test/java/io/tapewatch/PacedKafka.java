package io.tapewatch;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Kafka giving a few records at a time and pausing after each: after all, or after those of one partition. It can hold the
 * last records back until a task has failed.
 */
public final class PacedKafka extends SlowKafka {

    /** For {@link #properties}: all partitions. */
    static final int ALL = -1;

    private static final String SLOW_PARTITION = "tapewatch.test.slow-partition";
    private static final String PAUSE = "tapewatch.test.pause-ms";
    private static final String HELD_FROM = "tapewatch.test.held-from";
    private static final long LOOK_EVERY_MILLIS = 5;

    private int slowPartition;
    private Duration pause;
    private long heldFrom;

    /**
     * What a reader is told.
     *
     * @param records how many it gets at a time
     * @param slowPartition after which partition's records it waits, or {@link #ALL}
     * @param pause how long it waits
     */
    static Properties properties(int records, int slowPartition, Duration pause) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(records));
        // The next batch then is another partition's.
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1");
        properties.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, PacedKafka.class.getName());
        properties.put(SLOW_PARTITION, String.valueOf(slowPartition));
        properties.put(PAUSE, String.valueOf(pause.toMillis()));
        properties.put(HELD_FROM, String.valueOf(Long.MAX_VALUE));
        return properties;
    }

    /**
     * Tells a reader that it gets no record from this offset on, of any partition, before a {@link FailingSink} has failed
     * as it was told: however slow a checkpoint is, not all has been read then.
     */
    static void holdUntilTheFailure(Properties properties, long heldFrom) {
        properties.put(HELD_FROM, String.valueOf(heldFrom));
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        slowPartition = Integer.parseInt((String) configuration.get(SLOW_PARTITION));
        pause = Duration.ofMillis(Long.parseLong((String) configuration.get(PAUSE)));
        heldFrom = Long.parseLong((String) configuration.get(HELD_FROM));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        boolean held = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            held |= record.offset() >= heldFrom;
        }
        while (held && !FailingSink.hasFailed()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        return super.onConsume(records);
    }

    @Override
    Duration delay(ConsumerRecords<byte[], byte[]> records) {
        boolean slow = records.partitions().stream()
                .anyMatch(partition -> slowPartition == ALL || slowPartition == partition.partition());
        return slow ? pause : Duration.ZERO;
    }
}
