package io.tapewatch.feed.simulated;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a market in the order in which they arrive; what arrives at one time is in the order in which it was sent. */
final class Arrivals implements FeedRows {

    private record Arrival(long time, long order, Occurrence occurrence) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    private final Market market;
    private final Consumer<Incident> planted;
    private final PriorityQueue<Arrival> awaited = new PriorityQueue<>();
    private long order;

    /** The event time from which on the market's next occurrence is. */
    private long reached = Long.MIN_VALUE;

    /** @param planted is told of each incident when the rows get to it */
    Arrivals(Market market, Consumer<Incident> planted) {
        this.market = market;
        this.planted = planted;
    }

    @Override
    public @Nullable FeedRow next() {
        while (true) {
            Arrival first = awaited.peek();
            if (first == null || first.time > reached) {
                if (reached == Long.MAX_VALUE) {
                    return null;
                }
                await(market.next());
                continue;
            }
            awaited.remove();
            Occurrence occurrence = first.occurrence;
            if (occurrence.begins() == null) {
                return occurrence.row();
            }
            planted.accept(occurrence.begins());
        }
    }

    private void await(@Nullable Occurrence occurrence) {
        if (occurrence == null) {
            reached = Long.MAX_VALUE;
            return;
        }
        reached = occurrence.time();
        long arrives = reached + occurrence.delay();
        awaited.add(new Arrival(arrives, order++, occurrence));
        if (occurrence.repeat() != Transit.ONCE) {
            awaited.add(new Arrival(arrives + occurrence.repeat(), order++, occurrence));
        }
    }
}
