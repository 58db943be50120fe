package io.tapewatch.io.sink;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.FlagFormat;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.MoversFormat;
import io.tapewatch.io.json.QuotedTradeFormat;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.json.SummaryFormat;
import io.tapewatch.io.json.TickFormat;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/**
 * CSV files under one folder: a folder for each kind of record, in it one for each day of event time in UTC, and in each
 * file a header with the names of the JSON's fields. A file appears when the checkpoint completes that covers it; names
 * that start with a dot are not finished.
 */
final class CsvFiles {

    private CsvFiles() {}

    static FileSink<Summary> summaries(CsvTarget target) {
        return sink(
                target,
                "summaries",
                SummaryFormat.FIELDS,
                (summary, out) -> SummaryFormat.write(out, summary),
                Summary::start);
    }

    static FileSink<Movers> movers(CsvTarget target) {
        return sink(
                target,
                "movers",
                MoversFormat.CSV_FIELDS,
                (movers, out) -> MoversFormat.writeRows(out, movers),
                Movers::start);
    }

    static FileSink<Tick> prices(CsvTarget target) {
        return sink(target, "prices", TickFormat.CSV_FIELDS, (tick, out) -> TickFormat.writeRow(out, tick), Tick::time);
    }

    static FileSink<QuotedTrade> quotedTrades(CsvTarget target) {
        return sink(
                target,
                "quoted-trades",
                QuotedTradeFormat.FIELDS,
                (trade, out) -> QuotedTradeFormat.write(out, trade),
                QuotedTrade::time);
    }

    static FileSink<Flag> flags(CsvTarget target, String kind, SourceTopics sources) {
        return sink(
                target,
                kind,
                FlagFormat.CSV_FIELDS,
                (flag, out) -> FlagFormat.writeRow(out, flag, sources),
                Flag::time);
    }

    private static <T> FileSink<T> sink(
            CsvTarget target, String kind, List<String> fields, JsonWriter<T> writer, Time<T> time) {
        CsvSchema schema = CsvRowWriter.schema(fields, target.lineEnding());
        return FileSink.forBulkFormat(
                        new Path(target.path(), kind),
                        file -> new CsvRowWriter<>(new CsvPart(file, target.folder()), schema, writer))
                .withBucketAssigner(new DayOf<>(time))
                .withOutputFileConfig(new TimedNames(kind))
                .build();
    }

    private interface Time<T> extends ToLongFunction<T>, Serializable {}

    /**
     * Names that sort by the time at which a file was begun: {@code flags-20131125T093000000Z-} and what makes Flink's names
     * differ, a random UUID and a number. The number begins anew when the job is started again; the time does not.
     */
    private static final class TimedNames extends OutputFileConfig {

        private static final long serialVersionUID = 1;
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

        private long latest = Long.MIN_VALUE;

        TimedNames(String kind) {
            super(kind, ".csv");
        }

        /** Flink asks for it once for each file. */
        @Override
        public String getPartPrefix() {
            // The clock may be set back.
            latest = Math.max(latest, System.currentTimeMillis());
            return super.getPartPrefix() + "-" + TIME.format(Instant.ofEpochMilli(latest));
        }
    }

    /** The day of a record's event time, in UTC. */
    private static final class DayOf<T> implements BucketAssigner<T, String> {

        private static final long MILLIS_A_DAY = 24L * 60 * 60 * 1000;

        private final Time<T> time;
        private long latestDay = Long.MIN_VALUE;
        private String latestName = "";

        DayOf(Time<T> time) {
            this.time = time;
        }

        @Override
        public String getBucketId(T record, Context context) {
            long day = Math.floorDiv(time.applyAsLong(record), MILLIS_A_DAY);
            if (day != latestDay) {
                latestDay = day;
                latestName = LocalDate.ofEpochDay(day).toString();
            }
            return latestName;
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
