package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What arrives at the tape, made from a seed: windows and their settings, and a stream of ticks and watermarks with
 * disorder, bursts, gaps, ties, ticks at the edges of windows, late ones and too late ones. It ends with the watermark
 * that ends every input.
 */
public final class GeneratedTape {

    /** A tick, or where there is none a watermark. */
    public record Event(Tick tick, long watermark) {}

    private static final long BEGINNING = 1_700_000_000_000L;
    private static final String[] WINDOWS = {
        "1m", "90s,1m,7s", "1s,1m", "5m,90s", "10s,15s", "7s,11s,13s", "100ms,1s", "1m,2m,3m"
    };
    private static final long[] LATENESSES = {0, 1, 2_000, 30_000, 120_000, 600_000};
    private static final long[] PACES = {0, 1, 1_000, 20_000, 900_000};

    private final long seed;
    private final Generated random;
    private final String[] symbols;

    private final String windows;
    private final long allowedLateness;
    private final Map<String, Long> latenessOf = new HashMap<>();
    private final long reviseEvery;
    private final List<Event> events = new ArrayList<>();

    private long now = BEGINNING;
    private long watermark = Long.MIN_VALUE;
    private long nextOffset;

    public GeneratedTape(long seed, int length, String... symbols) {
        this.seed = seed;
        this.random = new Generated(seed);
        this.symbols = symbols;
        windows = WINDOWS[random.below(WINDOWS.length)];
        allowedLateness = anyOf(LATENESSES);
        for (WindowSpec spec : WindowSpec.parseList(windows)) {
            if (random.oneIn(3)) {
                latenessOf.put(spec.name(), anyOf(LATENESSES));
            }
        }
        reviseEvery = anyOf(PACES);
        long outOfOrderness = 1 + random.below(5_000);
        while (events.size() < length) {
            if (random.oneIn(3)) {
                advanceTo(random.oneIn(10) ? now : now - outOfOrderness);
            } else {
                passTime();
                events.add(new Event(tick(time(outOfOrderness)), Long.MIN_VALUE));
            }
        }
        advanceTo(Long.MAX_VALUE);
    }

    private long anyOf(long[] values) {
        return values[random.below(values.length)];
    }

    private void passTime() {
        now += switch (random.below(10)) {
            case 0, 1, 2 -> 0;
            case 3, 4, 5 -> random.below(100);
            case 6, 7 -> random.below(3_000);
            case 8 -> random.below(60_000);
            default -> random.oneIn(5) ? random.below(1_000_000) : 1;
        };
    }

    private long time(long outOfOrderness) {
        long time =
                switch (random.below(8)) {
                    case 0 -> now - random.below(10_000);
                    case 1 -> now - random.below(200_000);
                    case 2 -> now - random.below((int) Math.max(1, 2 * allowedLateness));
                    case 3 -> now - random.below(5);
                    default -> now - random.below((int) outOfOrderness);
                };
        return switch (random.below(8)) {
            case 0 -> Math.floorDiv(time, 1_000) * 1_000; // the first millisecond of a window
            case 1 -> Math.floorDiv(time, 60_000) * 60_000 - 1; // the last one
            default -> time;
        };
    }

    private Tick tick(long time) {
        double price = 64_000 + random.below(1_000) / 100.0;
        double size = random.oneIn(4) ? Tick.NO_SIZE : random.below(1_000) / 1e3;
        long seq = random.oneIn(3) ? Tick.NO_SEQ : random.below(5);
        Origin origin = new Origin(random.below(3), nextOffset++, time, Origin.Stamp.CREATE_TIME);
        String symbol = symbols[random.below(symbols.length)];
        return new Tick(symbol, price, size, time, null, seq, null, null, null, origin);
    }

    private void advanceTo(long newWatermark) {
        if (newWatermark > watermark) {
            watermark = newWatermark;
            events.add(new Event(null, watermark));
        }
    }

    public List<Event> events() {
        return events;
    }

    /** The setting {@code windows}. */
    public String windows() {
        return windows;
    }

    public long allowedLateness() {
        return allowedLateness;
    }

    public Map<String, Long> latenessOf() {
        return latenessOf;
    }

    long lateness(WindowSpec window) {
        return latenessOf.getOrDefault(window.name(), allowedLateness);
    }

    public long reviseEvery() {
        return reviseEvery;
    }

    @Override
    public String toString() {
        return "seed %d: windows %s, lateness %d %s, revised every %d, %d events"
                .formatted(seed, windows, allowedLateness, latenessOf, reviseEvery, events.size());
    }
}
