package io.tapewatch.bench.contender;

import java.util.List;

/** All contenders, in the order of the table. */
public final class Contenders {

    /** Lengths and steps as they are usual, and a day that cumulates. */
    static final String FIVE = "1m,5m/1m,15m/1m,1h/1m,1d+1m";

    private static final List<Contender> ALL = List.of(
            new PlainConsumers("limit-bytes", "consumers that only take bytes", false),
            new PlainConsumers("limit", "consumers that decode, by the decoder of 2026-11-30", true),
            Ours.withWindows("ours-1m", "one window", "1m"),
            Ours.withWindows("ours-5-windows", "five windows, " + FIVE, FIVE),
            Ours.withRules("ours-5-rules", "one window and five rules", "1m", 5),
            Ours.withRules("ours-10-rules", "one window and ten rules", "1m", 10),
            Ours.withRules("ours-20-rules", "one window and twenty rules", "1m", 20),
            Ours.whole("ours-everything", "five windows, twenty rules, exactly once to Kafka, CSV", FIVE, 20),
            Ours.withWindows("ours-5s-1s", "5 seconds, a new window each second", "5s/1s"),
            FlinkWindows.onHeap("flink-1m", "one window by Flink's own operators", "1m"),
            FlinkWindows.onHeap(
                    "flink-5-windows", "five windows by Flink's own operators; no steps of a day are corrected", FIVE),
            FlinkWindows.onHeap(
                    "flink-5s-1s", "5 seconds, a new window each second, by Flink's own operators", "5s/1s"),
            new FlinkSql("sql-1m", "one window in Flink SQL", "1m"),
            new FlinkSql("sql-5-windows", "five windows in Flink SQL", FIVE),
            new FlinkSql("sql-5s-1s", "5 seconds, a new window each second, in Flink SQL", "5s/1s"),
            new StreamsWindows("1m"),
            new StreamsWindows("5s/1s"),
            Ours.onRocksDb("ours-1m-rocksdb", "one window on RocksDB", "1m"),
            Ours.onRocksDb("ours-5-windows-rocksdb", "five windows on RocksDB", FIVE),
            FlinkWindows.onRocksDb("flink-1m-rocksdb", "one window by Flink's own operators, on RocksDB", "1m"),
            FlinkWindows.onRocksDb(
                    "flink-5-windows-rocksdb",
                    "five windows by Flink's own operators, on RocksDB; no steps of a day are corrected",
                    FIVE));

    private Contenders() {}

    public static List<Contender> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if none has that name */
    public static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Contender::name).toList())));
    }
}
