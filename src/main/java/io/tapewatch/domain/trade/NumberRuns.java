package io.tapewatch.domain.trade;

import io.tapewatch.domain.EventTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one sequence that were seen, and the holes among them: of a symbol's ticks, or of a partition's.
 *
 * <p>Numbering can begin anew, as on a new day. A number begins a new run if it is later than all ticks of the run before it
 * and that run knows it already, or if it is far from that run. Nothing is missing between two runs. The last two runs are
 * kept, so that ticks that come late find the run they are of.
 */
public final class NumberRuns {

    /** How long a sequence is remembered after its last tick, in milliseconds: 32 days. */
    static final long KEPT_FOR = 32L * 24 * 60 * 60 * 1000;

    /** So far below the first number of a run, a later tick still belongs to the run: it was overtaken. */
    static final long OVERTAKEN = 100;

    /** More numbers than this are no hole: it is another numbering. */
    static final long LARGEST_HOLE = 1_000_000_000;

    private static final int LAYOUT = 0;

    private @Nullable NumberRun current;
    private @Nullable NumberRun before;

    /** What a number is to those before it. */
    public enum Seen {
        /** The next number, or the first. */
        IN_TURN,
        /** Numbers are missing right before it, or right after it. */
        AFTER_GAP,
        /** It was missing until now. */
        FILLED,
        /** It was seen before, or is in a hole that is not open any more. Nothing changes. */
        AGAIN,
        /** The first number of a new run. */
        RESTARTED
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return current == null;
    }

    /**
     * Takes the number of a tick.
     *
     * @param number the number, 0 or above
     * @param time the event time of the tick
     * @param missing is told how the count of missing numbers changes
     */
    public Seen take(long number, long time, MissingNumbers missing) {
        NumberRun now = current;
        if (now == null) {
            current = new NumberRun(number, time);
            return Seen.IN_TURN;
        }
        if (now.takeNext(number, time)) {
            return Seen.IN_TURN;
        }
        NumberRun earlier = before;
        if (earlier != null && isOfEarlier(earlier, now, number, time)) {
            return isFar(earlier, number) ? Seen.AGAIN : earlier.take(number, time, missing);
        }
        if (time > now.latest() && (isFar(now, number) || number < now.highest() && now.knows(number))) {
            before = now;
            current = new NumberRun(number, time);
            return Seen.RESTARTED;
        }
        if (isFar(now, number)) {
            if (earlier == null && time < now.earliest()) {
                before = new NumberRun(number, time);
                return Seen.RESTARTED;
            }
            return Seen.AGAIN;
        }
        return now.take(number, time, missing);
    }

    private static boolean isOfEarlier(NumberRun earlier, NumberRun now, long number, long time) {
        return time <= earlier.latest() || time < now.earliest() && number > earlier.highest();
    }

    /** Whether a number has nothing to do with those of a run. */
    private static boolean isFar(NumberRun run, long number) {
        return number < run.lowest() - OVERTAKEN || number - run.highest() - 1 > LARGEST_HOLE;
    }

    /** How many numbers are missing right before ticks of an event time and later, in the holes that are still open. */
    public long missingSince(long time) {
        return (current == null ? 0 : current.missingSince(time)) + (before == null ? 0 : before.missingSince(time));
    }

    /** The watermark at which the sequence is forgotten, or {@link EventTimes#NEVER}. */
    public long due() {
        return current == null ? EventTimes.NEVER : current.latest() + KEPT_FOR;
    }

    /** Forgets the sequence once its last tick is long past. */
    public void forget(long watermark) {
        if (due() <= watermark) {
            current = null;
            before = null;
        }
    }

    /** A copy that goes its own way from here. */
    public NumberRuns copy() {
        NumberRuns copy = new NumberRuns();
        copy.current = current == null ? null : current.copy();
        copy.before = before == null ? null : before.copy();
        return copy;
    }

    /** Writes what is known; without holes, about 20 bytes. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeByte(current == null ? 0 : before == null ? 1 : 2);
        if (current != null) {
            current.writeTo(out);
        }
        if (before != null) {
            before.writeTo(out);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if another release wrote it in a layout that is not known here
     */
    public static NumberRuns readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of the numbers of ticks was written by another release");
        }
        NumberRuns runs = new NumberRuns();
        int count = in.readUnsignedByte();
        runs.current = count > 0 ? NumberRun.readFrom(in) : null;
        runs.before = count > 1 ? NumberRun.readFrom(in) : null;
        return runs;
    }
}
