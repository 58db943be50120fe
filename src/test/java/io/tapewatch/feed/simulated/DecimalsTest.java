package io.tapewatch.feed.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 999, 1000, 12345, 100_000, Long.MAX_VALUE})
    void unitsOfADecimalPlaceAreWrittenAsBigDecimalWritesThem(long units) {
        for (int places = 0; places <= 4; places++) {
            assertThat(Decimals.text(units, places))
                    .isEqualTo(BigDecimal.valueOf(units, places).toPlainString());
        }
    }
}
