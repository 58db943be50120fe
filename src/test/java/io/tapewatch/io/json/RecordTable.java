package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapewatch.domain.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Records of an input topic and what each of them is read as: {@code prices/decoded.txt}, whose values are text, and
 * {@code prices/bytes.txt} for what lines of text cannot say; likewise for quotes and instruments.
 */
public final class RecordTable {

    /** The timestamp of a record, unless its row says otherwise. */
    public static final long RECORD_TIME = 1_700_000_001_000L;

    private static final byte[] KEY = "KEY".getBytes(UTF_8);

    private RecordTable() {}

    /**
     * A record and what it is read as.
     *
     * @param section the part of the table that it stands in
     * @param text the value as the table writes it
     * @param key the record's key, or null
     * @param value its value, or null
     * @param timestamp its Kafka timestamp, or {@link Origin#NO_TIMESTAMP}
     * @param expected what the record says, or the reason and the detail of a rejection
     */
    public record Row(String section, String text, byte[] key, byte[] value, long timestamp, String expected) {

        /** Whether {@code prices.allow-nonpositive} is on. */
        public boolean allowsNonpositive() {
            return section.equals("prices.allow-nonpositive");
        }

        public boolean isRejected() {
            return expected.matches("[a-z-]+: .*");
        }

        /** Where the record was found. */
        public Origin origin() {
            return new Origin(
                    3, 42, timestamp, timestamp == Origin.NO_TIMESTAMP ? Origin.Stamp.NONE : Origin.Stamp.CREATE_TIME);
        }

        /** Whether this is what the row expects; "…" at the end of a row stands for any text. */
        public boolean expects(String read) {
            return expected.endsWith("…")
                    ? read.startsWith(expected.substring(0, expected.length() - 1))
                    : read.equals(expected);
        }

        @Override
        public String toString() {
            return section + ": " + text;
        }
    }

    /** Every row of both tables of a topic. */
    public static List<Row> rows(String topic) {
        return Stream.concat(decoded(topic).stream(), tableOfBytes(topic + "/bytes.txt").stream())
                .toList();
    }

    /** Those whose values are text. */
    public static List<Row> decoded(String topic) {
        List<Row> rows = new ArrayList<>();
        String section = "";
        String value = null;
        for (String line : lines(topic + "/decoded.txt")) {
            if (value == null && isSection(line)) {
                section = line.substring(1, line.length() - 1);
            } else if (value == null) {
                value = line;
            } else {
                rows.add(new Row(
                        section,
                        value,
                        section.equals("no key") ? null : KEY,
                        value.getBytes(UTF_8),
                        section.equals("no timestamp") ? Origin.NO_TIMESTAMP : RECORD_TIME,
                        line.strip()));
                value = null;
            }
        }
        if (value != null) {
            throw new IllegalStateException("a value without a line that says what it is: " + value);
        }
        return rows;
    }

    private static List<Row> tableOfBytes(String file) {
        List<Row> rows = new ArrayList<>();
        String section = "";
        List<String> record = new ArrayList<>();
        for (String line : lines(file)) {
            if (isSection(line)) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.startsWith(" ")) {
                record.add(line);
            } else {
                rows.add(row(section, record, line.strip()));
                record.clear();
            }
        }
        if (!record.isEmpty()) {
            throw new IllegalStateException("a record without a line that says what it is: " + record);
        }
        return rows;
    }

    private static Row row(String section, List<String> record, String expected) {
        byte[] key = KEY;
        long timestamp = RECORD_TIME;
        for (String line : record.subList(0, record.size() - 1)) {
            if (line.startsWith("key ")) {
                key = bytes(line.substring("key ".length()));
            } else if (line.startsWith("timestamp ")) {
                timestamp = Long.parseLong(line.substring("timestamp ".length()));
            } else {
                throw new IllegalArgumentException("neither a key nor a timestamp: " + line);
            }
        }
        String value = record.get(record.size() - 1);
        return new Row(section, String.join(", ", record), key, bytes(value), timestamp, expected);
    }

    private static byte[] bytes(String notation) {
        if (notation.equals("none")) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : notation.split(" \\+ ")) {
            bytes.writeBytes(part(part));
        }
        return bytes.toByteArray();
    }

    private static byte[] part(String part) {
        String[] words = part.split(" ", 2);
        String rest = words.length == 1 ? "" : words[1];
        return switch (words[0]) {
            case "empty" -> new byte[0];
            case "hex" -> HexFormat.ofDelimiter(" ").parseHex(rest);
            case "text" -> rest.getBytes(UTF_8);
            case "latin-1" -> rest.getBytes(ISO_8859_1);
            case "utf-16le" -> rest.getBytes(UTF_16LE);
            case "utf-16be" -> rest.getBytes(UTF_16BE);
            case "gzip" -> gzip(rest);
            case "repeat" -> {
                String[] times = rest.split(" ", 2);
                yield times[1].repeat(Integer.parseInt(times[0])).getBytes(UTF_8);
            }
            case "pad" -> {
                String[] length = rest.split(" ", 2);
                byte[] text = length.length == 1 ? new byte[0] : length[1].getBytes(UTF_8);
                byte[] padded = Arrays.copyOf(text, Integer.parseInt(length[0]));
                Arrays.fill(padded, text.length, padded.length, (byte) ' ');
                yield padded;
            }
            default -> throw new IllegalArgumentException("no such notation: " + part);
        };
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static List<String> lines(String file) {
        try (InputStream in = RecordTable.class.getResourceAsStream("/" + file)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static boolean isSection(String line) {
        return line.matches("\\[[a-z][^\"]*]");
    }
}
