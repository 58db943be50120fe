package io.tapewatch.bench.pieces;

import io.tapewatch.bench.contender.LimitDecoder;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The JSON of one trade becomes a tick. */
@State(Scope.Thread)
public class Decode {

    private static final int MAX_BYTES = 65_536;

    private final RecordDecoder decoder = PriceDecoder.factory(
                    new RecordLimits(MAX_BYTES, Duration.ofMinutes(1), false))
            .decoder("prices");

    private final LimitDecoder limit = new LimitDecoder();

    /** Which fields the JSON has. */
    @Param
    public Fields fields;

    private final byte[][] keys = new byte[Trades.COUNT][];
    private final byte[][] values = new byte[Trades.COUNT][];
    private final Origin[] origins = new Origin[Trades.COUNT];
    private int next;

    @Setup
    public void write() {
        Tick[] ticks = Trades.ticks(fields);
        for (int i = 0; i < ticks.length; i++) {
            keys[i] = bytes(ticks[i].symbol());
            values[i] = bytes(json(ticks[i]));
            origins[i] = ticks[i].origin();
            if (!decoder.decode(keys[i], values[i], origins[i]).equals(ticks[i])) {
                throw new IllegalStateException(json(ticks[i]) + " is not read as " + ticks[i]);
            }
        }
    }

    /** The same by the decoder that the side-by-side benchmark has as its limit. */
    @Benchmark
    public LimitDecoder.Trade limit() throws IOException {
        int i = next++ & Trades.MASK;
        Origin origin = origins[i];
        return limit.decode(
                values[i],
                origin.partition(),
                origin.offset(),
                origin.timestamp(),
                origin.stamp().ordinal());
    }

    @Benchmark
    public Decoded json() {
        int i = next++ & Trades.MASK;
        return decoder.decode(keys[i], values[i], origins[i]);
    }

    private static String json(Tick tick) {
        String json = "{\"symbol\":\"" + tick.symbol() + "\",\"price\":" + tick.price() + ",\"size\":" + tick.size()
                + ",\"time\":" + tick.time();
        if (tick.side() != null) {
            json += ",\"id\":\"" + tick.id() + "\",\"seq\":" + tick.seq() + ",\"side\":\""
                    + tick.side().name().toLowerCase(Locale.ROOT) + "\",\"venue\":\"" + tick.venue() + "\"";
        }
        return json + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
