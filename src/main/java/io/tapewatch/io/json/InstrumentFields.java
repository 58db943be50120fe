package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Instrument;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about an instrument besides its symbol, among the fields of a record that is about it. */
final class InstrumentFields {

    /** The fields, in their order. */
    static final List<String> FIELDS = List.of("name", "currency", "type", "sector", "venue", "multiplier");

    /** Those of a record that has a venue of its own. */
    static final List<String> FIELDS_BUT_VENUE = List.of("name", "currency", "type", "sector", "multiplier");

    private InstrumentFields() {}

    /** Writes what is known about the instrument, if it is there. */
    static void write(JsonGenerator out, @Nullable Instrument instrument) throws IOException {
        if (instrument != null) {
            writeWhatItIs(out, instrument);
            KnownTexts.writeIfKnown(out, "venue", instrument.venue());
            PlainNumbers.write(out, "multiplier", instrument.multiplier());
        }
    }

    /** The same without its venue. */
    static void writeAllButVenue(JsonGenerator out, @Nullable Instrument instrument) throws IOException {
        if (instrument != null) {
            writeWhatItIs(out, instrument);
            PlainNumbers.write(out, "multiplier", instrument.multiplier());
        }
    }

    private static void writeWhatItIs(JsonGenerator out, Instrument instrument) throws IOException {
        KnownTexts.writeIfKnown(out, "name", instrument.name());
        KnownTexts.writeIfKnown(out, "currency", instrument.currency());
        KnownTexts.writeIfKnown(out, "type", instrument.type());
        KnownTexts.writeIfKnown(out, "sector", instrument.sector());
    }
}
