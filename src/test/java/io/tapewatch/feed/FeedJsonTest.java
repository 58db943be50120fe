package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedJsonTest {

    @Test
    void aPriceCarriesItsFiguresInTheirOwnDigits() {
        PriceRow price = new PriceRow("BTC-USD", "800.010000", "1e-3", 1385337600000L, "t\"1", "17", "buy");
        assertThat(text(FeedJson.of(price)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"price\":800.010000,\"size\":1e-3,\"time\":1385337600000,"
                        + "\"id\":\"t\\\"1\",\"seq\":17,\"side\":\"buy\"}");
    }

    @Test
    void aPriceCarriesItsSaleConditionsAsOneText() {
        PriceRow price = new PriceRow("A", "1", null, 1385337600000L, 0, null, null, null, "@,F,I");
        assertThat(text(FeedJson.of(price)))
                .isEqualTo("{\"symbol\":\"A\",\"price\":1,\"time\":1385337600000,\"conditions\":\"@,F,I\"}");
    }

    @Test
    void whatARecordingDoesNotHaveIsAbsent() {
        assertThat(text(FeedJson.of(new PriceRow("A", "1", null, 1385337600000L, null, null, null))))
                .isEqualTo("{\"symbol\":\"A\",\"price\":1,\"time\":1385337600000}");
    }

    @Test
    void aQuoteCarriesItsFiguresInTheirOwnDigitsAndASideThatIsNotThereIsAbsent() {
        assertThat(text(FeedJson.of(
                        new QuoteRow("BTC-USD", "61800.20", "2.5070", "61800.3", "0", 1723161256313L, "17"))))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"bid\":61800.20,\"bidSize\":2.5070,\"ask\":61800.3,\"askSize\":0,"
                        + "\"time\":1723161256313,\"seq\":17}");
        assertThat(text(FeedJson.of(new QuoteRow("A", null, null, "1e2", null, 1723161256313L, null))))
                .isEqualTo("{\"symbol\":\"A\",\"ask\":1e2,\"time\":1723161256313}");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1385337600000.000001",
        "999999, 1385337600000.999999",
        "120000, 1385337600000.12",
        "1000, 1385337600000.001"
    })
    void aTimeCarriesItsNanoseconds(int nanos, String time) {
        assertThat(text(FeedJson.of(new PriceRow("A", "1", null, 1385337600000L, nanos, null, null, null))))
                .isEqualTo("{\"symbol\":\"A\",\"price\":1,\"time\":" + time + "}");
        assertThat(text(FeedJson.of(new QuoteRow("A", "1", null, null, null, 1385337600000L, nanos, null))))
                .isEqualTo("{\"symbol\":\"A\",\"bid\":1,\"time\":" + time + "}");
    }

    @Test
    void anInstrumentCarriesWhatIsKnownOfIt() {
        assertThat(text(FeedJson.of(
                        new InstrumentRow("ESZ4", "E-mini \"S&P\"", "USD", "future", "index", "XCME", "50.0"))))
                .isEqualTo(
                        "{\"symbol\":\"ESZ4\",\"name\":\"E-mini \\\"S&P\\\"\",\"currency\":\"USD\",\"type\":\"future\","
                                + "\"sector\":\"index\",\"venue\":\"XCME\",\"multiplier\":50.0}");
        assertThat(text(FeedJson.of(new InstrumentRow("A", null, null, null, null, null, null, "C"))))
                .isEqualTo("{\"symbol\":\"A\",\"tape\":\"C\"}");
        assertThat(text(FeedJson.of(new InstrumentRow("A", null, null, null, null, null, null))))
                .isEqualTo("{\"symbol\":\"A\"}");
    }

    @Test
    void aHeartbeatCarriesTheTimeAlone() {
        assertThat(text(FeedJson.heartbeat(1385337600000L))).isEqualTo("{\"heartbeat\":true,\"time\":1385337600000}");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
