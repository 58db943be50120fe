package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * When the incidents of one kind are: one in each of the equal intervals into which its rate divides the market's time, at a
 * random moment, so that their number is exact. Of the first and the second, the third and the fourth and so on, one is
 * clear and one is subtle.
 */
final class KindPlan {

    static final int NO_SYMBOL = -1;

    private static final double HOUR = 60 * 60 * 1000;

    private final IncidentKind kind;
    private final double anHour;
    private final long start;
    private final long end;
    private final UniformRandomProvider random;

    private long index;
    private boolean lastWasClear;

    /** @param anHour how many an hour, above zero */
    KindPlan(IncidentKind kind, double anHour, long start, long end, UniformRandomProvider random) {
        this.kind = kind;
        this.anHour = anHour;
        this.start = start;
        this.end = end;
        this.random = random;
    }

    /** The next one, of no symbol yet, or null if there is none that is over before the market is. */
    @Nullable
    PlannedIncident next() {
        double interval = HOUR / anHour;
        while ((index + 1) * HOUR <= (end - start) * anHour) {
            boolean clear = index % 2 == 0 ? random.nextBoolean() : !lastWasClear;
            lastWasClear = clear;
            IncidentShape shape = IncidentShape.draw(kind, clear, random);
            // Where it fits, it is over before its interval is. The first millisecond is for the quote before it.
            double room = (shape.millis() < interval ? interval - shape.millis() : interval) - 1;
            long begins = start + 1 + (long) (index * interval + random.nextDouble() * room);
            PlannedIncident next = new PlannedIncident(shape, begins, index++, NO_SYMBOL);
            if (next.end() < end) {
                return next;
            }
        }
        return null;
    }
}
