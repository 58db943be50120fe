package io.tapewatch.io;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriceDecoderTest {

    private static final long RECORD_TIME = 1_700_000_001_000L;
    private static final Origin ORIGIN = new Origin(3, 42, RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final Origin NO_TIMESTAMP = new Origin(3, 42, Origin.NO_TIMESTAMP, Origin.Stamp.NONE);
    private static final byte[] KEY = "KEY".getBytes(UTF_8);
    private static final int MAX_BYTES = 64_000;

    private final PriceDecoder decoder = decoder(false);

    private static PriceDecoder decoder(boolean allowNonpositive) {
        return new PriceDecoder("prices", MAX_BYTES, Duration.ofMinutes(1), allowNonpositive);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void readsEachRecordOfTheTableAsItSays(String section, String value, String expected) {
        PriceDecoder decoder = decoder(section.equals("prices.allow-nonpositive"));
        byte[] key = section.equals("no key") ? null : KEY;
        Origin origin = section.equals("no timestamp") ? NO_TIMESTAMP : ORIGIN;

        String read = told(decoder.decode(key, value.getBytes(UTF_8), origin));

        if (expected.endsWith("…")) {
            assertThat(read).startsWith(expected.substring(0, expected.length() - 1));
        } else {
            assertThat(read).isEqualTo(expected);
        }
    }

    static Stream<Arguments> table() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        String section = "";
        String value = null;
        try (InputStream file = PriceDecoderTest.class.getResourceAsStream("/prices/decoded.txt")) {
            for (String line : new String(file.readAllBytes(), UTF_8).split("\n")) {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                if (value == null && line.matches("\\[[a-z][^\"]*]")) {
                    section = line.substring(1, line.length() - 1);
                } else if (value == null) {
                    value = line;
                } else {
                    rows.add(Arguments.of(section, value, line.strip()));
                    value = null;
                }
            }
        }
        assertThat(value).as("a value without a line that says what it is").isNull();
        return rows.stream();
    }

    private static String told(Decoded decoded) {
        if (decoded instanceof Tick tick) {
            return "tick " + tick.symbol() + " " + tick.price() + at(tick)
                    + (tick.hasSize() ? " size=" + tick.size() : "")
                    + (tick.id() != null ? " id=" + tick.id() : "")
                    + (tick.hasSeq() ? " seq=" + tick.seq() : "")
                    + (tick.side() != null ? " side=" + tick.side() : "")
                    + (tick.venue() != null ? " venue=" + tick.venue() : "")
                    + (tick.conditions() != null ? " conditions=" + tick.conditions() : "");
        }
        return decoded instanceof Rejection rejection
                ? rejection.reason().label() + ": " + rejection.detail()
                : "heartbeat" + at(decoded);
    }

    private static String at(Decoded decoded) {
        return decoded.time() == RECORD_TIME ? " at record's time" : " at " + decoded.time();
    }

    @Test
    void aTickKnowsTheRecordItCameIn() {
        assertThat(decoder.decode(KEY, "1".getBytes(UTF_8), ORIGIN))
                .isInstanceOfSatisfying(
                        Tick.class, tick -> assertThat(tick.origin()).isEqualTo(ORIGIN));
    }

    @Test
    void aRejectionKeepsTheRecordAsItCame() {
        byte[] value = "{\"price\":-1}".getBytes(UTF_8);

        Rejection rejection = rejected(Reason.BAD_PRICE, value);

        assertThat(rejection.key()).isSameAs(KEY);
        assertThat(rejection.value()).isSameAs(value);
        assertThat(rejection.topic()).isEqualTo("prices");
        assertThat(rejection.origin()).isEqualTo(ORIGIN);
        assertThat(rejection.time()).as("moves no watermark").isEqualTo(Decoded.NO_TIME);
    }

    @Test
    void aTombstoneNoBytesAndBlanksAreEmpty() {
        assertThat(rejected(Reason.EMPTY, null).detail()).isEqualTo("the record has no value");
        assertThat(rejected(Reason.EMPTY, new byte[0]).detail()).isEqualTo("the value has no bytes");
        assertThat(rejected(Reason.EMPTY, " \t\r\n".getBytes(UTF_8)).detail()).isEqualTo("the value is blank");
    }

    @Test
    void aValueIsReadUpToTheMostBytesAndNotBeyond() {
        byte[] longest = Arrays.copyOf("1".getBytes(UTF_8), MAX_BYTES);
        Arrays.fill(longest, 1, MAX_BYTES, (byte) ' ');
        byte[] tooLong = Arrays.copyOf(longest, MAX_BYTES + 1);

        assertThat(decoder.decode(KEY, longest, ORIGIN)).isInstanceOf(Tick.class);
        assertThat(rejected(Reason.TOO_LARGE, tooLong).detail())
                .isEqualTo("the value has 64001 bytes; at most 64000 are read (prices.max-bytes)");
    }

    @Test
    void textThatIsNotUtf8IsMalformed() {
        byte[] invalid = "{\"price\":1,\"id\":\"?\"}".getBytes(UTF_8);
        invalid[17] = (byte) 0xC3;

        rejected(Reason.MALFORMED_JSON, invalid);
        rejected(Reason.MALFORMED_JSON, "{\"price\":1}".getBytes(UTF_16));
    }

    @Test
    void aKeyThatIsNotUtf8IsNoSymbol() {
        assertThat(decoder.decode(new byte[] {'A', (byte) 0xC3}, "1".getBytes(UTF_8), ORIGIN))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.BAD_SYMBOL));
    }

    @Test
    void aRawLineBreakInASymbolIsMalformed() {
        rejected(Reason.MALFORMED_JSON, "{\"symbol\":\"A\nB\",\"price\":1}".getBytes(UTF_8));
    }

    @Test
    void deepNestingIsMalformed() {
        String deep = "[".repeat(10_000);

        rejected(Reason.MALFORMED_JSON, deep.getBytes(UTF_8));
        rejected(Reason.MALFORMED_JSON, ("{\"other\":" + deep).getBytes(UTF_8));
        rejected(Reason.MALFORMED_JSON, ("{\"price\":1,\"conditions\":" + deep).getBytes(UTF_8));
    }

    @Test
    void aNumberOfThousandsOfDigitsIsMalformed() {
        rejected(Reason.MALFORMED_JSON, ("{\"price\":1" + "0".repeat(10_000) + "}").getBytes(UTF_8));
    }

    @Test
    void aDetailIsCutWhenItQuotesALongToken() {
        assertThat(rejected(Reason.MALFORMED_JSON, "x".repeat(10_000).getBytes(UTF_8))
                        .detail())
                .startsWith("Unrecognized token 'xxx")
                .hasSize(300)
                .endsWith("…");
    }

    /** What a byte or a piece of text does to a good record is decided by a seed, so that a failure can be repeated. */
    @Test
    void whateverIsDoneToARecordTheAnswerIsATickAHeartbeatOrARejectionOnOneLine() {
        long seed = 20_131_125;
        Random random = new Random(seed);
        PriceDecoder[] decoders = {decoder(false), decoder(true)};
        int rejections = 0;
        int ticks = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] value = mutated(RECORDS.get(random.nextInt(RECORDS.size())).getBytes(UTF_8), random);
            String context = "seed " + seed + ", round " + round + ": " + new String(value, UTF_8);

            Decoded decoded = decodeWith(decoders[random.nextInt(2)], value, context);

            if (decoded instanceof Tick tick) {
                ticks++;
                assertThat(Math.abs(tick.price())).as(context).isLessThanOrEqualTo(1e12);
                assertThat(tick.hasSize() && !(tick.size() >= 0 && tick.size() <= 1e12))
                        .as(context)
                        .isFalse();
                assertThat(tick.symbol()).as(context).hasSizeBetween(1, 64);
                assertThat(tick.time()).as(context).isBetween(100_000_000_000L, RECORD_TIME + 60_000);
            } else if (decoded instanceof Rejection rejection) {
                rejections++;
                String detail = rejection.detail();
                assertThat(detail).as(context).hasSizeBetween(1, 300);
                assertThat(detail.chars().noneMatch(Character::isISOControl))
                        .as(context)
                        .isTrue();
                assertThat(new String(detail.getBytes(UTF_8), UTF_8))
                        .as(context)
                        .isEqualTo(detail);
            } else {
                assertThat(decoded).as(context).isInstanceOf(Heartbeat.class);
            }
        }
        assertThat(rejections).as("seed " + seed).isGreaterThan(10_000);
        assertThat(ticks).as("seed " + seed).isGreaterThan(10_000);
    }

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
            "",
            "x".repeat(400),
            "9".repeat(400),
            "[".repeat(1_100),
            "\"price\":",
            "\"type\":\"",
            "\"symbol\":");

    private static byte[] mutated(byte[] value, Random random) {
        byte[] mutated = value;
        for (int left = random.nextInt(4); left > 0 && mutated.length > 0; left--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    mutated = mutated.clone();
                    mutated[at] = (byte) random.nextInt(256);
                }
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 -> mutated = spliced(mutated, at, at, splinter(random));
                case 3 -> mutated = spliced(mutated, at, at + random.nextInt(mutated.length - at), splinter(random));
                default -> mutated = spliced(mutated, at, at, Arrays.copyOf(mutated, at));
            }
        }
        return mutated;
    }

    private static byte[] splinter(Random random) {
        return SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8);
    }

    /** The bytes with those from {@code from} to {@code to} replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
        byte[] spliced = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
        return spliced;
    }

    private static Decoded decodeWith(PriceDecoder decoder, byte[] value, String context) {
        try {
            return decoder.decode(KEY, value, ORIGIN);
        } catch (RuntimeException e) {
            throw new AssertionError(context, e);
        }
    }

    private Rejection rejected(Reason reason, byte[] value) {
        Decoded decoded = decoder.decode(KEY, value, ORIGIN);
        assertThat(decoded).isInstanceOf(Rejection.class);
        Rejection rejection = (Rejection) decoded;
        assertThat(rejection.reason()).isEqualTo(reason);
        return rejection;
    }
}
