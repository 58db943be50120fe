package io.tapewatch.operators;

import io.tapewatch.domain.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ticks of one symbol that wait for the watermark to pass them, to be taken in the order of the tape. */
final class HeldTicks {

    private static final int LARGE = 1024;

    private List<Tick> ticks = new ArrayList<>();
    private boolean sorted = true;
    private long first = Long.MAX_VALUE;

    void add(Tick tick) {
        if (sorted && !ticks.isEmpty() && tick.compareTo(ticks.get(ticks.size() - 1)) < 0) {
            sorted = false;
        }
        ticks.add(tick);
        first = Math.min(first, tick.time());
    }

    /** The earliest event time among them, or {@link Long#MAX_VALUE}. */
    long first() {
        return first;
    }

    int size() {
        return ticks.size();
    }

    boolean isEmpty() {
        return ticks.isEmpty();
    }

    List<Tick> ticks() {
        return ticks;
    }

    /** Takes out, in their order, the ticks up to and including {@code watermark}. */
    void release(long watermark, Consumer<Tick> released) {
        if (first > watermark) {
            return;
        }
        if (!sorted) {
            ticks.sort(null);
            sorted = true;
        }
        int passed = 0;
        while (passed < ticks.size() && ticks.get(passed).time() <= watermark) {
            released.accept(ticks.get(passed));
            passed++;
        }
        if (passed == ticks.size()) {
            clear();
        } else {
            ticks.subList(0, passed).clear();
            first = ticks.get(0).time();
        }
    }

    void clear() {
        if (ticks.size() > LARGE) {
            // What a burst needed is not kept for ever.
            ticks = new ArrayList<>();
        } else {
            ticks.clear();
        }
        sorted = true;
        first = Long.MAX_VALUE;
    }
}
