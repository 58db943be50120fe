package io.tapewatch.feed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of a price or a quote in a temporary file: every text as it is, so that no digit is lost. */
final class RowBytes {

    private static final int PRICE = 1;
    private static final int QUOTE = 2;
    private static final int NOTHING = -1;

    private RowBytes() {}

    /** @throws IllegalArgumentException if it is neither a price nor a quote */
    static void write(FeedRow row, DataOutput out) throws IOException {
        if (row instanceof PriceRow price) {
            out.writeByte(PRICE);
            out.writeLong(price.time());
            out.writeInt(price.nanos());
            write(
                    out,
                    price.symbol(),
                    price.price(),
                    price.size(),
                    price.id(),
                    price.seq(),
                    price.side(),
                    price.conditions());
        } else if (row instanceof QuoteRow quote) {
            out.writeByte(QUOTE);
            out.writeLong(quote.time());
            out.writeInt(quote.nanos());
            write(out, quote.symbol(), quote.bid(), quote.bidSize(), quote.ask(), quote.askSize(), quote.seq());
        } else {
            throw new IllegalArgumentException("expected a price or a quote, found " + row);
        }
    }

    static FeedRow read(DataInput in) throws IOException {
        int kind = in.readByte();
        long time = in.readLong();
        int nanos = in.readInt();
        String symbol = someText(in);
        return kind == PRICE
                ? new PriceRow(symbol, someText(in), text(in), time, nanos, text(in), text(in), text(in), text(in))
                : new QuoteRow(symbol, text(in), text(in), text(in), text(in), time, nanos, text(in));
    }

    private static void write(DataOutput out, @Nullable String... texts) throws IOException {
        for (String text : texts) {
            if (text == null) {
                out.writeInt(NOTHING);
            } else {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    /** A text that is never left out. */
    private static String someText(DataInput in) throws IOException {
        return Objects.requireNonNull(text(in), "text");
    }

    private static @Nullable String text(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == NOTHING) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
