package io.tapewatch.domain.trade;

import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers that a feed gave to ticks one after the other: the lowest and the highest that were seen, and the holes between them.
 *
 * <p>A hole belongs to the event time of the number that follows it. So the numbers that were seen, and their times, decide what
 * is missing when, and not the order in which they came. The last {@value #MOST_HOLES} holes are open. Older holes are final:
 * their numbers stay missing.
 */
final class NumberRun {

    /** How many holes are open at most. */
    static final int MOST_HOLES = 64;

    private static final int FIRST_ROOM = 4;

    private long lowest;
    private long lowestTime;
    private long highest;
    private long earliest;
    private long latest;

    // The open holes, from the lowest to the highest.
    private int holes;
    private long[] from = {};
    private long[] to = {};
    private long[] times = {};

    /** A run that begins with a number. Nothing is missing before the first. */
    NumberRun(long number, long time) {
        lowest = number;
        lowestTime = time;
        highest = number;
        earliest = time;
        latest = time;
    }

    long lowest() {
        return lowest;
    }

    long highest() {
        return highest;
    }

    /** The earliest event time of its ticks. */
    long earliest() {
        return earliest;
    }

    /** The latest event time of its ticks. */
    long latest() {
        return latest;
    }

    /** Takes the next number, if it is that, at a time that is not before the others. */
    boolean takeNext(long number, long time) {
        if (number != highest + 1 || time < latest) {
            return false;
        }
        highest = number;
        latest = time;
        return true;
    }

    /** Whether a number was seen, or is in a hole that is not open any more. */
    boolean knows(long number) {
        return number >= lowest && number <= highest && holeOf(number) < 0;
    }

    /** Takes a number of this run. */
    NumberRuns.Seen take(long number, long time, MissingNumbers missing) {
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
        if (number > highest) {
            long next = highest + 1;
            highest = number;
            return open(holes, next, number - 1, time, missing);
        }
        if (number < lowest) {
            long last = lowest - 1;
            long timeOfLast = lowestTime;
            lowest = number;
            lowestTime = time;
            return open(0, number + 1, last, timeOfLast, missing);
        }
        int hole = holeOf(number);
        if (hole < 0) {
            return NumberRuns.Seen.AGAIN;
        }
        fill(hole, number, time, missing);
        return NumberRuns.Seen.FILLED;
    }

    private NumberRuns.Seen open(int index, long first, long last, long time, MissingNumbers missing) {
        if (first > last) {
            return NumberRuns.Seen.IN_TURN;
        }
        insert(index, first, last, time);
        missing.change(time, last - first + 1);
        return NumberRuns.Seen.AFTER_GAP;
    }

    /** What is missing below the number follows it from now on at the number's own time; what is above stays where it was. */
    private void fill(int hole, long number, long time, MissingNumbers missing) {
        long first = from[hole];
        long timeAbove = times[hole];
        long below = number - first;
        if (number == to[hole]) {
            remove(hole);
        } else {
            from[hole] = number + 1;
        }
        missing.change(timeAbove, -1 - below);
        if (below > 0) {
            insert(hole, first, number - 1, time);
            missing.change(time, below);
        }
    }

    /** The index of the open hole that a number is in, or −1. */
    private int holeOf(long number) {
        for (int i = holes - 1; i >= 0 && to[i] >= number; i--) {
            if (from[i] <= number) {
                return i;
            }
        }
        return -1;
    }

    private void insert(int index, long first, long last, long time) {
        int at = index;
        if (holes == MOST_HOLES) {
            if (at == 0) {
                return;
            }
            remove(0);
            at--;
        }
        if (holes == from.length) {
            int room = Math.max(FIRST_ROOM, Math.min(MOST_HOLES, holes * 2));
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            times = Arrays.copyOf(times, room);
        }
        int moved = holes - at;
        System.arraycopy(from, at, from, at + 1, moved);
        System.arraycopy(to, at, to, at + 1, moved);
        System.arraycopy(times, at, times, at + 1, moved);
        from[at] = first;
        to[at] = last;
        times[at] = time;
        holes++;
    }

    private void remove(int index) {
        int moved = holes - index - 1;
        System.arraycopy(from, index + 1, from, index, moved);
        System.arraycopy(to, index + 1, to, index, moved);
        System.arraycopy(times, index + 1, times, index, moved);
        holes--;
    }

    /** How many numbers are missing in the open holes of an event time and later. */
    long missingSince(long time) {
        long missing = 0;
        for (int i = 0; i < holes; i++) {
            missing += times[i] < time ? 0 : to[i] - from[i] + 1;
        }
        return missing;
    }

    NumberRun copy() {
        NumberRun copy = new NumberRun(lowest, lowestTime);
        copy.highest = highest;
        copy.earliest = earliest;
        copy.latest = latest;
        copy.holes = holes;
        copy.from = from.clone();
        copy.to = to.clone();
        copy.times = times.clone();
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        Varint.write(out, lowest);
        Varint.write(out, highest - lowest);
        Varint.writeSigned(out, earliest);
        Varint.write(out, latest - earliest);
        Varint.write(out, lowestTime - earliest);
        out.writeByte(holes);
        long number = lowest;
        for (int i = 0; i < holes; i++) {
            Varint.write(out, from[i] - number);
            Varint.write(out, to[i] - from[i]);
            Varint.writeSigned(out, times[i] - earliest);
            number = to[i];
        }
    }

    static NumberRun readFrom(DataInput in) throws IOException {
        long lowest = Varint.read(in);
        long highest = lowest + Varint.read(in);
        long earliest = Varint.readSigned(in);
        long latest = earliest + Varint.read(in);
        NumberRun run = new NumberRun(lowest, earliest + Varint.read(in));
        run.highest = highest;
        run.earliest = earliest;
        run.latest = latest;
        int holes = in.readUnsignedByte();
        long number = lowest;
        for (int i = 0; i < holes; i++) {
            long first = number + Varint.read(in);
            number = first + Varint.read(in);
            run.insert(i, first, number, earliest + Varint.readSigned(in));
        }
        return run;
    }
}
