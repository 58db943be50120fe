package io.tapewatch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A reader of committed records that follows an output topic while the job runs. */
final class Following implements AutoCloseable {

    private final TestJob job;
    private final FutureTask<List<JsonNode>> reading;
    private final Thread thread;
    private volatile boolean finishing;

    Following(TestJob job, String topic) {
        this.job = job;
        this.reading = new FutureTask<>(() -> read(job, new TopicPartition(job.topic(topic), 0)));
        this.thread = new Thread(reading, "following " + topic);
        thread.start();
    }

    private List<JsonNode> read(TestJob job, TopicPartition partition) {
        List<JsonNode> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = job.consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!finishing
                    || consumer.position(partition)
                            < consumer.endOffsets(List.of(partition)).get(partition)) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> records.add(TestJob.json(record)));
            }
        }
        return records;
    }

    /** Everything from the topic's beginning to its end. */
    List<JsonNode> untilTheEnd() throws Exception {
        job.awaitCommitted();
        finishing = true;
        return reading.get();
    }

    @Override
    public void close() {
        finishing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
