package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.Rounds;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "5, 5",
        "-5, -5",
        "64250.12, 64250.12",
        "0.1, 0.1",
        "0.002, 0.002",
        "1e-12, 0.000000000001",
        "1.5e-7, 0.00000015",
        "1e12, 1000000000000",
        "1e24, 1000000000000000000000000",
        "2e23, 200000000000000000000000",
        "9007199254740994, 9007199254740994",
        "123456789012345680000, 123456789012345680000",
        "4.9e-324, 0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000049"
    })
    void aNumberIsPlainAndAsShortAsItReadsBack(double value, String text) throws IOException {
        assertThat(PlainNumbers.plain(value)).isEqualTo(text);
        assertThat(written(value)).isEqualTo("{\"n\":" + text + "}");
    }

    @Test
    void everyNumberReadsBack() throws IOException {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < Rounds.of(30_000); i++) {
            double value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : (random.nextInt() / Math.pow(10, random.nextInt(12)));
            if (Double.isFinite(value)) {
                String text = PlainNumbers.plain(value);
                assertThat(Double.parseDouble(text)).as("seed %s", seed).isEqualTo(value == 0 ? 0 : value);
                assertThat(text).as("seed %s", seed).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");
                assertThat(written(value)).as("seed %s", seed).isEqualTo("{\"n\":" + text + "}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNeverWritten(double value) {
        assertThatThrownBy(() -> written(value)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(double value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            PlainNumbers.write(json, "n", value);
            json.writeEndObject();
        }
        return text.toString();
    }
}
