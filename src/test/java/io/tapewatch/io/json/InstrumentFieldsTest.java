package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import org.junit.jupiter.api.Test;

class InstrumentFieldsTest {

    @Test
    void whatIsKnownIsWrittenInItsOrder() {
        assertThat(json(Instruments.GOLD))
                .isEqualTo("{\"name\":\"Gold, front month\",\"currency\":\"USD\",\"type\":\"future\","
                        + "\"sector\":\"Metals\",\"venue\":\"XCEC\",\"multiplier\":100}");
        assertThat(jsonButVenue(Instruments.GOLD))
                .isEqualTo("{\"name\":\"Gold, front month\",\"currency\":\"USD\",\"type\":\"future\","
                        + "\"sector\":\"Metals\",\"multiplier\":100}");
    }

    @Test
    void aTextThatIsNotKnownIsLeftOutAndTheMultiplierNever() {
        assertThat(json(Instrument.unknown("X"))).isEqualTo("{\"multiplier\":1}");
        assertThat(jsonButVenue(Instrument.unknown("X"))).isEqualTo("{\"multiplier\":1}");
    }

    @Test
    void ofAnInstrumentThatIsNotKnownNothingIsWritten() {
        assertThat(json(null)).isEqualTo("{}");
        assertThat(jsonButVenue(null)).isEqualTo("{}");
    }

    private static String json(Instrument instrument) {
        return text(instrument, (each, out) -> {
            out.writeStartObject();
            InstrumentFields.write(out, each);
            out.writeEndObject();
        });
    }

    private static String jsonButVenue(Instrument instrument) {
        return text(instrument, (each, out) -> {
            out.writeStartObject();
            InstrumentFields.writeAllButVenue(out, each);
            out.writeEndObject();
        });
    }

    private static String text(Instrument instrument, JsonWriter<Instrument> format) {
        return new String(format.bytes(new JsonFactory(), instrument), UTF_8);
    }
}
