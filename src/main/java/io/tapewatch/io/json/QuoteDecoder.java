package io.tapewatch.io.json;

import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;
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

    private QuoteDecoder(String topic, RecordLimits limits, DecoderCounters counters) {
        super(topic, "quote", limits, NAMES, counters);
    }

    /** @param limits which records are taken */
    public static DecoderFactory factory(RecordLimits limits) {
        return (topic, counters) -> new QuoteDecoder(topic, limits, counters);
    }

    @Override
    String expected() {
        return "an object such as {\"symbol\":\"BTC-USD\",\"bid\":64250.12,\"ask\":64250.13}";
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        Decimal bid = null;
        Decimal bidSize = null;
        Decimal ask = null;
        Decimal askSize = null;
        long time = Decoded.NO_TIME;
        int nanos = 0;
        long seq = Tick.NO_SEQ;
        String type = null;
        boolean heartbeat = false;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbol = readSymbol(parser);
                case RecordField.BID -> bid = decimal(parser, Reason.BAD_PRICE, "bid");
                case RecordField.BID_SIZE -> bidSize = decimal(parser, Reason.BAD_SIZE, "bidSize");
                case RecordField.ASK -> ask = decimal(parser, Reason.BAD_PRICE, "ask");
                case RecordField.ASK_SIZE -> askSize = decimal(parser, Reason.BAD_SIZE, "askSize");
                case RecordField.TIME -> {
                    time = readTime(parser);
                    nanos = nanosOfTime();
                }
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
        return quote(symbol, bid, bidSize, ask, askSize, time, nanos, seq);
    }

    private Decimal decimal(JsonParser parser, Reason reason, String name) throws IOException {
        DecimalReader number = number(parser, reason, name);
        return new Decimal(number.units(), number.scale());
    }

    private Quote quote(
            @Nullable String symbolOfValue,
            @Nullable Decimal bid,
            @Nullable Decimal bidSize,
            @Nullable Decimal ask,
            @Nullable Decimal askSize,
            long time,
            int nanos,
            long seq) {
        String symbol = symbol(symbolOfValue);
        if (bid == null && ask == null) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "bid and ask are missing; expected one of them at least");
        }
        expectPrice(bid, "bid");
        expectSize(bidSize, "bidSize");
        expectPrice(ask, "ask");
        expectSize(askSize, "askSize");
        return new Quote(symbol, bid, bidSize, ask, askSize, time(time), nanos, seq, origin());
    }

    private void expectPrice(@Nullable Decimal price, String name) {
        if (price != null) {
            limits().expectPrice(price.units(), price.scale(), name);
        }
    }

    private static void expectSize(@Nullable Decimal size, String name) {
        if (size != null) {
            RecordLimits.expectSize(size.units(), size.scale(), name);
        }
    }
}
