package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A tick as the JSON object that the prices topic takes, so that a dead letter can be sent again. */
public final class TickFormat {

    /** The columns of CSV, in their order. */
    public static final List<String> CSV_FIELDS = List.of("time", "symbol", "price", "size");

    private TickFormat() {}

    /** Writes the tick as a row of CSV. */
    public static void writeRow(JsonGenerator row, Tick tick) throws IOException {
        row.writeStartObject();
        row.writeStringField("time", IsoTime.format(tick.time(), tick.nanos()));
        row.writeStringField("symbol", tick.symbol());
        PlainNumbers.write(row, "price", tick.price());
        PlainNumbers.writeIfKnown(row, "size", tick.size());
        row.writeEndObject();
    }

    /** Writes a tick as a JSON object. */
    public static void write(JsonGenerator json, Tick tick) throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", tick.symbol());
        PlainNumbers.write(json, "price", tick.price());
        PlainNumbers.writeIfKnown(json, "size", tick.size());
        PlainNumbers.writeMillis(json, "time", tick.time(), tick.nanos());
        if (tick.id() != null) {
            json.writeStringField("id", tick.id());
        }
        if (tick.hasSeq()) {
            json.writeNumberField("seq", tick.seq());
        }
        if (tick.side() != null) {
            json.writeStringField("side", tick.side().name().toLowerCase(Locale.ROOT));
        }
        if (tick.venue() != null) {
            json.writeStringField("venue", tick.venue());
        }
        if (tick.conditions() != null) {
            json.writeStringField("conditions", tick.conditions());
        }
        json.writeEndObject();
    }
}
