package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;

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

    private BinanceTradeDecoder(String topic, RecordLimits limits, DecoderCounters counters) {
        super(topic, "trade", limits, NAMES, counters);
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, counters) -> new BinanceTradeDecoder(topic, limits, counters);
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
        Decimal price = null;
        Decimal size = null;
        long time = Decoded.NO_TIME;
        int nanos = 0;
        Side side = null;
        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.TYPE -> type = FieldValues.text(parser, "e");
                case RecordField.SYMBOL -> symbol = readSymbol(parser);
                case RecordField.ID -> id = FieldValues.text(parser, "t");
                case RecordField.PRICE -> price = decimal(parser, Reason.BAD_PRICE, "p");
                case RecordField.SIZE -> size = decimal(parser, Reason.BAD_SIZE, "q");
                case RecordField.TIME -> {
                    time = readTime(parser);
                    nanos = nanosOfTime();
                }
                case BUYER_IS_MAKER -> side = FieldValues.bool(parser, "m") ? Side.SELL : Side.BUY;
                default -> throw new IllegalStateException("field " + field);
            }
        }
        expectType(type);
        if (price == null) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "p is missing");
        }
        limits().expectPrice(price.units(), price.scale(), "p");
        return Ticks.of(symbol(symbol), price, size, time(time), nanos, id, Tick.NO_SEQ, side, null, null, origin());
    }

    private Decimal decimal(JsonParser parser, Reason reason, String name) throws IOException {
        DecimalReader number = number(parser, reason, name);
        return new Decimal(number.units(), number.scale());
    }
}
