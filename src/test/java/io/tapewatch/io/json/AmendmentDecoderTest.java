package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmendmentDecoderTest {

    private static final long STAMP = 1_700_000_100_000L;
    private static final Origin ORIGIN = new Origin(1, 7, STAMP, Origin.Stamp.LOG_APPEND_TIME);
    private static final RecordLimits LIMITS = new RecordLimits(64_000, Duration.ofMinutes(1), false);

    private static Decoded decode(RecordLimits limits, String json) {
        return PriceDecoder.factory(limits)
                .decoder("prices")
                .decode("BTC-USD".getBytes(UTF_8), json.getBytes(UTF_8), ORIGIN);
    }

    @Test
    void aCancelNamesItsTradeAndIsSaidAtTheRecordsTimestampWithoutATime() {
        assertThat(decode(LIMITS.withAmendments(), "{\"type\":\"Cancel\",\"id\":17,\"venue\":\"XNAS\",\"price\":3}"))
                .isEqualTo(new Amendment(
                        "BTC-USD",
                        Amendment.Kind.CANCEL,
                        "XNAS",
                        "17",
                        null,
                        0,
                        Amendment.UNCHANGED,
                        0,
                        Amendment.UNCHANGED,
                        STAMP,
                        0,
                        Decoded.NO_TIME,
                        Tick.NO_SEQ,
                        ORIGIN));
    }

    @Test
    void aCorrectionSaysWhatTheTradeIs() {
        assertThat(decode(
                        LIMITS.withAmendments(),
                        "{\"type\":\"correct\",\"symbol\":\"A\",\"id\":\"a\",\"price\":\"1.5\",\"size\":0,\"newId\":\"b\","
                                + "\"time\":1700000000001.5,\"ofTime\":\"2023-11-14T22:13:20Z\",\"seq\":4}"))
                .isEqualTo(new Amendment(
                        "A",
                        Amendment.Kind.CORRECT,
                        null,
                        "a",
                        "b",
                        15,
                        1,
                        0,
                        0,
                        1_700_000_000_001L,
                        500_000,
                        1_700_000_000_000L,
                        4,
                        ORIGIN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'cancel'}|MISSING_FIELD",
                "{'type':'correct','price':1}|MISSING_FIELD",
                "{'type':'correct','id':'a'}|MISSING_FIELD",
                "{'type':'correct','id':'a','price':0}|BAD_PRICE",
                "{'type':'correct','id':'a','size':-1}|BAD_SIZE",
                "{'type':'cancel','id':'a','time':1700000000}|BAD_TIME",
                "{'type':'cancel','id':'a','time':1800000000000}|FUTURE_TIME",
                "{'type':'cancel','id':'a','symbol':'*'}|BAD_SYMBOL",
                "{'type':'bust','id':'a'}|UNSUPPORTED_TYPE",
            },
            quoteCharacter = '"')
    void oneThatCannotBeTakenIsRejected(String json, Reason reason) {
        assertThat(decode(LIMITS.withAmendments(), json.replace('\'', '"')))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "correct"})
    void theRejectionNamesTheSettingWhereTheyAreOff(String type) {
        assertThat(decode(LIMITS, "{\"type\":\"" + type + "\",\"id\":\"a\",\"price\":1}"))
                .isInstanceOfSatisfying(Rejection.class, rejection -> {
                    assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_TYPE);
                    assertThat(rejection.detail()).contains("corrections.horizon");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"cancel\",\"symbol\":\"A\",\"id\":\"a\",\"time\":1700000000001.5,\"ofTime\":1700000000000,"
                        + "\"seq\":4,\"venue\":\"V\"}",
                "{\"type\":\"correct\",\"symbol\":\"A\",\"id\":\"a\",\"newId\":\"b\",\"price\":1.5,\"size\":2,"
                        + "\"time\":1700000000001}",
            })
    void isWrittenAsItIsRead(String json) {
        Amendment amendment = (Amendment) decode(LIMITS.withAmendments(), json);
        JsonWriter<Amendment> format = (each, out) -> AmendmentFormat.write(out, each);
        assertThat(new String(format.bytes(new JsonFactory(), amendment), UTF_8))
                .isEqualTo(json);
    }
}
