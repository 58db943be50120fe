package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.SentRecords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsCompactAndAsciiStaysAsItIs() {
        String json = "{\"price\":64250.120,\"tiny\":1e-7,\"text\":\"\\u001b\\n\"}";
        assertThat(JsonLine.ofJson(json)).isEqualTo(json);
    }

    @Test
    void everythingElseIsTheSameOnALineInAscii() throws Exception {
        String json = "{\r\n\t\"from\": \"64250.5 → 68003.25 📈\u007f\u0085\u2028\" }\n";
        String line = JsonLine.ofJson(json);
        assertThat(line).matches("[ -~]*").contains("64250.5 \\u2192 68003.25 \\uD83D\\uDCC8\\u007F");
        assertThat(JSON.readTree(line)).isEqualTo(JSON.readTree(json));
    }

    @Test
    void aDeadLetterIsAnObjectOfItsHeadersKeyAndValue() {
        assertThat(JsonLine.ofDeadLetter(Records.of(
                        "ключ",
                        "not\n\"JSON\"\u007f",
                        "reason",
                        "malformed-json",
                        "detail",
                        "expected an object → found text",
                        "source-topic",
                        "prices",
                        "source-partition",
                        "3",
                        "source-offset",
                        "4711",
                        "truncated",
                        "1000000")))
                .isEqualTo("{\"reason\":\"malformed-json\",\"detail\":\"expected an object \\u2192 found text\","
                        + "\"topic\":\"prices\",\"partition\":3,\"offset\":4711,\"time\":\"2023-11-15T12:00:00.000Z\","
                        + "\"key\":\"\\u043A\\u043B\\u044E\\u0447\",\"value\":\"not\\n\\\"JSON\\\"\\u007F\","
                        + "\"truncated\":1000000}");
    }

    @Test
    void aRecordThatWasSentIsItsPlaceItsBytesAndWhatTheJobTakesItFor() {
        SentRecords prices =
                new SentRecords("prices", PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)));
        String published = "{\"partition\":2,\"offset\":17,\"published\":\"2023-11-15T12:00:00.000Z\",";
        Received bare = Records.of("BTC-USD", "64250.10");
        assertThat(JsonLine.ofInput(bare, prices.decode(bare.record())))
                .isEqualTo(published + "\"key\":\"BTC-USD\",\"value\":\"64250.10\","
                        + "\"taken\":{\"symbol\":\"BTC-USD\",\"price\":64250.1,\"time\":1700049600000}}");
        Received heartbeat = Records.of(null, "{\"heartbeat\":true,\"time\":1700049599000}");
        assertThat(JsonLine.ofInput(heartbeat, prices.decode(heartbeat.record())))
                .isEqualTo(published + "\"value\":\"{\\\"heartbeat\\\":true,\\\"time\\\":1700049599000}\","
                        + "\"heartbeat\":1700049599000}");
        Received bad = Records.of(null, new byte[] {(byte) 0xFF});
        assertThat(JsonLine.ofInput(bad, prices.decode(bad.record())))
                .startsWith(published + "\"valueBase64\":\"/w==\",\"rejected\":\"malformed-json\",\"detail\":");
    }

    @Test
    void whatIsNoTextIsInBase64AndWhatIsAbsentIsLeftOut() {
        assertThat(JsonLine.ofDeadLetter(Records.of(
                        new byte[] {(byte) 0xC0}, new byte[] {(byte) 0xFF, 0, 'a'}, "source-offset", "many")))
                .isEqualTo("{\"offset\":\"many\",\"time\":\"2023-11-15T12:00:00.000Z\",\"keyBase64\":\"wA==\","
                        + "\"valueBase64\":\"/wBh\"}");
        assertThat(JsonLine.ofDeadLetter(Records.of((byte[]) null, null)))
                .isEqualTo("{\"time\":\"2023-11-15T12:00:00.000Z\"}");
    }
}
