package io.tapewatch.bench.contender;

import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.settings.JobOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.AggregatePhaseStrategy;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * The windows of the job in Flink SQL: a query for each, all in one statement set, so that the topic is read once. Flink shares
 * slices within a query, adds up a slice before the shuffle and after it, and works in small batches, all by itself.
 *
 * <p>Flink's FIRST_VALUE and LAST_VALUE go by arrival, cannot be added up in two phases, and are refused in HOP and CUMULATE.
 * So open and close are functions of their own, {@link PriceAt}, as someone would write them who knows Flink well.
 *
 * <p>Its windows drop a tick that comes behind the watermark, and are never corrected. Sums are plain sums of doubles.
 *
 * @param name in the table
 * @param words what it does
 * @param windows a list as in the job's setting of that name
 */
record FlinkSql(String name, String words, String windows) implements Contender {

    private static final String PRICES = """
            CREATE TEMPORARY TABLE prices (
              symbol STRING,
              price DOUBLE,
              size DOUBLE,
              `time` BIGINT,
              ts AS TO_TIMESTAMP_LTZ(`time`, 3),
              WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
            ) WITH (%s)""";

    /** A heartbeat moves the watermark, which comes first, and is no trade. */
    private static final String TRADES = """
            CREATE TEMPORARY VIEW trades AS
            SELECT symbol, price, size, `time`, ts FROM prices WHERE symbol IS NOT NULL AND price IS NOT NULL""";

    private static final String SUMMARIES = """
            CREATE TEMPORARY TABLE summaries (
              symbol STRING,
              `window` STRING,
              `start` TIMESTAMP_LTZ(3),
              `end` TIMESTAMP_LTZ(3),
              asOf TIMESTAMP_LTZ(3),
              `count` BIGINT,
              `open` DOUBLE,
              high DOUBLE,
              low DOUBLE,
              `close` DOUBLE,
              mean DOUBLE,
              stddev DOUBLE,
              vwap DOUBLE,
              volume DOUBLE,
              turnover DOUBLE
            ) WITH (%s)""";

    private static final String SUMMARIZE = """
            INSERT INTO summaries
            SELECT
              symbol,
              '%s',
              CAST(window_start AS TIMESTAMP_LTZ(3)),
              CAST(%s AS TIMESTAMP_LTZ(3)),
              CAST(window_end AS TIMESTAMP_LTZ(3)),
              COUNT(*),
              OPEN_PRICE(price, `time`),
              MAX(price),
              MIN(price),
              CLOSE_PRICE(price, `time`),
              AVG(price),
              STDDEV_SAMP(price),
              SUM(price * size) / NULLIF(SUM(size), 0),
              SUM(size),
              SUM(price * size)
            FROM TABLE(%s)
            GROUP BY symbol, window_start, window_end""";

    @Override
    public Set<Promise> promises() {
        return Set.of(Promise.ORDER);
    }

    @Override
    public Running start(Task task) throws Exception {
        int partitions = task.pricePartitions();
        String summaries = task.prefix() + KafkaTopics.SUMMARIES;
        task.createTopics(List.of(summaries), partitions);
        Configuration settings = settings(task);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration(settings));
        env.getConfig().enableObjectReuse();
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.createTemporarySystemFunction("OPEN_PRICE", PriceAt.Open.class);
        tables.createTemporarySystemFunction("CLOSE_PRICE", PriceAt.Close.class);
        tables.executeSql(PRICES.formatted(options(prices(task, partitions))));
        tables.executeSql(TRADES);
        tables.executeSql(SUMMARIES.formatted(options(summaries(task, summaries))));
        StreamStatementSet all = tables.createStatementSet();
        for (WindowSpec window : WindowSpec.parseList(windows)) {
            all.addInsertSql(SUMMARIZE.formatted(window.name(), end(window), function(window)));
        }
        all.attachAsDataStream();
        return MiniFlink.run(task, settings, env.getStreamGraph().getJobGraph());
    }

    private static Configuration settings(Task task) {
        Configuration settings = MiniFlink.settings(task, "hashmap");
        settings.set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
        settings.set(OptimizerConfigOptions.TABLE_OPTIMIZER_AGG_PHASE_STRATEGY, AggregatePhaseStrategy.TWO_PHASE);
        settings.set(ExecutionConfigOptions.TABLE_EXEC_SOURCE_IDLE_TIMEOUT, JobOptions.IDLE_TIMEOUT.defaultValue());
        return settings;
    }

    private static Map<String, String> prices(Task task, int partitions) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "connector", "kafka",
                "topic", task.prices(),
                "properties.bootstrap.servers", task.bootstrapServers(),
                "properties.group.id", task.prefix() + "group",
                "scan.startup.mode", "earliest-offset",
                "format", "json",
                "json.ignore-parse-errors", "true"));
        if (partitions < task.parallelism()) {
            // A reader without a partition would hold event time until it is idle.
            options.put("scan.parallelism", String.valueOf(partitions));
        }
        return options;
    }

    private static Map<String, String> summaries(Task task, String topic) {
        return Map.of(
                "connector", "kafka",
                "topic", topic,
                "properties.bootstrap.servers", task.bootstrapServers(),
                "key.format", "raw",
                "key.fields", "symbol",
                "value.format", "json",
                "value.json.timestamp-format.standard", "ISO-8601",
                "sink.delivery-guarantee", "at-least-once");
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
    }

    private static String end(WindowSpec window) {
        return window.form() == WindowSpec.Form.CUMULATING
                ? "window_start + " + interval(window.length())
                : "window_end";
    }

    private static String function(WindowSpec window) {
        String trades = "(TABLE trades, DESCRIPTOR(ts), ";
        return switch (window.form()) {
            case TUMBLING -> "TUMBLE" + trades + interval(window.length()) + ")";
            case HOPPING -> "HOP" + trades + interval(window.step()) + ", " + interval(window.length()) + ")";
            case CUMULATING -> "CUMULATE" + trades + interval(window.step()) + ", " + interval(window.length()) + ")";
            case SLIDING ->
                throw new IllegalArgumentException("Flink SQL has no function for windows like " + window.name());
        };
    }

    /** A time span of whole seconds, at most of a day. */
    private static String interval(long millis) {
        Duration span = Duration.ofMillis(millis);
        return "INTERVAL '%d %02d:%02d:%02d' DAY TO SECOND"
                .formatted(span.toDays(), span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart());
    }
}
