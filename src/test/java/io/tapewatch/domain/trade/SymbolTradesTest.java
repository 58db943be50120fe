package io.tapewatch.domain.trade;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.EventTimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolTradesTest {

    private static final long HOUR = 3_600_000;

    private final ConditionLookup conditions =
            new ConditionLookup(UsConsolidated.of(ConditionAlphabet.SIP), ConditionCounts.NOBODY);

    private void take(SymbolTrades trades, long time) {
        trades.firsts(conditions).take(tick("A").at(time).tick(), Eligibility.ALL);
    }

    @Test
    void ofASymbolWithoutATableNothingIsKeptButAByte() throws IOException {
        SymbolTrades trades = new SymbolTrades();
        assertThat(trades.isEmpty()).isTrue();
        assertThat(trades.due(HOUR)).isEqualTo(EventTimes.NEVER);
        assertThat(bytes(trades)).hasSize(1);
        trades.firsts(conditions);
        trades.numbers();
        assertThat(trades.isEmpty()).isTrue();
        assertThat(bytes(trades)).hasSize(1);
    }

    /** The first prints of days, numbers, or both. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void itComesBackAsItWasAndItsCopyGoesItsOwnWay(boolean hasFirsts, boolean hasNumbers) throws IOException {
        SymbolTrades trades = new SymbolTrades();
        takeBoth(trades, 5 * HOUR, hasFirsts, hasNumbers);
        byte[] before = bytes(trades);
        assertThat(trades.isEmpty()).isFalse();
        SymbolTrades read = SymbolTrades.readFrom(in(before));
        assertThat(bytes(read)).isEqualTo(before);
        assertThat(read.due(HOUR)).isEqualTo(trades.due(HOUR));
        SymbolTrades copy = trades.copy();
        takeBoth(trades, 30 * HOUR, hasFirsts, hasNumbers);
        assertThat(bytes(trades)).isNotEqualTo(before);
        assertThat(bytes(copy)).isEqualTo(before);
    }

    private void takeBoth(SymbolTrades trades, long time, boolean hasFirsts, boolean hasNumbers) {
        if (hasFirsts) {
            take(trades, time);
        }
        if (hasNumbers) {
            trades.numbers().take(time, time, (at, by) -> {});
        }
    }

    @Test
    void whatIsOverIsDropped() {
        SymbolTrades trades = new SymbolTrades();
        take(trades, 5 * HOUR);
        trades.forget(trades.due(HOUR) - 1, HOUR);
        assertThat(trades.isEmpty()).isFalse();
        trades.forget(trades.due(HOUR), HOUR);
        assertThat(trades.isEmpty()).isTrue();
        take(trades, 5 * HOUR);
        trades.dropFirsts();
        assertThat(trades.isEmpty()).isTrue();
    }

    @Test
    void numbersThatAreLongPastAreDropped() {
        SymbolTrades trades = new SymbolTrades();
        trades.numbers().take(7, 5 * HOUR, (at, by) -> {});
        assertThat(trades.due(HOUR)).isEqualTo(5 * HOUR + NumberRuns.KEPT_FOR);
        take(trades, 5 * HOUR);
        assertThat(trades.due(HOUR)).as("the sooner of both").isLessThan(5 * HOUR + NumberRuns.KEPT_FOR);
        trades.dropFirsts();
        trades.forget(trades.due(HOUR) - 1, HOUR);
        assertThat(trades.isEmpty()).isFalse();
        trades.forget(trades.due(HOUR), HOUR);
        assertThat(trades.isEmpty()).isTrue();
        trades.numbers().take(7, 5 * HOUR, (at, by) -> {});
        trades.dropNumbers();
        assertThat(trades.isEmpty()).isTrue();
    }

    @Test
    void anotherLayoutIsRefused() {
        assertThatThrownBy(() -> SymbolTrades.readFrom(in(new byte[] {9})))
                .isInstanceOf(IOException.class)
                .hasMessage("layout 9 of a symbol's trades was written by another release");
    }

    private static byte[] bytes(SymbolTrades trades) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trades.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
