package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The decoder of prices as JSON objects, or bare numbers: a record is a tick, a heartbeat or a rejection. */
public final class PriceDecoder extends TapeDecoder {

    static final FieldNames NAMES = FieldNames.of(
            name("symbol", RecordField.SYMBOL),
            name("price", RecordField.PRICE),
            name("size", RecordField.SIZE),
            name("time", RecordField.TIME),
            name("id", RecordField.ID),
            name("seq", RecordField.SEQ),
            name("side", RecordField.SIDE),
            name("venue", RecordField.VENUE),
            name("conditions", RecordField.CONDITIONS),
            name("type", RecordField.TYPE),
            name("heartbeat", RecordField.HEARTBEAT));

    private PriceDecoder(String topic, RecordLimits limits, Function<String, Runnable> unknownFields) {
        super(topic, "trade", limits, NAMES, unknownFields);
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, unknownFields) -> new PriceDecoder(topic, limits, unknownFields);
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
        double price = FieldValues.number(parser, Reason.BAD_PRICE, "price");
        FieldValues.expectEnd(parser);
        return tick(null, true, price, Double.NaN, Decoded.NO_TIME, null, Tick.NO_SEQ, null, null, null);
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        boolean hasPrice = false;
        double price = 0;
        double size = Double.NaN;
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
                case RecordField.SYMBOL -> symbol = FieldValues.string(parser, Reason.BAD_SYMBOL, "symbol");
                case RecordField.PRICE -> {
                    price = FieldValues.number(parser, Reason.BAD_PRICE, "price");
                    hasPrice = true;
                }
                case RecordField.SIZE -> size = FieldValues.number(parser, Reason.BAD_SIZE, "size");
                case RecordField.TIME -> time = FieldValues.time(parser);
                case RecordField.ID -> id = FieldValues.text(parser, "id");
                case RecordField.SEQ -> seq = FieldValues.seq(parser);
                case RecordField.SIDE -> side = FieldValues.side(parser);
                case RecordField.VENUE -> venue = FieldValues.text(parser, "venue");
                case RecordField.CONDITIONS -> conditions = FieldValues.conditions(parser);
                case RecordField.TYPE -> type = FieldValues.text(parser, "type");
                case RecordField.HEARTBEAT -> heartbeat = FieldValues.bool(parser, "heartbeat");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        if (heartbeat) {
            return heartbeat(time);
        }
        expectType(type);
        return tick(symbol, hasPrice, price, size, time, id, seq, side, venue, conditions);
    }

    private Tick tick(
            @Nullable String symbolOfValue,
            boolean hasPrice,
            double price,
            double size,
            long time,
            @Nullable String id,
            long seq,
            @Nullable Side side,
            @Nullable String venue,
            @Nullable String conditions) {
        String symbol = symbol(symbolOfValue);
        if (!hasPrice) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "price is missing");
        }
        // BRIDGE
        Decimal p = Decimal.of(PlainNumbers.plain(limits().price(price, "price")));
        Decimal z = Double.isNaN(size) ? null : Decimal.of(PlainNumbers.plain(RecordLimits.size(size, "size")));
        return new Tick(
                symbol,
                p.units(),
                p.scale(),
                z == null ? 0 : z.units(),
                z == null ? Tick.NO_SIZE : z.scale(),
                time(time),
                0,
                id,
                seq,
                side,
                venue,
                conditions,
                origin());
    }
}
