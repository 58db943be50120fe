package io.tapewatch.feed.yahoo;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When it is which symbol's turn: each once in an interval, all of them spread evenly over it.
 *
 * <p>Times are nanoseconds of a clock that only goes forward, from any origin.
 */
final class PollSchedule {

    private final PriorityQueue<Turn> next =
            new PriorityQueue<>(Comparator.comparingLong(Turn::atNanos).thenComparingInt(Turn::place));
    private final long everyNanos;
    private final boolean again;
    private long originNanos;

    /**
     * @param symbol whose turn it is
     * @param place where in the list of symbols it is
     * @param atNanos since the origin
     */
    private record Turn(String symbol, int place, long atNanos) {}

    private PollSchedule(List<String> symbols, long everyNanos, long gapNanos, boolean again, long startNanos) {
        this.everyNanos = everyNanos;
        this.again = again;
        this.originNanos = startNanos;
        for (int i = 0; i < symbols.size(); i++) {
            next.add(new Turn(symbols.get(i), i, i * gapNanos));
        }
    }

    /** A turn in each interval. */
    static PollSchedule again(List<String> symbols, long everyNanos, long startNanos) {
        return new PollSchedule(symbols, everyNanos, everyNanos / symbols.size(), true, startNanos);
    }

    /**
     * One turn each.
     *
     * @param gapNanos what is between two of them
     */
    static PollSchedule once(List<String> symbols, long gapNanos, long startNanos) {
        return new PollSchedule(symbols, 0, gapNanos, false, startNanos);
    }

    /** Whether there will never be another turn. */
    boolean areOver() {
        return next.isEmpty();
    }

    /** How long until the next turn, not positive if it has come; there must be one. */
    long nanosUntilNext(long nowNanos) {
        return next.element().atNanos() - (nowNanos - originNanos);
    }

    /** The symbol whose turn has come. Turns that it missed are not made up for. */
    @Nullable
    String take(long nowNanos) {
        if (next.isEmpty() || nanosUntilNext(nowNanos) > 0) {
            return null;
        }
        Turn turn = next.remove();
        if (again) {
            long behind = nowNanos - originNanos - turn.atNanos();
            next.add(new Turn(turn.symbol(), turn.place(), turn.atNanos() + everyNanos * (1 + behind / everyNanos)));
        }
        return turn.symbol();
    }

    /** This symbol has no more turns. */
    void drop(String symbol) {
        next.removeIf(turn -> turn.symbol().equals(symbol));
    }

    /** Every turn comes so much later. */
    void postpone(long nanos) {
        originNanos += nanos;
    }
}
