package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.QuotedTrades;
import io.tapewatch.io.kafka.LargestRecords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedTradeFormatTest {

    private static final long TIME = 1_385_337_613_001L;
    private static final int MAX_PRICE_BYTES = 64_000;

    @Test
    void writesEveryFieldInItsOrder() throws Exception {
        String json = json(QuotedTrades.of(
                "BTC-USD", TIME, 812, 1e-7, 810.0, 812.5, 811.25, 30.8, 18.49, Side.SELL, 1250L, "t-1", true));

        assertThat(json)
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"time\":\"2013-11-25T00:00:13.001Z\",\"price\":812,"
                        + "\"size\":0.0000001,\"bid\":810,\"ask\":812.5,\"mid\":811.25,\"spreadBps\":30.8,"
                        + "\"effectiveSpreadBps\":18.49,\"side\":\"sell\",\"quoteAgeMs\":1250,\"tradeId\":\"t-1\","
                        + "\"late\":true}");
        JsonNode node = new ObjectMapper().readTree(json);
        List<String> fields = new ArrayList<>();
        node.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(QuotedTradeFormat.FIELDS);
    }

    @Test
    void writesNumbersAndTimesAsFinelyAsTheyWereSent() {
        String json = json(new QuotedTrade(
                "X",
                TIME,
                218_853,
                Decimal.of("0.123456789012345678"),
                Decimal.of("123456789012345.678"),
                Decimal.of("0.000000000000000001"),
                Decimal.of("1000000000000000000"),
                5e17,
                20_000.0,
                20_000.0,
                Side.SELL,
                0L,
                null,
                false));

        assertThat(json)
                .isEqualTo("{\"symbol\":\"X\",\"time\":\"2013-11-25T00:00:13.001218853Z\","
                        + "\"price\":0.123456789012345678,\"size\":123456789012345.678,"
                        + "\"bid\":0.000000000000000001,\"ask\":1000000000000000000,\"mid\":500000000000000000,"
                        + "\"spreadBps\":20000,\"effectiveSpreadBps\":20000,\"side\":\"sell\",\"quoteAgeMs\":0,"
                        + "\"late\":false}");
    }

    @Test
    void leavesOutWhatHasNoValue() {
        assertThat(json(QuotedTrades.of("X", TIME, 812.5, null, null, null, null, null, null, null, null, null, false)))
                .isEqualTo("{\"symbol\":\"X\",\"time\":\"2013-11-25T00:00:13.001Z\",\"price\":812.5,\"late\":false}");
    }

    @Test
    void aQuoteWithOneSideIsWrittenAsFarAsItGoes() {
        assertThat(json(QuotedTrades.of("X", TIME, 1, 0.0, null, 2.0, null, null, null, Side.BUY, 0L, null, false)))
                .isEqualTo("{\"symbol\":\"X\",\"time\":\"2013-11-25T00:00:13.001Z\",\"price\":1,\"size\":0,\"ask\":2,"
                        + "\"side\":\"buy\",\"quoteAgeMs\":0,\"late\":false}");
    }

    @Test
    void theLargestRecordHasNoMoreBytesThanTheTopicIsAskedFor() {
        Decimal longest = Decimal.of("-0.123456789012345678");
        // A spread of 10⁻¹⁸ on a mid of 10¹⁸.
        double longestFigure = -1.2345678901234567e-32;
        for (String character : List.of("x", "\"", "\\", "\u20ac", "\u0001")) {
            String id = longestId(character);
            String json = json(new QuotedTrade(
                    "S".repeat(64),
                    TIME,
                    123_456,
                    longest,
                    longest,
                    longest,
                    longest,
                    longestFigure,
                    longestFigure,
                    longestFigure,
                    Side.SELL,
                    Long.MIN_VALUE,
                    id,
                    false));

            assertThat(64 + json.getBytes(UTF_8).length)
                    .as("key and value with an id of %d characters", id.length())
                    .isGreaterThan(MAX_PRICE_BYTES)
                    .isLessThan(LargestRecords.quotedTrade(MAX_PRICE_BYTES) - 2048);
        }
    }

    /** Of as many characters as a price of the most bytes can spell. */
    private static String longestId(String character) {
        JsonWriter<String> text = (each, out) -> out.writeString(each);
        int bytes = text.bytes(new JsonFactory(), character).length - "\"\"".length();
        return character.repeat((MAX_PRICE_BYTES - "{\"price\":1,\"id\":\"\"}".length()) / bytes);
    }

    private static String json(QuotedTrade trade) {
        JsonWriter<QuotedTrade> format = (each, out) -> QuotedTradeFormat.write(out, each);
        return new String(format.bytes(new JsonFactory(), trade), UTF_8);
    }
}
