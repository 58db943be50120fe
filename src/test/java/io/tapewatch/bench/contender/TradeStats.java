package io.tapewatch.bench.contender;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.PlainNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** What the ticks of a symbol in a window add up to, in the order in which they came: plain sums of doubles. */
final class TradeStats {

    /** All figures, one behind the other. */
    static final Serde<TradeStats> SERDE = Serdes.serdeFrom(
            (topic, stats) -> stats == null ? null : stats.toBytes(),
            (topic, bytes) -> bytes == null ? null : new TradeStats(ByteBuffer.wrap(bytes)));

    private static final int BYTES = 2 * Long.BYTES + 7 * Double.BYTES;

    private long count;
    private long sizedCount;
    private double open;
    private double high;
    private double low;
    private double close;
    private double prices;
    private double volume;
    private double turnover;

    TradeStats() {}

    private TradeStats(ByteBuffer in) {
        count = in.getLong();
        sizedCount = in.getLong();
        open = in.getDouble();
        high = in.getDouble();
        low = in.getDouble();
        close = in.getDouble();
        prices = in.getDouble();
        volume = in.getDouble();
        turnover = in.getDouble();
    }

    /** @return the same stats, with the tick */
    TradeStats add(Tick tick) {
        double price = tick.price().nearest();
        if (count == 0) {
            open = price;
            high = price;
            low = price;
        }
        high = Math.max(high, price);
        low = Math.min(low, price);
        close = price;
        prices += price;
        count++;
        if (tick.hasSize()) {
            volume += tick.size().nearest();
            turnover += price * tick.size().nearest();
            sizedCount++;
        }
        return this;
    }

    private byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(count)
                .putLong(sizedCount)
                .putDouble(open)
                .putDouble(high)
                .putDouble(low)
                .putDouble(close)
                .putDouble(prices)
                .putDouble(volume)
                .putDouble(turnover)
                .array();
    }

    /** Writes the figures as fields, with the names that they have in our summaries. */
    void writeTo(JsonGenerator out) throws IOException {
        out.writeNumberField("count", count);
        out.writeNumberField("sizedCount", sizedCount);
        PlainNumbers.write(out, "open", open);
        PlainNumbers.write(out, "high", high);
        PlainNumbers.write(out, "low", low);
        PlainNumbers.write(out, "close", close);
        PlainNumbers.write(out, "mean", prices / count);
        if (volume > 0) {
            PlainNumbers.write(out, "vwap", turnover / volume);
        }
        if (sizedCount > 0) {
            PlainNumbers.write(out, "volume", volume);
            PlainNumbers.write(out, "turnover", turnover);
        }
    }
}
