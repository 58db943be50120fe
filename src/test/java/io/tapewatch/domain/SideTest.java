package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideTest {

    @ParameterizedTest
    @ValueSource(strings = {"buy", "Buy", "BUY", "b", "B"})
    void theseWordsSayThatTheBuyerWasTheAggressor(String word) {
        assertThat(Side.of(word)).isEqualTo(Side.BUY);
        assertThat(Side.isWord(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sell", "Sell", "SELL", "s", "S", "A"})
    void theseWordsSayThatTheSellerWas(String word) {
        assertThat(Side.of(word)).isEqualTo(Side.SELL);
        assertThat(Side.isWord(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N", "n", "none", "None", "unknown", "UNKNOWN"})
    void theseWordsSayThatNothingIsKnown(String word) {
        assertThat(Side.of(word)).isNull();
        assertThat(Side.isWord(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bid", "ask", "a", "1", "-1", "long", "taker_buy", "buy ", "selll", "AA", "é"})
    void otherWordsAreNotOnesOfSides(String word) {
        assertThat(Side.of(word)).isNull();
        assertThat(Side.isWord(word)).isFalse();
    }

    @Test
    void eachSideIsWrittenAsItIsRead() {
        for (Side side : Side.values()) {
            assertThat(Side.of(side.name())).isEqualTo(side);
        }
    }
}
