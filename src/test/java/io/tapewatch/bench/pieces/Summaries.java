package io.tapewatch.bench.pieces;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.SummaryFormat;
import io.tapewatch.io.sink.SummaryRows;
import java.io.IOException;
import java.io.OutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A bar becomes a summary, and a summary becomes JSON or a row of CSV. */
@State(Scope.Thread)
public class Summaries {

    private static final int COUNT = 256;
    private static final int MASK = COUNT - 1;
    private static final long MINUTE = 60_000;
    private static final long LATENESS = 60 * MINUTE;

    private final Bar[] bars = new Bar[COUNT];
    private final String[] symbols = new String[COUNT];
    private final Summary[] summaries = new Summary[COUNT];
    private final JsonWriter<Summary> writer = (summary, out) -> SummaryFormat.write(out, summary);
    private final JsonFactory json = new JsonFactory();
    private SummaryRows rows;
    private int next;

    @Setup
    public void make() throws IOException {
        Tick[] ticks = Trades.ticks(Fields.few);
        for (int i = 0; i < COUNT; i++) {
            Tick first = ticks[i];
            symbols[i] = first.symbol();
            bars[i] = new Bar();
            // Bars of very different sizes.
            for (int j = i; j < i + (i + 1) * (Trades.COUNT / COUNT - 1); j++) {
                if (ticks[j].symbol().equals(first.symbol())) {
                    bars[i].add(ticks[j]);
                }
            }
        }
        for (int i = 0; i < COUNT; i++) {
            summaries[i] = summary(i);
        }
        rows = SummaryRows.to(OutputStream.nullOutputStream());
    }

    private Summary summary(int i) {
        long start = Trades.START + i * MINUTE;
        long end = start + MINUTE;
        Bar bar = bars[i];
        return Summary.of(symbols[i], "1m", start, end, end, bar, bar.open(), 0, end + LATENESS);
    }

    /** Mean, deviation, VWAP and the like of a bar. */
    @Benchmark
    public Summary figures() {
        return summary(next++ & MASK);
    }

    @Benchmark
    public byte[] json() {
        return writer.bytes(json, summaries[next++ & MASK]);
    }

    @Benchmark
    public SummaryRows csv() throws IOException {
        rows.add(summaries[next++ & MASK]);
        return rows;
    }
}
