package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import java.io.IOException;

/** A quote as the JSON object that the quotes topic takes, so that a dead letter can be sent again. */
public final class QuoteFormat {

    private QuoteFormat() {}

    /** Writes a quote as a JSON object. */
    public static void write(JsonGenerator json, Quote quote) throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", quote.symbol());
        PlainNumbers.writeIfKnown(json, "bid", quote.bid());
        PlainNumbers.writeIfKnown(json, "bidSize", quote.bidSize());
        PlainNumbers.writeIfKnown(json, "ask", quote.ask());
        PlainNumbers.writeIfKnown(json, "askSize", quote.askSize());
        PlainNumbers.writeMillis(json, "time", quote.time(), quote.nanos());
        if (quote.seq() != Tick.NO_SEQ) {
            json.writeNumberField("seq", quote.seq());
        }
        json.writeEndObject();
    }
}
