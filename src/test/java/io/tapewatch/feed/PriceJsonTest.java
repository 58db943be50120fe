package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PriceJsonTest {

    @Test
    void aPriceCarriesItsFiguresInTheirOwnDigits() {
        RecordedPrice price = new RecordedPrice("BTC-USD", "800.010000", "1e-3", 1385337600000L, "t\"1", "17", "buy");
        assertThat(text(PriceJson.of(price)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"price\":800.010000,\"size\":1e-3,\"time\":1385337600000,"
                        + "\"id\":\"t\\\"1\",\"seq\":17,\"side\":\"buy\"}");
    }

    @Test
    void whatARecordingDoesNotHaveIsAbsent() {
        assertThat(text(PriceJson.of(new RecordedPrice("A", "1", null, 1385337600000L, null, null, null))))
                .isEqualTo("{\"symbol\":\"A\",\"price\":1,\"time\":1385337600000}");
    }

    @Test
    void aHeartbeatCarriesTheTimeAlone() {
        assertThat(text(PriceJson.heartbeat(1385337600000L))).isEqualTo("{\"heartbeat\":true,\"time\":1385337600000}");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
