package io.tapewatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitDecoderTest {

    private static final long TIME = 1_700_006_400_000L;

    private final LimitDecoder decoder = new LimitDecoder();

    @Test
    void itReadsWhatTheBenchmarkSends() throws Exception {
        assertThat(decode("""
                {"symbol":"SYM00007","price":642.50,"size":0.125,"time":1700006400000,"id":"17","side":"sell"}"""))
                .isEqualTo(new LimitDecoder.Trade(
                        "SYM00007",
                        642.5,
                        0.125,
                        TIME,
                        "17",
                        Long.MIN_VALUE,
                        false,
                        null,
                        null,
                        new LimitDecoder.Found(3, 5, TIME, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"A\",\"price\":0,\"time\":1700006400000}",
                "{\"symbol\":\"A\",\"price\":1e13,\"time\":1700006400000}",
                "{\"symbol\":\"A\",\"price\":1,\"size\":-1,\"time\":1700006400000}",
                "{\"symbol\":\"A\",\"price\":1,\"price\":1,\"time\":1700006400000}",
                "{\"symbol\":\"A A\",\"price\":1,\"time\":1700006400000}",
                "{\"symbol\":\"A\",\"price\":1,\"time\":1700006400}",
                "{\"symbol\":\"A\",\"price\":1,\"time\":1700009999999}",
                "{\"price\":1,\"time\":1700006400000}",
                "{\"symbol\":\"A\",\"price\":1,\"side\":\"none\"}",
                "{\"symbol\":\"A\",\"price\":1} 1",
                "7"
            })
    void itChecksWhatItReads(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> decode(json));
    }

    private LimitDecoder.Trade decode(String json) throws Exception {
        return decoder.decode(json.getBytes(StandardCharsets.UTF_8), 3, 5, TIME, 1);
    }
}
