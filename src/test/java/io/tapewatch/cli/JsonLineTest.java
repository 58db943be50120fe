package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    void whatIsNoTextIsInBase64AndWhatIsAbsentIsLeftOut() {
        assertThat(JsonLine.ofDeadLetter(Records.of(
                        new byte[] {(byte) 0xC0}, new byte[] {(byte) 0xFF, 0, 'a'}, "source-offset", "many")))
                .isEqualTo("{\"offset\":\"many\",\"time\":\"2023-11-15T12:00:00.000Z\",\"keyBase64\":\"wA==\","
                        + "\"valueBase64\":\"/wBh\"}");
        assertThat(JsonLine.ofDeadLetter(Records.of((byte[]) null, null)))
                .isEqualTo("{\"time\":\"2023-11-15T12:00:00.000Z\"}");
    }
}
