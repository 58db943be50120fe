package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriceDecoderTest {

    private static final Origin ORIGIN = new Origin(3, 42, RecordTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final byte[] KEY = "KEY".getBytes(UTF_8);
    private static final int MAX_BYTES = 64_000;

    private final RecordDecoder decoder = decoder(false);

    private static RecordDecoder decoder(boolean allowNonpositive) {
        return PriceDecoder.factory(new RecordLimits(MAX_BYTES, Duration.ofMinutes(1), allowNonpositive))
                .decoder("prices");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void readsEachRecordOfTheTablesAsTheySay(RecordTable.Row row) {
        String read = told(decoder(row.allowsNonpositive()).decode(row.key(), row.value(), row.origin()));

        assertThat(read).matches(row::expects, "is what the table says: " + row.expected());
    }

    static List<RecordTable.Row> table() {
        return RecordTable.rows("prices");
    }

    @Test
    void theTablesHoldAtLeastFiftyKindsOfBadRecords() {
        assertThat(RecordTable.rows("prices").stream()
                        .filter(RecordTable.Row::isRejected)
                        .map(RecordTable.Row::expected)
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(50);
    }

    @Test
    void aSymbolIsReadAsItStandsHoweverOftenAndWhateverCameBefore() {
        List<String> symbols = List.of("Aa", "BB", "BRK B", "\u5e01\u5b89", "Aa ", "A*", "", "Aa");
        for (int round = 0; round < 3; round++) {
            for (String symbol : symbols) {
                Decoded decoded =
                        decoder.decode(null, ("{\"symbol\":\"" + symbol + "\",\"price\":1}").getBytes(UTF_8), ORIGIN);
                if (symbol.isEmpty() || symbol.equals("A*")) {
                    assertThat(((Rejection) decoded).reason()).isEqualTo(Reason.BAD_SYMBOL);
                } else {
                    assertThat(((Tick) decoded).symbol()).isEqualTo(symbol.trim());
                }
            }
        }
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
        if (decoded.time() == RecordTable.RECORD_TIME) {
            return " at record's time";
        }
        int nanos = decoded instanceof Tick tick ? tick.nanos() : 0;
        return " at " + decoded.time() + (nanos == 0 ? "" : " and " + nanos + " ns");
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
        assertThat(RecordDecoder.line("😀".repeat(300))).isEqualTo("😀".repeat(300));
        assertThat(RecordDecoder.line("😀".repeat(301))).isEqualTo("😀".repeat(299) + "…");
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
        Map<Class<?>, Integer> answers = MutatedRecords.prices(20_131_125)
                .decode(Rounds.of(100_000), List.of(decoder(false), decoder(true)), (record, decoded) -> {
                    if (decoded instanceof Tick tick) {
                        assertThat(Decimals.isInForm(tick.priceUnits(), tick.priceScale()))
                                .isTrue();
                        assertThat(tick.hasSize()
                                        && !(tick.sizeUnits() >= 0
                                                && Decimals.isInForm(tick.sizeUnits(), tick.sizeScale())))
                                .isFalse();
                        assertThat(tick.symbol().codePointCount(0, tick.symbol().length()))
                                .isBetween(1, 64);
                        assertThat(tick.nanos()).isBetween(0, 999_999);
                        assertThat(tick.time()).isBetween(100_000_000_000L, 4_099_999_999_999L);
                        assertThat(tick.time() - 60_000).isLessThanOrEqualTo(record.timestamp());
                    }
                });

        assertThat(answers).containsOnlyKeys(Tick.class, Heartbeat.class, Rejection.class);
        assertThat(answers.get(Tick.class)).isGreaterThan(Rounds.of(10_000));
        assertThat(answers.get(Rejection.class)).isGreaterThan(Rounds.of(10_000));
    }

    private Rejection rejected(Reason reason, byte[] value) {
        Decoded decoded = decoder.decode(KEY, value, ORIGIN);
        assertThat(decoded).isInstanceOf(Rejection.class);
        Rejection rejection = (Rejection) decoded;
        assertThat(rejection.reason()).isEqualTo(reason);
        return rejection;
    }
}
