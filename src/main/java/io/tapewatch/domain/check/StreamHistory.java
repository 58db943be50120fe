package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The history of a symbol's ticks, or of its quotes: when the first and the last event were, and the trailing windows. An
 * event is a tick or a quote.
 */
final class StreamHistory {

    private static final long NOT_FOLLOWED = Long.MIN_VALUE;

    private boolean hasLast;
    private long firstTime;
    private long lastTime;
    private TrailingWindows windows = new TrailingWindows();

    /** While there is no event before: events up to this time may have gone by unseen. */
    private long followedSince = NOT_FOLLOWED;

    /** Has the windows that are needed, in this order, and no others. */
    void need(WindowNeed[] needs) {
        WindowNeed[] known = new WindowNeed[needs.length];
        for (int i = 0; i < known.length; i++) {
            // Where there is a last event, none between it and the next one went by.
            known[i] = hasLast ? needs[i].knownAfter(lastTime) : needs[i].notKnownBefore(followedSince);
        }
        windows.need(known);
    }

    /** Notes that events up to this time may have gone by unseen, unless there is one before. */
    void followSince(long time) {
        followedSince = hasLast ? NOT_FOLLOWED : Math.max(followedSince, time);
    }

    /** Whether there is an event before. */
    boolean hasLast() {
        return hasLast;
    }

    /** The time of the first event, in epoch milliseconds. */
    long firstTime() {
        return firstTime;
    }

    /** The time of the last event, in epoch milliseconds. */
    long lastTime() {
        return lastTime;
    }

    TrailingWindows windows() {
        return windows;
    }

    /** Has no event before if that is more than {@link EventTimes#MAX_GAP} before this time; whether it had. */
    boolean forgetOld(long time) {
        if (!hasLast) {
            // No window reaches that far back.
            boolean isOld = followedSince != NOT_FOLLOWED && time - followedSince > EventTimes.MAX_GAP;
            followedSince = isOld ? NOT_FOLLOWED : followedSince;
            return false;
        }
        if (time - lastTime <= EventTimes.MAX_GAP) {
            return false;
        }
        hasLast = false;
        return true;
    }

    void forgetAll() {
        hasLast = false;
        followedSince = NOT_FOLLOWED;
        windows.forgetAll();
    }

    /** Notes the time of the next event, which the windows hold. */
    void follow(long time) {
        if (!hasLast) {
            firstTime = time;
            hasLast = true;
            followedSince = NOT_FOLLOWED;
        }
        lastTime = time;
    }

    boolean isEmpty() {
        return !hasLast && followedSince == NOT_FOLLOWED && windows.isEmpty();
    }

    StreamHistory copy() {
        StreamHistory copy = new StreamHistory();
        copy.hasLast = hasLast;
        copy.firstTime = firstTime;
        copy.lastTime = lastTime;
        copy.followedSince = followedSince;
        copy.windows = windows.copy();
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(!isEmpty());
        if (!isEmpty()) {
            out.writeBoolean(hasLast);
            out.writeLong(hasLast ? lastTime : followedSince);
            Varint.write(out, hasLast ? lastTime - firstTime : 0);
            windows.writeTo(out);
        }
    }

    static StreamHistory readFrom(DataInput in) throws IOException {
        StreamHistory history = new StreamHistory();
        if (in.readBoolean()) {
            history.hasLast = in.readBoolean();
            long time = in.readLong();
            history.lastTime = time;
            history.followedSince = history.hasLast ? NOT_FOLLOWED : time;
            history.firstTime = time - Varint.read(in);
            history.windows = TrailingWindows.readFrom(in);
        }
        return history;
    }
}
