package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.util.function.Function;

/** Reads a record of the quotes topic, a JSON object: a quote, a heartbeat or a rejection. */
public final class QuoteDecoder extends RecordDecoder {

    private static final int FIELDS = RecordField.SYMBOL
            | RecordField.BID
            | RecordField.BID_SIZE
            | RecordField.ASK
            | RecordField.ASK_SIZE
            | RecordField.TIME
            | RecordField.SEQ
            | RecordField.TYPE
            | RecordField.HEARTBEAT;

    private final RecordLimits limits;

    /**
     * @param topic the topic the records come from
     * @param limits which records are taken
     */
    public QuoteDecoder(String topic, RecordLimits limits) {
        this(topic, limits, RecordDecoder::uncounted);
    }

    /** @param unknownFields makes what counts the records with a field that is not read, by a label for its name */
    public QuoteDecoder(String topic, RecordLimits limits, Function<String, Runnable> unknownFields) {
        super(topic, limits.maxBytes(), FIELDS, unknownFields);
        this.limits = limits;
    }

    @Override
    String expected() {
        return "an object such as {\"symbol\":\"BTC-USD\",\"bid\":64250.12,\"ask\":64250.13}";
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        double bid = Quote.NONE;
        double bidSize = Quote.NONE;
        double ask = Quote.NONE;
        double askSize = Quote.NONE;
        long time = Decoded.NO_TIME;
        long seq = Tick.NO_SEQ;
        String type = null;
        boolean heartbeat = false;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbol = RecordFields.string(parser, Reason.BAD_SYMBOL, "symbol");
                case RecordField.BID -> bid = RecordFields.number(parser, Reason.BAD_PRICE, "bid");
                case RecordField.BID_SIZE -> bidSize = RecordFields.number(parser, Reason.BAD_SIZE, "bidSize");
                case RecordField.ASK -> ask = RecordFields.number(parser, Reason.BAD_PRICE, "ask");
                case RecordField.ASK_SIZE -> askSize = RecordFields.number(parser, Reason.BAD_SIZE, "askSize");
                case RecordField.TIME -> time = RecordFields.time(parser);
                case RecordField.SEQ -> seq = RecordFields.seq(parser);
                case RecordField.TYPE -> type = RecordFields.text(parser, "type");
                case RecordField.HEARTBEAT -> heartbeat = RecordFields.bool(parser, "heartbeat");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        if (heartbeat) {
            return new Heartbeat(limits.time(time, origin()), origin().partition());
        }
        if (type != null && !type.equals("quote")) {
            throw new InvalidRecord(
                    Reason.UNSUPPORTED_TYPE, "type is " + quoted(type) + "; expected \"quote\" or no type");
        }
        return quote(symbol, bid, bidSize, ask, askSize, time, seq);
    }

    private Quote quote(
            String symbolOfValue, double bid, double bidSize, double ask, double askSize, long time, long seq) {
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
                limits.time(time, origin()),
                seq,
                origin());
    }

    private double price(double price, String name) {
        return Double.isNaN(price) ? Quote.NONE : limits.price(price, name);
    }

    private static double size(double size, String name) {
        return Double.isNaN(size) ? Quote.NONE : RecordLimits.size(size, name);
    }
}
