package io.tapewatch.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tapewatch.domain.Flag;
import io.tapewatch.domain.Movers;
import io.tapewatch.domain.Quoted;
import io.tapewatch.domain.QuotedTrade;
import io.tapewatch.domain.Summary;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CSV files (RFC 4180) under one folder: a folder for each kind of record, in it one for each day of event time in UTC,
 * and in each file a header with the names of the JSON's fields. A file appears when the checkpoint completes that
 * covers it; names that start with a dot are not finished.
 */
final class CsvFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CsvFiles.class);

    private CsvFiles() {}

    static FileSink<Summary> summaries(String folder) {
        return sink(
                folder,
                "summaries",
                SummaryFormat.FIELDS,
                (summary, out) -> SummaryFormat.write(out, summary),
                Summary::start);
    }

    static FileSink<Movers> movers(String folder) {
        return sink(
                folder,
                "movers",
                MoversFormat.CSV_FIELDS,
                (movers, out) -> MoversFormat.writeRows(out, movers),
                Movers::start);
    }

    static FileSink<Tick> prices(String folder) {
        return sink(folder, "prices", TickFormat.CSV_FIELDS, (tick, out) -> TickFormat.writeRow(out, tick), Tick::time);
    }

    static FileSink<QuotedTrade> quotedTrades(String folder) {
        return sink(
                folder,
                "quoted-trades",
                QuotedTradeFormat.FIELDS,
                (trade, out) -> QuotedTradeFormat.write(out, trade),
                QuotedTrade::time);
    }

    static FileSink<Flag> flags(String folder, String kind, SourceTopics sources) {
        return sink(
                folder,
                kind,
                FlagFormat.CSV_FIELDS,
                (flag, out) -> FlagFormat.writeRow(out, flag, sources),
                Flag::time);
    }

    private static <T> FileSink<T> sink(
            String folder, String kind, List<String> fields, JsonWriter<T> writer, Time<T> time) {
        CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n").setUseHeader(true);
        fields.forEach(schema::addColumn);
        CsvSchema built = schema.build();
        return FileSink.forBulkFormat(
                        new Path(folder, kind), file -> new Rows<>(new CsvPart(file, folder), built, writer))
                .withBucketAssigner(new DayOf<>(time))
                .withOutputFileConfig(OutputFileConfig.builder()
                        .withPartPrefix(kind)
                        .withPartSuffix(".csv")
                        .build())
                .build();
    }

    /** Makes the folder, and a file in it that goes away. */
    static void expectWritable(String folder) throws IOException {
        Path path = new Path(folder);
        FileSystem files;
        try {
            files = path.getFileSystem();
        } catch (UnsupportedFileSystemSchemeException e) {
            // A file system that the task managers may know and this machine does not.
            LOG.warn("Not known whether {} can be written: {}", folder, e.getMessage());
            return;
        }
        files.mkdirs(path);
        Path file = new Path(path, ".tapewatch-" + UUID.randomUUID());
        files.create(file, FileSystem.WriteMode.NO_OVERWRITE).close();
        files.delete(file, false);
    }

    private interface Time<T> extends ToLongFunction<T>, Serializable {}

    /** The rows of one file. */
    private static final class Rows<T> implements BulkWriter<T> {

        private final JsonWriter<T> writer;
        private final JsonGenerator rows;

        Rows(OutputStream file, CsvSchema schema, JsonWriter<T> writer) throws IOException {
            this.writer = writer;
            this.rows = new Harmless(generator(file, schema));
        }

        private static CsvGenerator generator(OutputStream file, CsvSchema schema) throws IOException {
            // Its strict check for quoting would leave a line feed alone where lines end with CRLF.
            CsvGenerator generator = new CsvFactory().createGenerator(file);
            // Flink closes the file, not the writer of its rows.
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.setSchema(schema);
            return generator;
        }

        @Override
        public void addElement(T element) throws IOException {
            writer.write(element, rows);
        }

        @Override
        public void flush() throws IOException {
            rows.flush();
        }

        @Override
        public void finish() throws IOException {
            rows.close();
        }
    }

    /**
     * Keeps text from doing anything in whatever reads the file: a spreadsheet runs no formula, and a terminal and a program
     * that reads line by line see one line for each row, without escape sequences.
     */
    private static final class Harmless extends JsonGeneratorDelegate {

        Harmless(JsonGenerator out) {
            super(out);
        }

        @Override
        public void writeString(String text) throws IOException {
            String printable = Quoted.printable(text);
            super.writeString(isFormula(printable) ? "'" + printable : printable);
        }

        /** Some spreadsheets leave out blanks at the beginning, and take signs of full width for others. */
        private static boolean isFormula(String text) {
            return text.chars()
                    .filter(c -> !Character.isSpaceChar(c))
                    .limit(1)
                    .anyMatch(c -> "=+-@＝＋－＠".indexOf(c) >= 0);
        }
    }

    /** The day of a record's event time, in UTC. */
    private static final class DayOf<T> implements BucketAssigner<T, String> {

        private static final long MILLIS_A_DAY = 24L * 60 * 60 * 1000;

        private final Time<T> time;
        private long latestDay = Long.MIN_VALUE;
        private String latestName;

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
