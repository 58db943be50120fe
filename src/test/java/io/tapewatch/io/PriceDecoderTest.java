package io.tapewatch.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriceDecoderTest {

    private static final Origin ORIGIN = new Origin(3, 42, PriceTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final byte[] KEY = "KEY".getBytes(UTF_8);
    private static final int MAX_BYTES = 64_000;

    private final PriceDecoder decoder = decoder(false);

    private static PriceDecoder decoder(boolean allowNonpositive) {
        return new PriceDecoder("prices", MAX_BYTES, Duration.ofMinutes(1), allowNonpositive);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void readsEachRecordOfTheTablesAsTheySay(PriceTable.Row row) {
        Origin origin = new Origin(
                3,
                42,
                row.timestamp(),
                row.timestamp() == Origin.NO_TIMESTAMP ? Origin.Stamp.NONE : Origin.Stamp.CREATE_TIME);

        String read = told(decoder(row.allowsNonpositive()).decode(row.key(), row.value(), origin));

        assertThat(read).matches(row::expects, "is what the table says: " + row.expected());
    }

    static List<PriceTable.Row> table() {
        return PriceTable.rows();
    }

    @Test
    void theTablesHoldAtLeastFiftyKindsOfBadRecords() {
        assertThat(PriceTable.rows().stream()
                        .filter(PriceTable.Row::isRejected)
                        .map(PriceTable.Row::expected)
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(50);
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
        return decoded.time() == PriceTable.RECORD_TIME ? " at record's time" : " at " + decoded.time();
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
    void aDetailIsCutAfter300Characters() {
        assertThat(PriceDecoder.line("😀".repeat(300))).isEqualTo("😀".repeat(300));
        assertThat(PriceDecoder.line("😀".repeat(301))).isEqualTo("😀".repeat(299) + "…");
    }

    @Test
    void aTimestampFromTheBeginningOfTimeOverflowsNothing() {
        for (long timestamp : new long[] {Long.MIN_VALUE, -2}) {
            Origin origin = new Origin(3, 42, timestamp, Origin.Stamp.CREATE_TIME);

            assertThat(decoder.decode(KEY, "{\"price\":1,\"time\":1700000000000}".getBytes(UTF_8), origin))
                    .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                            .isEqualTo(Reason.FUTURE_TIME));
        }
    }

    @Test
    void whateverIsDoneToARecordTheAnswerIsATickAHeartbeatOrARejectionOnOneLine() {
        long seed = 20_131_125;
        MutatedPrices prices = new MutatedPrices(seed);
        Random random = new Random(seed);
        PriceDecoder[] decoders = {decoder(false), decoder(true)};
        int rejections = 0;
        int ticks = 0;
        for (int round = 0; round < 100_000; round++) {
            MutatedPrices.Mutated price = prices.next();
            String context = prices + ": " + (price.value() == null ? "none" : new String(price.value(), UTF_8));

            Decoded decoded = decodeWith(decoders[random.nextInt(2)], price, context);

            if (decoded instanceof Tick tick) {
                ticks++;
                assertThat(Math.abs(tick.price())).as(context).isLessThanOrEqualTo(1e12);
                assertThat(tick.hasSize() && !(tick.size() >= 0 && tick.size() <= 1e12))
                        .as(context)
                        .isFalse();
                assertThat(tick.symbol()).as(context).hasSizeBetween(1, 64);
                assertThat(tick.time()).as(context).isBetween(100_000_000_000L, 4_099_999_999_999L);
                assertThat(tick.time() - 60_000).as(context).isLessThanOrEqualTo(price.timestamp());
            } else if (decoded instanceof Rejection rejection) {
                rejections++;
                String detail = rejection.detail();
                assertThat(detail).as(context).hasSizeBetween(1, 300).doesNotStartWith(PriceDecoder.UNREADABLE);
                assertThat(detail.chars().noneMatch(Character::isISOControl))
                        .as(context)
                        .isTrue();
                assertThat(new String(detail.getBytes(UTF_8), UTF_8))
                        .as(context)
                        .isEqualTo(detail);
                assertThat(rejection.key()).as(context).isSameAs(price.key());
                assertThat(rejection.value()).as(context).isSameAs(price.value());
            } else {
                assertThat(decoded).as(context).isInstanceOf(Heartbeat.class);
            }
        }
        assertThat(rejections).as("seed " + seed).isGreaterThan(10_000);
        assertThat(ticks).as("seed " + seed).isGreaterThan(10_000);
    }

    private static Decoded decodeWith(PriceDecoder decoder, MutatedPrices.Mutated price, String context) {
        try {
            return decoder.decode(
                    price.key(), price.value(), new Origin(3, 42, price.timestamp(), Origin.Stamp.CREATE_TIME));
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
