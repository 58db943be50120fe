package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The windows of one symbol: which slice a tick belongs to, when a window is published, when it is published again and
 * when it is over.
 *
 * <p>Its caller keeps the slices and the watermark, and comes back ({@link #visit}) at each moment this class asked for.
 * A window is published when the watermark reaches its last millisecond. A tick that comes after that, and before the
 * window is final, makes a revision. What it keeps besides the slices is therefore nothing, unless ticks are late.
 */
public final class SymbolWindows {

    private static final int LAYOUT = 0;

    private final List<Revision> revisions = new ArrayList<>();
    private int slices;

    /**
     * Counts a tick.
     *
     * @param tick the tick
     * @param watermark the watermark up to which windows have been published
     * @param store the symbol's slices
     * @param visits where to ask for a {@link #visit} at a later watermark
     * @return false when every window that the tick belongs to is final: it is too late, and counted nowhere
     */
    public boolean add(Tick tick, Windows windows, long watermark, SliceStore store, LongConsumer visits) {
        long time = tick.time();
        long start = windows.sliceStart(time);
        Slice slice = store.get(start);
        if (slice == null || Windows.closesAt(slice.end()) <= watermark) {
            if (windows.finalAt(time) <= watermark) {
                return false;
            }
            announce(time, windows, watermark, store, visits);
            if (slice == null) {
                slice = new Slice(start, windows.sliceEnd(time), new Bar());
                slices++;
                visits.accept(windows.finalAt(time));
            }
        }
        slice.bar().add(tick);
        store.put(slice);
        return true;
    }

    /** Asks for a visit for each window that {@code time} lies in: when it closes, or when its revision is due. */
    private void announce(long time, Windows windows, long watermark, SliceStore store, LongConsumer visits) {
        for (int i = 0; i < windows.count(); i++) {
            long start = windows.spec(i).windowStart(time);
            long end = windows.spec(i).windowEnd(time);
            if (Windows.closesAt(end) > watermark) {
                visits.accept(Windows.closesAt(end));
            } else if (windows.finalAt(i, end) > watermark) {
                revise(i, start, end, windows, watermark, store, visits);
            }
        }
    }

    private void revise(
            int window, long start, long end, Windows windows, long watermark, SliceStore store, LongConsumer visits) {
        String name = windows.spec(window).name();
        Revision revision = find(name, start);
        if (revision == null) {
            // Reached without a late tick before this one: it was published exactly if it had ticks.
            revision = merged(start, end, windows, store).isEmpty()
                    ? Revision.ofUnpublished(name, start)
                    : Revision.ofPublished(name, start, Windows.closesAt(end));
            revisions.add(revision);
        }
        if (revision.due == Revision.NOTHING_DUE) {
            long soonest = revision.published < 0
                    ? watermark + 1
                    : Math.max(watermark + 1, revision.publishedAt + windows.reviseEvery());
            revision.due = Math.min(soonest, windows.finalAt(window, end));
            visits.accept(revision.due);
        }
    }

    private Revision find(String window, long start) {
        for (Revision revision : revisions) {
            if (revision.start == start && revision.window.equals(window)) {
                return revision;
            }
        }
        return null;
    }

    /**
     * Does what was asked for at {@code time}: publishes the windows that close there and the revisions that are due,
     * and lets go of what is final.
     *
     * @param time the moment that was asked for
     * @param watermark the watermark that brought it about, at or after {@code time}
     */
    public void visit(
            String symbol, long time, long watermark, Windows windows, SliceStore store, Consumer<Summary> summaries) {
        publishClosing(symbol, time, windows, store, summaries);
        publishRevisions(symbol, time, watermark, windows, store, summaries);
        forgetFinal(time, windows, store);
    }

    private void publishClosing(
            String symbol, long time, Windows windows, SliceStore store, Consumer<Summary> summaries) {
        long end = time + 1;
        for (int i = 0; i < windows.count(); i++) {
            WindowSpec spec = windows.spec(i);
            if (spec.windowEnd(time) == end) {
                Bar bar = merged(end - spec.length(), end, windows, store);
                if (!bar.isEmpty()) {
                    summaries.accept(summary(symbol, i, end - spec.length(), end, bar, 0, windows));
                }
            }
        }
    }

    private void publishRevisions(
            String symbol, long time, long watermark, Windows windows, SliceStore store, Consumer<Summary> summaries) {
        for (Revision revision : revisions) {
            if (revision.due <= time) {
                revision.due = Revision.NOTHING_DUE;
                int window = windows.indexOf(revision.window);
                if (window >= 0) {
                    long end = revision.start + windows.spec(window).length();
                    revision.published++;
                    revision.publishedAt = watermark;
                    Bar bar = merged(revision.start, end, windows, store);
                    summaries.accept(summary(symbol, window, revision.start, end, bar, revision.published, windows));
                }
            }
        }
    }

    private void forgetFinal(long time, Windows windows, SliceStore store) {
        for (int i = 0; i < windows.count(); i++) {
            long end = time + 1 - windows.lateness(i);
            WindowSpec spec = windows.spec(i);
            if (spec.windowEnd(end - 1) == end) {
                for (long start = end - spec.length(); start < end; start = windows.sliceEnd(start)) {
                    if (windows.finalAt(start) <= time && store.get(start) != null) {
                        store.remove(start);
                        slices--;
                    }
                }
            }
        }
        for (Iterator<Revision> all = revisions.iterator(); all.hasNext(); ) {
            Revision revision = all.next();
            int window = windows.indexOf(revision.window);
            if (window < 0
                    || windows.finalAt(
                                    window,
                                    revision.start + windows.spec(window).length())
                            <= time) {
                all.remove();
            }
        }
    }

    private static Bar merged(long from, long to, Windows windows, SliceStore store) {
        Bar merged = new Bar();
        for (long start = from; start < to; start = windows.sliceEnd(start)) {
            Slice slice = store.get(start);
            if (slice != null) {
                merged.merge(slice.bar());
            }
        }
        return merged;
    }

    private static Summary summary(
            String symbol, int window, long start, long end, Bar bar, int revision, Windows windows) {
        return Summary.of(
                symbol,
                windows.spec(window).name(),
                start,
                end,
                end,
                bar,
                null,
                revision,
                end + windows.lateness(window));
    }

    /** Whether nothing is kept for the symbol, so that it can be forgotten. */
    public boolean isEmpty() {
        return slices == 0 && revisions.isEmpty();
    }

    public SymbolWindows copy() {
        SymbolWindows copy = new SymbolWindows();
        copy.slices = slices;
        revisions.forEach(revision -> copy.revisions.add(revision.copy()));
        return copy;
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeInt(slices);
        out.writeInt(revisions.size());
        for (Revision revision : revisions) {
            out.writeUTF(revision.window);
            out.writeLong(revision.start);
            out.writeInt(revision.published);
            out.writeLong(revision.publishedAt);
            out.writeLong(revision.due);
        }
    }

    public static SymbolWindows readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a symbol's windows was written by a later release");
        }
        SymbolWindows windows = new SymbolWindows();
        windows.slices = in.readInt();
        for (int left = in.readInt(); left > 0; left--) {
            windows.revisions.add(
                    new Revision(in.readUTF(), in.readLong(), in.readInt(), in.readLong(), in.readLong()));
        }
        return windows;
    }
}
