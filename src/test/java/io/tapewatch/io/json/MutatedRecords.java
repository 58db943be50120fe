package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Good records of an input topic to which something was done: bytes changed, cut off, put in and repeated. What is done
 * is decided by a seed, so that a failure can be repeated.
 */
public final class MutatedRecords {

    private static final List<String> PRICES = List.of(
            "{\"symbol\":\"BTC-USD\",\"price\":64250.12,\"size\":0.5,\"time\":1700000000000,\"id\":\"é😀\",\"seq\":17,"
                    + "\"side\":\"buy\",\"venue\":\"X\",\"conditions\":[\"@\",1],\"type\":\"trade\",\"other\":{\"a\":[1]}}",
            "{\"symbol\":\"A\",\"price\":\"1.5\",\"time\":\"2023-11-14T22:13:20.5+01:00\",\"id\":\"\\ud83d\\ude00\\n\"}",
            "{\"heartbeat\":true,\"time\":1700000000000}",
            "64250.12",
            "\"64250.12\"");

    private static final List<String> QUOTES = List.of(
            "{\"symbol\":\"BTC-USD\",\"bid\":64250.12,\"bidSize\":0.5,\"ask\":64250.13,\"askSize\":2,\"time\":1700000000000,"
                    + "\"seq\":17,\"type\":\"quote\",\"other\":{\"a\":[1]}}",
            "{\"symbol\":\"A\",\"bid\":\"1.5\",\"bidSize\":\"3\",\"time\":\"2023-11-14T22:13:20.5+01:00\"}",
            "{\"ask\":1e-3,\"askSize\":0}",
            "{\"heartbeat\":true,\"time\":1700000000000}");

    private static final List<String> INSTRUMENTS = List.of(
            "{\"symbol\":\"KEY\",\"name\":\"Société é😀\",\"currency\":\"EUR\",\"type\":\"equity\",\"sector\":\"Energy\","
                    + "\"venue\":\"XPAR\",\"multiplier\":100,\"tape\":\"C\",\"other\":{\"a\":[1]}}",
            "{\"name\":\"\\ud83d\\ude00\",\"multiplier\":\"0.001\",\"type\":12}",
            "{}");

    private static final List<String> SPLINTERS = List.of(
            "\"",
            "\\",
            "\\u0000",
            "\\ud83d",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "NaN",
            "-Infinity",
            "1e999",
            "-0.0",
            "-9223372036854775808",
            "\n",
            "\u2028",
            "\u0085",
            "\u0000",
            "\ufeff",
            "",
            "x".repeat(400),
            "9".repeat(400),
            "[".repeat(1_100),
            "\"price\":",
            "\"type\":\"",
            "\"symbol\":");

    private static final List<String> MORE_SPLINTERS =
            List.of("\"bid\":", "\"askSize\":", "\"multiplier\":", "\"name\":\"", "\\u0085");

    private static final long[] TIMESTAMPS = {0, 1_700_000_001L, 1_699_999_940_000L, 4_102_444_800_000L, Long.MAX_VALUE
    };

    private final List<String> records;
    private final List<String> splinters;
    private final long seed;
    private final Random random;
    private int number;

    /** A record, which may still be good. */
    public record Mutated(byte[] key, byte[] value, long timestamp) {}

    private MutatedRecords(List<String> records, List<String> splinters, long seed) {
        this.records = records;
        this.splinters = splinters;
        this.seed = seed;
        this.random = new Random(seed);
    }

    public static MutatedRecords prices(long seed) {
        return new MutatedRecords(PRICES, SPLINTERS, seed);
    }

    public static MutatedRecords quotes(long seed) {
        return new MutatedRecords(QUOTES, with(MORE_SPLINTERS), seed);
    }

    public static MutatedRecords instruments(long seed) {
        return new MutatedRecords(INSTRUMENTS, with(MORE_SPLINTERS), seed);
    }

    private static List<String> with(List<String> more) {
        return Stream.concat(SPLINTERS.stream(), more.stream()).toList();
    }

    public Mutated next() {
        number++;
        byte[] value = mutated(records.get(random.nextInt(records.size())).getBytes(UTF_8));
        byte[] key = "KEY".getBytes(UTF_8);
        long timestamp = RecordTable.RECORD_TIME;
        switch (random.nextInt(50)) {
            case 0 -> key = null;
            case 1, 2 -> key = mutated(key);
            case 3 -> timestamp = TIMESTAMPS[random.nextInt(TIMESTAMPS.length)];
            case 4 -> value = null;
            default -> {
                // The value alone.
            }
        }
        return new Mutated(key, value, timestamp);
    }

    /**
     * Decodes so many of them, each by one of the decoders.
     *
     * @param check what must hold besides that rejections are whole and on one line
     * @return how many there were of each type of answer
     */
    public Map<Class<?>, Integer> decode(
            int count, List<? extends RecordDecoder> decoders, BiConsumer<Mutated, Decoded> check) {
        Random choice = new Random(seed);
        Map<Class<?>, Integer> answers = new HashMap<>();
        for (int round = 0; round < count; round++) {
            Mutated record = next();
            RecordDecoder decoder = decoders.get(choice.nextInt(decoders.size()));
            try {
                Decoded decoded = decoder.decode(
                        record.key(), record.value(), new Origin(3, 42, record.timestamp(), Origin.Stamp.CREATE_TIME));
                if (decoded instanceof Rejection rejection) {
                    assertWhole(rejection, record);
                }
                check.accept(record, decoded);
                answers.merge(decoded.getClass(), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(this + ": " + text(record.value()), e);
            }
        }
        return answers;
    }

    private static void assertWhole(Rejection rejection, Mutated record) {
        String detail = rejection.detail();
        assertThat(detail).hasSizeBetween(1, 300).doesNotStartWith(RecordDecoder.UNREADABLE);
        assertThat(detail.chars()).noneMatch(Character::isISOControl);
        assertThat(new String(detail.getBytes(UTF_8), UTF_8)).isEqualTo(detail);
        assertThat(rejection.key()).isSameAs(record.key());
        assertThat(rejection.value()).isSameAs(record.value());
    }

    private static String text(byte[] value) {
        return value == null ? "none" : new String(value, UTF_8);
    }

    /** Which record the last one was. */
    @Override
    public String toString() {
        return "seed " + seed + ", record " + number;
    }

    private byte[] mutated(byte[] bytes) {
        byte[] mutated = bytes;
        for (int left = random.nextInt(4); left > 0 && mutated.length > 0; left--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    mutated = mutated.clone();
                    mutated[at] = (byte) random.nextInt(256);
                }
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 -> mutated = spliced(mutated, at, at, splinter());
                case 3 -> mutated = spliced(mutated, at, at + random.nextInt(mutated.length - at), splinter());
                default -> mutated = spliced(mutated, at, at, Arrays.copyOf(mutated, at));
            }
        }
        return mutated;
    }

    private byte[] splinter() {
        return splinters.get(random.nextInt(splinters.size())).getBytes(UTF_8);
    }

    /** The bytes with those from {@code from} to {@code to} replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
        byte[] spliced = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
        return spliced;
    }
}
