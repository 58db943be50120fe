package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.util.function.Function;

/** Reads a record of the prices topic, a JSON object or a bare number: a tick, a heartbeat or a rejection. */
public final class PriceDecoder extends RecordDecoder {

    private static final int FIELDS = RecordField.SYMBOL
            | RecordField.PRICE
            | RecordField.SIZE
            | RecordField.TIME
            | RecordField.ID
            | RecordField.SEQ
            | RecordField.SIDE
            | RecordField.VENUE
            | RecordField.CONDITIONS
            | RecordField.TYPE
            | RecordField.HEARTBEAT;

    private final RecordLimits limits;

    /**
     * @param topic the topic the records come from
     * @param limits which records are taken
     */
    public PriceDecoder(String topic, RecordLimits limits) {
        this(topic, limits, RecordDecoder::uncounted);
    }

    /** @param unknownFields makes what counts the records with a field that is not read, by a label for its name */
    public PriceDecoder(String topic, RecordLimits limits, Function<String, Runnable> unknownFields) {
        super(topic, limits.maxBytes(), FIELDS, unknownFields);
        this.limits = limits;
    }

    @Override
    String expected() {
        return "an object such as {\"symbol\":\"BTC-USD\",\"price\":64250.12} or a bare number";
    }

    @Override
    Decoded noObject(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric() && parser.currentToken() != JsonToken.VALUE_STRING) {
            return super.noObject(parser);
        }
        double price = RecordFields.number(parser, Reason.BAD_PRICE, "price");
        RecordFields.expectEnd(parser);
        return tick(null, true, price, Tick.NO_SIZE, Decoded.NO_TIME, null, Tick.NO_SEQ, null, null, null);
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        boolean hasPrice = false;
        double price = 0;
        double size = Tick.NO_SIZE;
        long time = Decoded.NO_TIME;
        String id = null;
        long seq = Tick.NO_SEQ;
        Side side = null;
        String venue = null;
        String conditions = null;
        String type = null;
        boolean heartbeat = false;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbol = RecordFields.string(parser, Reason.BAD_SYMBOL, "symbol");
                case RecordField.PRICE -> {
                    price = RecordFields.number(parser, Reason.BAD_PRICE, "price");
                    hasPrice = true;
                }
                case RecordField.SIZE -> size = RecordFields.number(parser, Reason.BAD_SIZE, "size");
                case RecordField.TIME -> time = RecordFields.time(parser);
                case RecordField.ID -> id = RecordFields.text(parser, "id");
                case RecordField.SEQ -> seq = RecordFields.seq(parser);
                case RecordField.SIDE -> side = RecordFields.side(parser);
                case RecordField.VENUE -> venue = RecordFields.text(parser, "venue");
                case RecordField.CONDITIONS -> conditions = RecordFields.conditions(parser);
                case RecordField.TYPE -> type = RecordFields.text(parser, "type");
                case RecordField.HEARTBEAT -> heartbeat = RecordFields.bool(parser, "heartbeat");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        if (heartbeat) {
            return new Heartbeat(limits.time(time, origin()), origin().partition());
        }
        if (type != null && !type.equals("trade")) {
            throw new InvalidRecord(
                    Reason.UNSUPPORTED_TYPE, "type is " + quoted(type) + "; expected \"trade\" or no type");
        }
        return tick(symbol, hasPrice, price, size, time, id, seq, side, venue, conditions);
    }

    private Tick tick(
            String symbolOfValue,
            boolean hasPrice,
            double price,
            double size,
            long time,
            String id,
            long seq,
            Side side,
            String venue,
            String conditions) {
        String symbol = symbol(symbolOfValue);
        if (!hasPrice) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "price is missing");
        }
        return new Tick(
                symbol,
                limits.price(price, "price"),
                Double.isNaN(size) ? Tick.NO_SIZE : RecordLimits.size(size, "size"),
                limits.time(time, origin()),
                id,
                seq,
                side,
                venue,
                conditions,
                origin());
    }
}
