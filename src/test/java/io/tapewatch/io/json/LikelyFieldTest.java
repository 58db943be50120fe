package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyFieldTest {

    private static final List<String> OF_A_PRICE =
            List.of("symbol", "price", "size", "time", "id", "seq", "side", "venue", "conditions");

    @ParameterizedTest
    @CsvSource({
        "timestamp, time",
        "ts, time",
        "t, time",
        "datetime, time",
        "event_time, time",
        "tradeTime, time",
        "tiem, time",
        "Time, time",
        "qty, size",
        "quantity, size",
        "volume, size",
        "amount, size",
        "ticker, symbol",
        "instrument, symbol",
        "s, symbol",
        "symbl, symbol",
        "last, price",
        "px, price",
        "p, price",
        "last-price, price",
        "Price, price",
        "trade_id, id",
        "sequence, seq",
        "takerSide, side",
        "exchange, venue",
        "condition, conditions"
    })
    void whatOthersCallAFieldOrMisspellIsFound(String name, String field) {
        assertThat(LikelyField.meantBy(name, OF_A_PRICE)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"T", "S", "P", "bid", "currency", "x", "open", "close", "high", "low", "vwap", "tape", "meta"})
    void whatIsSomethingElseIsNotTakenForAField(String name) {
        assertThat(LikelyField.meantBy(name, OF_A_PRICE)).isNull();
    }

    @Test
    void aFieldThatARecordHasIsNotMeant() {
        assertThat(LikelyField.meantBy("timestamp", List.of("price", "size"))).isNull();
        assertThat(LikelyField.meantBy("tiem", List.of("price", "size"))).isNull();
    }

    @Test
    void theTapeOfATradeIsNoType() {
        assertThat(LikelyField.meantBy("tape", List.of("price", "type"))).isNull();
        assertThat(LikelyField.meantBy("TAPE", List.of("tape", "type"))).isEqualTo("tape");
        assertThat(LikelyField.meantBy("tpye", List.of("price", "type"))).isEqualTo("type");
    }

    @Test
    void sidesOfAQuoteAreFound() {
        List<String> ofAQuote = List.of("symbol", "bid", "bidSize", "ask", "askSize", "time");
        assertThat(List.of("bidPrice", "bid_size", "a", "ask-qty", "offer"))
                .extracting(name -> LikelyField.meantBy(name, ofAQuote))
                .containsExactly("bid", "bidSize", "ask", "askSize", "ask");
    }

    @Test
    void eachFieldIsFoundByItsOwnNameInCapitals() {
        List<String> all = Stream.of(PriceDecoder.NAMES, QuoteDecoder.NAMES, InstrumentDecoder.NAMES)
                .flatMap(names -> names.of(names.known()).stream())
                .distinct()
                .toList();
        assertThat(all).hasSize(22).allSatisfy(field -> assertThat(LikelyField.meantBy(field.toUpperCase(), all))
                .isEqualTo(field));
    }
}
