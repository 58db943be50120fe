package io.tapewatch.operators;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import java.util.ArrayList;
import java.util.List;

/** The ticks and quotes of one symbol that wait for the watermark to pass them, to be taken in the order of the tape. */
final class HeldRecords {

    private static final int LARGE = 1024;

    /** How many places a record is moved at most when it is added; those from further away wait to be sorted. */
    private static final int NEAR = 32;

    private final TapeOrder order;
    private List<TapeRecord> records = new ArrayList<>();
    private boolean sorted = true;
    private long first = Long.MAX_VALUE;

    HeldRecords(TapeOrder order) {
        this.order = order;
    }

    void add(TapeRecord record) {
        records.add(record);
        first = Math.min(first, record.time());
        if (sorted) {
            sorted = sinks(record);
        }
    }

    /** Moves the record that was added last to its place, if it is not far from there: most are a little late, if at all. */
    private boolean sinks(TapeRecord record) {
        int place = records.size() - 1;
        int nearest = Math.max(0, place - NEAR);
        while (place > nearest && order.compare(record, records.get(place - 1)) < 0) {
            records.set(place, records.get(place - 1));
            place--;
        }
        records.set(place, record);
        return place == 0 || order.compare(records.get(place - 1), record) <= 0;
    }

    /** The earliest event time among them, or {@link Long#MAX_VALUE}. */
    long first() {
        return first;
    }

    int size() {
        return records.size();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    List<TapeRecord> records() {
        return records;
    }

    /** Hands over, in their order, those up to and including {@code watermark}; they are this symbol's. */
    void release(long watermark, HotSymbol symbol, HotSymbol.Taker taker) {
        if (first > watermark) {
            return;
        }
        if (!sorted) {
            records.sort(order);
            sorted = true;
        }
        int passed = 0;
        while (passed < records.size() && records.get(passed).time() <= watermark) {
            taker.take(symbol, records.get(passed));
            passed++;
        }
        if (passed == records.size()) {
            clear();
        } else {
            records.subList(0, passed).clear();
            first = records.get(0).time();
        }
    }

    void clear() {
        if (records.size() > LARGE) {
            // What a burst needed is not kept for ever.
            records = new ArrayList<>();
        } else {
            records.clear();
        }
        sorted = true;
        first = Long.MAX_VALUE;
    }
}
