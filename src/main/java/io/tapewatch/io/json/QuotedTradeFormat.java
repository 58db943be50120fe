package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.quote.QuotedTrade;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A trade beside its quote as a JSON object, and as a row of CSV with the same names. A field without a value is left out. */
public final class QuotedTradeFormat {

    /** The fields, in their order. */
    public static final List<String> FIELDS = List.of(
            "symbol",
            "time",
            "price",
            "size",
            "bid",
            "ask",
            "mid",
            "spreadBps",
            "effectiveSpreadBps",
            "side",
            "quoteAgeMs",
            "tradeId",
            "late");

    private QuotedTradeFormat() {}

    /** Writes the trade and what its quote says of it. */
    public static void write(JsonGenerator out, QuotedTrade trade) throws IOException {
        out.writeStartObject();
        out.writeStringField("symbol", trade.symbol());
        out.writeStringField("time", IsoTime.format(trade.time(), trade.nanos()));
        PlainNumbers.write(out, "price", trade.price());
        PlainNumbers.writeIfKnown(out, "size", trade.size());
        PlainNumbers.writeIfKnown(out, "bid", trade.bid());
        PlainNumbers.writeIfKnown(out, "ask", trade.ask());
        PlainNumbers.writeIfKnown(out, "mid", trade.mid());
        PlainNumbers.writeIfKnown(out, "spreadBps", trade.spreadBps());
        PlainNumbers.writeIfKnown(out, "effectiveSpreadBps", trade.effectiveSpreadBps());
        if (trade.side() != null) {
            out.writeStringField("side", trade.side().name().toLowerCase(Locale.ROOT));
        }
        if (trade.quoteAgeMs() != null) {
            out.writeNumberField("quoteAgeMs", trade.quoteAgeMs());
        }
        KnownTexts.writeIfKnown(out, "tradeId", trade.tradeId());
        out.writeBooleanField("late", trade.late());
        out.writeEndObject();
    }
}
