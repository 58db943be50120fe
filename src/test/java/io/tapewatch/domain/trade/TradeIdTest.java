package io.tapewatch.domain.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Ticks;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TradeIdTest {

    @Test
    void tellsVenuesAndIdsApart() {
        assertThat(TradeId.of("XNAS", "1")).isEqualTo(TradeId.of("XNAS", "1"));
        assertThat(Set.of(
                        TradeId.of(null, "1"),
                        TradeId.of("", "1"),
                        TradeId.of("1", ""),
                        TradeId.of(null, ""),
                        TradeId.of("1", "1"),
                        TradeId.of("11", ""),
                        TradeId.of(null, "11"),
                        TradeId.of("XNAS", "1"),
                        TradeId.of("XNYS", "1")))
                .hasSize(9);
    }

    @Test
    void halvesOfTypicalNamesAreAllDifferent() {
        Set<Long> high = new HashSet<>();
        Set<Long> low = new HashSet<>();
        int names = 200_000;
        for (int i = 0; i < names; i++) {
            TradeId id = TradeId.of(i % 2 == 0 ? null : "V" + i % 3, Integer.toString(i / 2));
            high.add(id.high());
            low.add(id.low());
        }
        assertThat(high).hasSize(names);
        assertThat(low).hasSize(names);
    }

    @Test
    void isNullForATradeWithoutAnId() {
        assertThat(TradeId.of(Ticks.tick("BTC-USD").tick())).isNull();
    }
}
