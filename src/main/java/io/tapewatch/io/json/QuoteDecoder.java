package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The decoder of quotes as JSON objects: a record is a quote, a heartbeat or a rejection. */
public final class QuoteDecoder extends TapeDecoder {

    static final FieldNames NAMES = FieldNames.of(
            name("symbol", RecordField.SYMBOL),
            name("time", RecordField.TIME),
            name("seq", RecordField.SEQ),
            name("type", RecordField.TYPE),
            name("heartbeat", RecordField.HEARTBEAT),
            name("bid", RecordField.BID),
            name("bidSize", RecordField.BID_SIZE),
            name("ask", RecordField.ASK),
            name("askSize", RecordField.ASK_SIZE));

    private QuoteDecoder(String topic, RecordLimits limits, Function<String, Runnable> unknownFields) {
        super(topic, "quote", limits, NAMES, unknownFields);
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, unknownFields) -> new QuoteDecoder(topic, limits, unknownFields);
    }

    @Override
    String expected() {
        return "an object such as {\"symbol\":\"BTC-USD\",\"bid\":64250.12,\"ask\":64250.13}";
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        double bid = Double.NaN;
        double bidSize = Double.NaN;
        double ask = Double.NaN;
        double askSize = Double.NaN;
        long time = Decoded.NO_TIME;
        long seq = Tick.NO_SEQ;
        String type = null;
        boolean heartbeat = false;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbol = FieldValues.string(parser, Reason.BAD_SYMBOL, "symbol");
                case RecordField.BID -> bid = FieldValues.number(parser, Reason.BAD_PRICE, "bid");
                case RecordField.BID_SIZE -> bidSize = FieldValues.number(parser, Reason.BAD_SIZE, "bidSize");
                case RecordField.ASK -> ask = FieldValues.number(parser, Reason.BAD_PRICE, "ask");
                case RecordField.ASK_SIZE -> askSize = FieldValues.number(parser, Reason.BAD_SIZE, "askSize");
                case RecordField.TIME -> time = FieldValues.time(parser);
                case RecordField.SEQ -> seq = FieldValues.seq(parser);
                case RecordField.TYPE -> type = FieldValues.text(parser, "type");
                case RecordField.HEARTBEAT -> heartbeat = FieldValues.bool(parser, "heartbeat");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        if (heartbeat) {
            return heartbeat(time);
        }
        expectType(type);
        return quote(symbol, bid, bidSize, ask, askSize, time, seq);
    }

    private Quote quote(
            @Nullable String symbolOfValue,
            double bid,
            double bidSize,
            double ask,
            double askSize,
            long time,
            long seq) {
        String symbol = symbol(symbolOfValue);
        if (Double.isNaN(bid) && Double.isNaN(ask)) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "bid and ask are missing; expected one of them at least");
        }
        return new Quote(
                symbol,
                price(bid, "bid"),
                size(bidSize, "bidSize"),
                price(ask, "ask"),
                size(askSize, "askSize"),
                time(time),
                0,
                seq,
                origin());
    }

    private @Nullable Decimal price(double price, String name) {
        return Double.isNaN(price) ? null : Decimal.of(PlainNumbers.plain(limits().price(price, name))); // BRIDGE
    }

    private static @Nullable Decimal size(double size, String name) {
        return Double.isNaN(size) ? null : Decimal.of(PlainNumbers.plain(RecordLimits.size(size, name))); // BRIDGE
    }
}
