package io.tapewatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuotedTrade;
import java.time.Instant;
import java.util.Locale;

/** Quoted trades as the job publishes them, read back. */
public final class QuotedTradeJson {

    private QuotedTradeJson() {}

    /** Reads one. */
    public static QuotedTrade read(JsonNode trade) {
        JsonNode side = trade.get("side");
        return new QuotedTrade(
                trade.get("symbol").asText(),
                Instant.parse(trade.get("time").asText()).toEpochMilli(),
                Instant.parse(trade.get("time").asText()).getNano() % 1_000_000,
                decimal(trade, "price"),
                decimal(trade, "size"),
                decimal(trade, "bid"),
                decimal(trade, "ask"),
                number(trade, "mid"),
                number(trade, "spreadBps"),
                number(trade, "effectiveSpreadBps"),
                side == null ? null : Side.valueOf(side.asText().toUpperCase(Locale.ROOT)),
                trade.has("quoteAgeMs") ? trade.get("quoteAgeMs").longValue() : null,
                trade.get("tradeId").asText(),
                trade.get("late").booleanValue());
    }

    private static Decimal decimal(JsonNode trade, String field) {
        return trade.has(field) ? Decimal.of(trade.get(field).decimalValue().toPlainString()) : null;
    }

    private static Double number(JsonNode trade, String field) {
        return trade.has(field) ? trade.get(field).doubleValue() : null;
    }
}
