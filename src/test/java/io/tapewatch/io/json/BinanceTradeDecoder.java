package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.io.IOException;
import java.util.function.Function;

/** The decoder of prices as Binance's trade streams have them: a format that is no part of the product. */
public final class BinanceTradeDecoder extends TapeDecoder {

    private static final int BUYER_IS_MAKER = 1 << 20;

    private static final FieldNames NAMES = FieldNames.of(
            name("e", RecordField.TYPE),
            name("s", RecordField.SYMBOL),
            name("t", RecordField.ID),
            name("p", RecordField.PRICE),
            name("q", RecordField.SIZE),
            name("T", RecordField.TIME),
            name("m", BUYER_IS_MAKER));

    private BinanceTradeDecoder(String topic, RecordLimits limits, Function<String, Runnable> unknownFields) {
        super(topic, "trade", limits, NAMES, unknownFields);
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, unknownFields) -> new BinanceTradeDecoder(topic, limits, unknownFields);
    }

    @Override
    String expected() {
        return "an object such as {\"e\":\"trade\",\"s\":\"BNBBTC\",\"p\":\"0.001\"}";
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String type = null;
        String symbol = null;
        String id = null;
        double price = Double.NaN;
        double size = Ticks.NO_SIZE;
        long time = Decoded.NO_TIME;
        Side side = null;
        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.TYPE -> type = FieldValues.text(parser, "e");
                case RecordField.SYMBOL -> symbol = FieldValues.string(parser, Reason.BAD_SYMBOL, "s");
                case RecordField.ID -> id = FieldValues.text(parser, "t");
                case RecordField.PRICE -> price = FieldValues.number(parser, Reason.BAD_PRICE, "p");
                case RecordField.SIZE -> size = FieldValues.number(parser, Reason.BAD_SIZE, "q");
                case RecordField.TIME -> time = FieldValues.time(parser);
                case BUYER_IS_MAKER -> side = FieldValues.bool(parser, "m") ? Side.SELL : Side.BUY;
                default -> throw new IllegalStateException("field " + field);
            }
        }
        expectType(type);
        if (Double.isNaN(price)) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "p is missing");
        }
        return Ticks.of(
                symbol(symbol),
                limits().price(price, "p"),
                size,
                time(time),
                id,
                Tick.NO_SEQ,
                side,
                null,
                null,
                origin());
    }
}
