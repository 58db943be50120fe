package io.tapewatch.bench.contender;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.Folders;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A Kafka Streams program in this JVM. */
final class RunningStreams implements Contender.Running {

    /** Of the files in which RocksDB keeps keys and values. */
    private static final String SORTED_FILES = ".sst";

    private final Task task;
    private final String group;
    private final KafkaStreams streams;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private RunningStreams(Task task, Topology topology, Properties settings) {
        this.task = task;
        this.group = settings.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        this.streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(e -> {
            failure.compareAndSet(null, e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    static RunningStreams start(Task task, Topology topology, Properties settings) {
        RunningStreams running = new RunningStreams(task, topology, settings);
        running.streams.start();
        return running;
    }

    @Override
    public void expectRunning() {
        Throwable e = failure.get();
        if (e != null) {
            throw new IllegalStateException("Kafka Streams failed", e);
        }
        KafkaStreams.State state = streams.state();
        if (!state.isRunningOrRebalancing()) {
            throw new IllegalStateException("Kafka Streams is " + state);
        }
    }

    /**
     * Waits for the commit of all prices that are there now, and ends. Only then is everything in files: before, it is in memory,
     * of which RocksDB tells how many blocks it has, of a MB each, but not how full they are.
     */
    @Override
    public OptionalLong stateBytes() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers()))) {
            Map<TopicPartition, Long> ends = TopicEnds.of(admin, task.prices());
            Waiting.untilTrue("a commit of all prices", () -> {
                expectRunning();
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                return ends.entrySet().stream().allMatch(end -> offset(committed.get(end.getKey())) >= end.getValue());
            });
        }
        streams.close();
        return OptionalLong.of(Folders.files(task.folder())
                .filter(file -> file.toString().endsWith(SORTED_FILES))
                .mapToLong(file -> file.toFile().length())
                .sum());
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    @Override
    public void close() {
        streams.close();
    }
}
