package io.tapewatch.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Good records of the prices topic to which something was done: bytes changed, cut off, put in and repeated. What is done
 * is decided by a seed, so that a failure can be repeated.
 */
public final class MutatedPrices {

    private static final List<String> RECORDS = List.of(
            "{\"symbol\":\"BTC-USD\",\"price\":64250.12,\"size\":0.5,\"time\":1700000000000,\"id\":\"é😀\",\"seq\":17,"
                    + "\"side\":\"buy\",\"venue\":\"X\",\"conditions\":[\"@\",1],\"type\":\"trade\",\"other\":{\"a\":[1]}}",
            "{\"symbol\":\"A\",\"price\":\"1.5\",\"time\":\"2023-11-14T22:13:20.5+01:00\",\"id\":\"\\ud83d\\ude00\\n\"}",
            "{\"heartbeat\":true,\"time\":1700000000000}",
            "64250.12",
            "\"64250.12\"");

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

    private static final long[] TIMESTAMPS = {0, 1_700_000_001L, 1_699_999_940_000L, 4_102_444_800_000L, Long.MAX_VALUE
    };

    private final long seed;
    private final Random random;
    private int number;

    /** A record, which may still be good. */
    public record Mutated(byte[] key, byte[] value, long timestamp) {}

    public MutatedPrices(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    public Mutated next() {
        number++;
        byte[] value = mutated(RECORDS.get(random.nextInt(RECORDS.size())).getBytes(UTF_8));
        byte[] key = "KEY".getBytes(UTF_8);
        long timestamp = PriceTable.RECORD_TIME;
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
        return SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8);
    }

    /** The bytes with those from {@code from} to {@code to} replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
        byte[] spliced = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
        return spliced;
    }
}
