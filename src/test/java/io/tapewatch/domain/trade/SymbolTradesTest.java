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
        assertThat(trades.isEmpty()).isTrue();
        assertThat(bytes(trades)).hasSize(1);
    }

    @Test
    void itComesBackAsItWasAndItsCopyGoesItsOwnWay() throws IOException {
        SymbolTrades trades = new SymbolTrades();
        take(trades, 5 * HOUR);
        byte[] before = bytes(trades);
        assertThat(trades.isEmpty()).isFalse();
        assertThat(bytes(SymbolTrades.readFrom(in(before)))).isEqualTo(before);
        SymbolTrades copy = trades.copy();
        take(trades, 30 * HOUR);
        assertThat(bytes(trades)).isNotEqualTo(before);
        assertThat(bytes(copy)).isEqualTo(before);
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
