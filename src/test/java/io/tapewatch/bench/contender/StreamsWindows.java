package io.tapewatch.bench.contender;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The statistics of stocks that come as an example with Kafka Streams, as who knows Kafka Streams would write them: our
 * decoder reads the prices, the state is binary, and nothing is sent around, as the prices are keyed by their symbol.
 *
 * <p>What it publishes are updates: at each commit, and when the cache has no more room, the windows that changed since.
 */
final class StreamsWindows implements Contender {

    /** As long as ours. */
    private static final Duration LATENESS = Duration.ofHours(4);

    /** As often as Flink takes checkpoints. */
    private static final Duration COMMITS = Duration.ofSeconds(10);

    /** For what changes between two commits; all threads share it. */
    private static final long CACHE_BYTES = 64 << 20;

    /** Of a changelog. It goes by event time, and prices may be years old: the broker would delete what the state needs. */
    private static final Duration RETENTION = Duration.ofDays(36_500);

    private static final Serde<Decoded> PRICES = Serdes.serdeFrom(
            (topic, price) -> {
                throw new UnsupportedOperationException("prices are read only");
            },
            new DecodedPrices());

    private final WindowSpec window;

    /** @param window the windows, which are tumbling or hopping */
    StreamsWindows(String window) {
        this.window = WindowSpec.parse(window);
    }

    @Override
    public String name() {
        return "streams-" + window.name().replace('/', '-');
    }

    @Override
    public String words() {
        return "Kafka Streams' windows of " + window.name() + ", state in RocksDB";
    }

    @Override
    public Set<Promise> promises() {
        return Set.of(Promise.LATE_TICKS, Promise.CORRECTIONS);
    }

    @Override
    public String classPath(String own) {
        return StreamsClassPath.of(own);
    }

    @Override
    public Running start(Task task) throws Exception {
        String summaries = task.prefix() + "summaries";
        task.createTopics(List.of(summaries), partitions(task));
        return RunningStreams.start(task, topology(task.prices(), summaries), settings(task));
    }

    private static int partitions(Task task) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers()))) {
            return TopicEnds.of(admin, task.prices()).size();
        }
    }

    private Topology topology(String prices, String summaries) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(prices, Consumed.with(Serdes.String(), PRICES).withTimestampExtractor(new EventTimes()))
                .filter((symbol, price) -> price instanceof Tick)
                .mapValues(Tick.class::cast)
                .groupByKey(Grouped.keySerde(Serdes.String()))
                .windowedBy(windows())
                .aggregate(
                        TradeStats::new,
                        (symbol, tick, stats) -> stats.add(tick),
                        Materialized.<String, TradeStats, WindowStore<Bytes, byte[]>>as("stats")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(TradeStats.SERDE))
                .toStream()
                .map((at, stats) -> KeyValue.pair(
                        at.key(),
                        new StatsOfWindow(
                                at.key(),
                                window.name(),
                                at.window().start(),
                                at.window().end(),
                                stats)))
                .to(summaries, Produced.with(Serdes.String(), StatsOfWindow.SERDE));
        return builder.build();
    }

    private TimeWindows windows() {
        TimeWindows tumbling = TimeWindows.ofSizeAndGrace(Duration.ofMillis(window.length()), LATENESS);
        return window.form() == WindowSpec.Form.HOPPING
                ? tumbling.advanceBy(Duration.ofMillis(window.step()))
                : tumbling;
    }

    private static Properties settings(Task task) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, task.prefix() + "streams");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, task.folder().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, task.parallelism());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMITS.toMillis());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG, RETENTION.toMillis());
        return settings;
    }
}
