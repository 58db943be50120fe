package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What few bars have besides ticks that may set all prices: the ticks that may not, by what they may do, each kind as a bar of
 * its own, and how many numbers of the feed are missing. A size that does not count is added as none.
 */
final class Aside {

    private static final int LAYOUT = 1;

    // Which of the bars follow.
    private static final int NOT_LAST = 1;
    private static final int IN_MINUTES = 2;
    private static final int UNPRICED = 4;

    /** The ticks whose prices count, but not as open or close. */
    private @Nullable Bar notLast;

    /** The ticks whose prices count in windows shorter than a day. */
    private @Nullable Bar inMinutes;

    /** The ticks whose prices count nowhere. */
    private @Nullable Bar unpriced;

    /**
     * Of each day, the earliest of the ticks that can be an open or a close only as the first of the day. They are also among
     * {@link #notLast}.
     */
    private final TreeMap<Long, Bar> firsts = new TreeMap<>();

    private long missing;

    /** Adds a tick that may not be the open or the close, or only as the first of its day. */
    void add(Tick tick, Eligibility eligibility, FirstsOfDays days) {
        boolean sized = tick.hasSize() && eligibility.volume();
        if (eligibility.highLow()) {
            notLast = added(notLast, tick, sized);
            if (eligibility.last() == Eligibility.Last.FIRST_OF_DAY) {
                keepFirst(days.dayOf(tick.time()), added(null, tick, false));
            }
        } else if (eligibility.pricesInMinutes()) {
            inMinutes = added(inMinutes, tick, sized);
        } else {
            unpriced = added(unpriced, tick, sized);
        }
    }

    private static Bar added(@Nullable Bar to, Tick tick, boolean sized) {
        Bar bar = to == null ? new Bar() : to;
        bar.add(tick, sized);
        return bar;
    }

    private void keepFirst(long day, Bar first) {
        firsts.merge(day, first, (one, other) -> one.beginsBefore(other) ? one : other);
    }

    /** Takes a tick away, and says whether the bar is to be built anew; see {@link Bar#subtract}. */
    boolean subtract(Tick tick, Eligibility eligibility, FirstsOfDays days) {
        boolean sized = tick.hasSize() && eligibility.volume();
        boolean isBroken;
        if (eligibility.highLow()) {
            Bar from = Objects.requireNonNull(notLast, "notLast");
            isBroken = from.subtract(tick, sized);
            notLast = orNull(from);
            long day = days.dayOf(tick.time());
            Bar first = firsts.get(day);
            if (eligibility.last() == Eligibility.Last.FIRST_OF_DAY && first != null && first.beginsWith(tick)) {
                firsts.remove(day);
                isBroken |= notLast != null;
            }
        } else if (eligibility.pricesInMinutes()) {
            Bar from = Objects.requireNonNull(inMinutes, "inMinutes");
            isBroken = from.subtract(tick, sized);
            inMinutes = orNull(from);
        } else {
            Bar from = Objects.requireNonNull(unpriced, "unpriced");
            isBroken = from.subtract(tick, sized);
            unpriced = orNull(from);
        }
        return isBroken;
    }

    private static @Nullable Bar orNull(Bar bar) {
        return bar.isEmpty() ? null : bar;
    }

    void merge(Aside other) {
        notLast = merged(notLast, other.notLast);
        inMinutes = merged(inMinutes, other.inMinutes);
        unpriced = merged(unpriced, other.unpriced);
        // Each is a bar of one tick, which is never added to.
        other.firsts.forEach(this::keepFirst);
        missing += other.missing;
    }

    private static @Nullable Bar merged(@Nullable Bar to, @Nullable Bar from) {
        if (from == null) {
            return to;
        }
        Bar merged = to == null ? new Bar() : to;
        merged.merge(from);
        return merged;
    }

    /** Whether there is nothing, not even a missing number. */
    boolean isEmpty() {
        return !hasTicks() && missing == 0;
    }

    boolean hasTicks() {
        return notLast != null || inMinutes != null || unpriced != null;
    }

    /** The event time of the latest tick, or {@link Long#MIN_VALUE}. */
    long latestTime() {
        return Math.max(latestTime(notLast), Math.max(latestTime(inMinutes), latestTime(unpriced)));
    }

    private static long latestTime(@Nullable Bar bar) {
        return bar == null ? Long.MIN_VALUE : bar.latestTime();
    }

    boolean hasClose(boolean ofDays, FirstsOfDays days) {
        return inMinutes != null && !ofDays || firsts.values().stream().anyMatch(first -> first.beginsADay(days));
    }

    boolean hasFirst(long time, FirstsOfDays days) {
        return firsts.values().stream().anyMatch(first -> first.firstTime() == time && first.beginsADay(days));
    }

    @Nullable
    Bar notLast() {
        return notLast;
    }

    @Nullable
    Bar inMinutes() {
        return inMinutes;
    }

    @Nullable
    Bar unpriced() {
        return unpriced;
    }

    /** Adds to a bar those ticks that are the first of their days. */
    void addFirsts(Bar to, FirstsOfDays days) {
        for (Bar first : firsts.values()) {
            if (first.beginsADay(days)) {
                to.merge(first);
            }
        }
    }

    long missing() {
        return missing;
    }

    void addMissing(long numbers) {
        missing = Math.max(0, missing + numbers);
    }

    /** Writes a byte that names the layout, one that says which bars there are, these, the firsts, and what is missing. */
    void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeByte((notLast == null ? 0 : NOT_LAST)
                | (inMinutes == null ? 0 : IN_MINUTES)
                | (unpriced == null ? 0 : UNPRICED));
        for (Bar bar : new @Nullable Bar[] {notLast, inMinutes, unpriced}) {
            if (bar != null) {
                bar.writeTo(out);
            }
        }
        Varint.write(out, firsts.size());
        for (Map.Entry<Long, Bar> first : firsts.entrySet()) {
            Varint.writeSigned(out, first.getKey());
            first.getValue().writeTo(out);
        }
        Varint.write(out, missing);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if the layout is not one that this version knows
     */
    static Aside readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("What is aside of a bar in layout " + layout + ", but this version reads layout "
                    + LAYOUT + " only; start without that savepoint");
        }
        Aside aside = new Aside();
        int bars = in.readUnsignedByte();
        aside.notLast = (bars & NOT_LAST) == 0 ? null : Bar.readFrom(in);
        aside.inMinutes = (bars & IN_MINUTES) == 0 ? null : Bar.readFrom(in);
        aside.unpriced = (bars & UNPRICED) == 0 ? null : Bar.readFrom(in);
        for (long left = Varint.read(in); left > 0; left--) {
            aside.firsts.put(Varint.readSigned(in), Bar.readFrom(in));
        }
        aside.missing = Varint.read(in);
        return aside;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Aside aside
                && Objects.equals(notLast, aside.notLast)
                && Objects.equals(inMinutes, aside.inMinutes)
                && Objects.equals(unpriced, aside.unpriced)
                && firsts.equals(aside.firsts)
                && missing == aside.missing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(notLast, inMinutes, unpriced, firsts, missing);
    }

    @Override
    public String toString() {
        return "Aside[notLast=%s, inMinutes=%s, unpriced=%s, firsts=%s, missing=%d]"
                .formatted(notLast, inMinutes, unpriced, firsts, missing);
    }
}
