package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The decoder of prices as JSON objects, or bare numbers: a record is a tick, an amendment, a heartbeat or a rejection. */
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
            name("newId", RecordField.NEW_ID),
            name("ofTime", RecordField.OF_TIME),
            name("heartbeat", RecordField.HEARTBEAT));

    private static final int NO_PRICE = -1;

    private final Runnable unknownSides;

    private PriceDecoder(String topic, RecordLimits limits, DecoderCounters counters) {
        super(topic, "trade", limits, NAMES, counters);
        unknownSides = counters.unknownSides();
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, counters) -> new PriceDecoder(topic, limits, counters);
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
        DecimalReader price = number(parser, Reason.BAD_PRICE, "price");
        FieldValues.expectEnd(parser);
        return tick(
                null,
                price.units(),
                price.scale(),
                0,
                Tick.NO_SIZE,
                Decoded.NO_TIME,
                0,
                null,
                Tick.NO_SEQ,
                null,
                null,
                null);
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        long price = 0;
        int priceScale = NO_PRICE;
        long size = 0;
        int sizeScale = Tick.NO_SIZE;
        long time = Decoded.NO_TIME;
        int nanos = 0;
        String id = null;
        long seq = Tick.NO_SEQ;
        Side side = null;
        boolean isSideUnknown = false;
        String venue = null;
        String conditions = null;
        String type = null;
        String newId = null;
        long ofTime = Decoded.NO_TIME;
        boolean heartbeat = false;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbol = readSymbol(parser);
                case RecordField.PRICE -> {
                    DecimalReader number = number(parser, Reason.BAD_PRICE, "price");
                    price = number.units();
                    priceScale = number.scale();
                }
                case RecordField.SIZE -> {
                    DecimalReader number = number(parser, Reason.BAD_SIZE, "size");
                    size = number.units();
                    sizeScale = number.scale();
                }
                case RecordField.TIME -> {
                    time = readTime(parser);
                    nanos = nanosOfTime();
                }
                case RecordField.ID -> id = FieldValues.text(parser, "id");
                case RecordField.SEQ -> seq = FieldValues.seq(parser);
                case RecordField.SIDE -> {
                    side = FieldValues.side(parser);
                    isSideUnknown = side == null;
                }
                case RecordField.VENUE -> venue = FieldValues.text(parser, "venue");
                case RecordField.CONDITIONS -> conditions = FieldValues.conditions(parser);
                case RecordField.TYPE -> type = FieldValues.text(parser, "type");
                case RecordField.NEW_ID -> newId = FieldValues.text(parser, "newId");
                case RecordField.OF_TIME -> ofTime = readOtherTime(parser, "ofTime");
                case RecordField.HEARTBEAT -> heartbeat = FieldValues.bool(parser, "heartbeat");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        if (heartbeat) {
            return heartbeat(time);
        }
        Amendment.Kind amends = type == null ? null : amendment(type);
        if (amends != null) {
            return amendment(
                    symbol, amends, venue, id, newId, price, priceScale, size, sizeScale, time, nanos, ofTime, seq);
        }
        expectType(type);
        Tick tick = tick(symbol, price, priceScale, size, sizeScale, time, nanos, id, seq, side, venue, conditions);
        if (isSideUnknown) {
            unknownSides.run();
        }
        return tick;
    }

    /** What a record of this type does to a trade, or null: it is none that amends. */
    private static Amendment.@Nullable Kind amendment(String type) {
        return type.equalsIgnoreCase("cancel")
                ? Amendment.Kind.CANCEL
                : type.equalsIgnoreCase("correct") ? Amendment.Kind.CORRECT : null;
    }

    private Amendment amendment(
            @Nullable String symbolOfValue,
            Amendment.Kind kind,
            @Nullable String venue,
            @Nullable String id,
            @Nullable String newId,
            long price,
            int priceScale,
            long size,
            int sizeScale,
            long time,
            int nanos,
            long ofTime,
            long seq) {
        String type = kind.name().toLowerCase(Locale.ROOT);
        if (!limits().takesAmendments()) {
            throw new InvalidRecord(
                    Reason.UNSUPPORTED_TYPE,
                    "type is \"" + type + "\"; cancels and corrections are off (corrections.horizon is 0)");
        }
        String symbol = symbol(symbolOfValue);
        if (id == null) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "id is missing; a " + type + " names its trade by id");
        }
        boolean corrects = kind == Amendment.Kind.CORRECT;
        if (corrects && priceScale == NO_PRICE && sizeScale == Tick.NO_SIZE) {
            throw new InvalidRecord(
                    Reason.MISSING_FIELD, "price and size are missing; a correct says at least one of them");
        }
        if (corrects && priceScale != NO_PRICE) {
            limits().expectPrice(price, priceScale, "price");
        }
        if (corrects && sizeScale != Tick.NO_SIZE) {
            RecordLimits.expectSize(size, sizeScale, "size");
        }
        return new Amendment(
                symbol,
                kind,
                venue,
                id,
                corrects ? newId : null,
                corrects ? price : 0,
                corrects ? priceScale : Amendment.UNCHANGED,
                corrects ? size : 0,
                corrects ? sizeScale : Amendment.UNCHANGED,
                time(time),
                nanos,
                ofTime,
                seq,
                origin());
    }

    private Tick tick(
            @Nullable String symbolOfValue,
            long price,
            int priceScale,
            long size,
            int sizeScale,
            long time,
            int nanos,
            @Nullable String id,
            long seq,
            @Nullable Side side,
            @Nullable String venue,
            @Nullable String conditions) {
        String symbol = symbol(symbolOfValue);
        if (priceScale == NO_PRICE) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "price is missing");
        }
        limits().expectPrice(price, priceScale, "price");
        RecordLimits.expectSize(size, sizeScale, "size");
        return new Tick(
                symbol,
                price,
                priceScale,
                size,
                sizeScale,
                time(time),
                nanos,
                id,
                seq,
                side,
                venue,
                conditions,
                origin());
    }
}
