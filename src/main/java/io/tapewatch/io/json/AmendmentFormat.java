package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import java.io.IOException;
import java.util.Locale;

/** A cancel or a correction as the JSON object that the prices topic takes. */
public final class AmendmentFormat {

    private AmendmentFormat() {}

    /** Writes it as a JSON object. */
    public static void write(JsonGenerator json, Amendment amendment) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", amendment.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("symbol", amendment.symbol());
        json.writeStringField("id", amendment.id());
        if (amendment.newId() != null) {
            json.writeStringField("newId", amendment.newId());
        }
        if (amendment.priceScale() != Amendment.UNCHANGED) {
            PlainNumbers.write(json, "price", new Decimal(amendment.priceUnits(), amendment.priceScale()));
        }
        if (amendment.sizeScale() != Amendment.UNCHANGED) {
            PlainNumbers.write(json, "size", new Decimal(amendment.sizeUnits(), amendment.sizeScale()));
        }
        PlainNumbers.writeMillis(json, "time", amendment.time(), amendment.nanos());
        if (amendment.ofTime() != Decoded.NO_TIME) {
            PlainNumbers.writeMillis(json, "ofTime", amendment.ofTime(), 0);
        }
        if (amendment.seq() != Tick.NO_SEQ) {
            json.writeNumberField("seq", amendment.seq());
        }
        if (amendment.venue() != null) {
            json.writeStringField("venue", amendment.venue());
        }
        json.writeEndObject();
    }
}
