package io.tapewatch.domain.trade;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trades of one symbol as they were sent, by the minute, for as long as one of them can be taken back or known again.
 *
 * <p>New trades are on the heap, in blocks that only grow. A block that is full goes to state, and all do before a checkpoint
 * ({@link #writeBack}); none is written again. So a minute may have several blocks, numbered from 0. The names of trades are in
 * state likewise, each with the trade's time.
 *
 * <p>Minutes are dropped whole. A minute that has been over for longer than trades are kept counts as dropped, whether or
 * not {@link #expire} has come to it: what is known must not depend on when that is.
 */
final class KeptTrades {

    /** The most blocks of a minute. */
    private static final int MOST_PARTS = 1 << 24;

    /** Expiry comes at most so often: of a day, every hour and a half. */
    private static final int STEPS = 16;

    /** The blocks of each minute that are in state. */
    private final TreeMap<Long, Parts> minutes = new TreeMap<>();

    /** The blocks that are on the heap, by their minute. */
    private final Map<Long, TradeBlock> open = new HashMap<>();

    /** The times of the trades in them, by their names. */
    private final Map<TradeId, Long> openTimes = new HashMap<>();

    private long count;

    /** What a minute has. */
    private static final class Parts {
        /** How many of its blocks are in state. */
        private int blocks;

        /** How many trades it has, on the heap and in state. */
        private long trades;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether there are trades of the minute that a time is in. */
    boolean hasMinuteOf(long time) {
        return minutes.containsKey(TradeBlock.minuteOf(time));
    }

    /** The number of trades. */
    long count() {
        return count;
    }

    /** Keeps a trade, unless its minute has been dropped. */
    void keep(Tick trade, Eligibility eligibility, long watermark, KeepingSettings settings, TradeStore store) {
        long minute = TradeBlock.minuteOf(trade.time());
        if (minute < KeepingSettings.firstMinute(watermark, settings.retention())) {
            return;
        }
        while (count >= settings.maxTrades() && !minutes.isEmpty() && minutes.firstKey() < minute) {
            drop(minutes.firstKey(), trade.symbol(), store);
        }
        if (count >= settings.maxTrades()) {
            return;
        }
        TradeId id = TradeId.of(trade);
        TradeBlock block = open.computeIfAbsent(minute, TradeBlock::new);
        block.add(id, trade, eligibility);
        if (id != null) {
            openTimes.put(id, trade.time());
        }
        minutes.computeIfAbsent(minute, of -> new Parts()).trades++;
        count++;
        if (block.isFull()) {
            writeBack(trade.symbol(), store);
        }
    }

    /** The event time of the last trade of this name that is kept at a watermark, or {@link Decoded#NO_TIME}. */
    long timeOf(TradeId id, long watermark, KeepingSettings settings, TradeStore store) {
        Long onHeap = openTimes.get(id);
        long time = onHeap != null ? onHeap : minutes.isEmpty() ? Decoded.NO_TIME : store.timeOf(id);
        return time != Decoded.NO_TIME
                        && TradeBlock.minuteOf(time) >= KeepingSettings.firstMinute(watermark, settings.retention())
                ? time
                : Decoded.NO_TIME;
    }

    /** Hands over the kept trades of a minute, as they were sent. */
    void read(long minute, String symbol, TradeStore store, TradeBlock.Reader reader) {
        Parts parts = minutes.get(minute);
        if (parts == null) {
            return;
        }
        for (int i = 0; i < parts.blocks; i++) {
            byte[] block = store.block(TradeBlock.number(minute, i));
            if (block != null) {
                TradeBlock.read(block, minute, symbol, reader);
            }
        }
        TradeBlock block = open.get(minute);
        if (block != null) {
            TradeBlock.read(block.bytes(), minute, symbol, reader);
        }
    }

    /** Puts all that is on the heap into state. */
    void writeBack(String symbol, TradeStore store) {
        if (open.isEmpty()) {
            return;
        }
        for (TradeBlock block : open.values()) {
            Parts parts = minutes.get(block.minute());
            if (parts == null || parts.blocks == MOST_PARTS) {
                throw new IllegalStateException("kept trades of " + symbol + " in the minute from " + block.minute());
            }
            store.putBlock(TradeBlock.number(block.minute(), parts.blocks), block.bytes());
            parts.blocks++;
        }
        open.clear();
        openTimes.forEach(store::putTime);
        openTimes.clear();
    }

    /** Drops the minutes that have been over for longer than trades are kept. */
    void expire(long watermark, String symbol, KeepingSettings settings, TradeStore store) {
        long first = KeepingSettings.firstMinute(watermark, settings.retention());
        while (!minutes.isEmpty() && minutes.firstKey() < first) {
            drop(minutes.firstKey(), symbol, store);
        }
    }

    private void drop(long minute, String symbol, TradeStore store) {
        writeBack(symbol, store);
        List<TradeId> names = new ArrayList<>();
        read(minute, symbol, store, (id, trade, eligibility) -> {
            if (id != null) {
                names.add(id);
            }
        });
        for (TradeId name : names) {
            // A later trade of the same name is in another minute.
            long time = store.timeOf(name);
            if (time != Decoded.NO_TIME && TradeBlock.minuteOf(time) == minute) {
                store.removeTime(name);
            }
        }
        Parts parts = minutes.remove(minute);
        if (parts != null) {
            for (int i = 0; i < parts.blocks; i++) {
                store.removeBlock(TradeBlock.number(minute, i));
            }
            count -= parts.trades;
        }
    }

    /** The watermark at which minutes are to be dropped, or {@link EventTimes#NEVER}. */
    long due(KeepingSettings settings) {
        if (minutes.isEmpty()) {
            return EventTimes.NEVER;
        }
        long step = Math.max(KeepingSettings.MINUTE, settings.retention() / STEPS);
        return minutes.firstKey() + KeepingSettings.MINUTE + settings.retention() + step;
    }

    /** A copy of what is written: what is on the heap must be in state. */
    KeptTrades copy() {
        KeptTrades copy = new KeptTrades();
        minutes.forEach((minute, parts) -> {
            Parts same = new Parts();
            same.blocks = parts.blocks;
            same.trades = parts.trades;
            copy.minutes.put(minute, same);
        });
        copy.count = count;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        Varint.write(out, minutes.size());
        long before = 0;
        for (Map.Entry<Long, Parts> entry : minutes.entrySet()) {
            long number = Math.floorDiv(entry.getKey(), KeepingSettings.MINUTE);
            Varint.writeSigned(out, number - before);
            Varint.write(out, entry.getValue().blocks);
            Varint.write(out, entry.getValue().trades);
            before = number;
        }
    }

    static KeptTrades readFrom(DataInput in) throws IOException {
        KeptTrades kept = new KeptTrades();
        long minute = 0;
        for (long left = Varint.read(in); left > 0; left--) {
            minute += Varint.readSigned(in);
            Parts parts = new Parts();
            parts.blocks = (int) Varint.read(in);
            parts.trades = Varint.read(in);
            kept.minutes.put(minute * KeepingSettings.MINUTE, parts);
            kept.count += parts.trades;
        }
        return kept;
    }
}
