package io.tapewatch.domain.check;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Withdrawn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message of a flag: a sentence that an analyst can read, the same in every locale. The message of a quote says what
 * was bid and asked, and never that it traded. {@link MetricWords} has the words for each metric.
 *
 * <p>A sentence must be true. So numbers have two significant digits, and more only where two do not tell the value from the
 * limit; and what is said of several ticks has the time of each.
 */
final class FlagMessage {

    private static final long DAY = 24L * 60 * 60 * 1000;

    private FlagMessage() {}

    /**
     * A condition that was met.
     *
     * @param condition the condition as it is written
     * @param is how it compared
     * @param seen what met it
     */
    record Part(Condition condition, Comparison is, Seen seen) {}

    /**
     * A condition that a suppressed check met beyond all before it.
     *
     * @param part the condition and what met it
     * @param time the event time of the check
     * @param check which of the suppressed checks it was
     * @param isNew whether the condition had not been met at the flag
     */
    record Later(Part part, long time, long check, boolean isNew) {}

    /** @param parts the conditions that were met, the first of which is told in full */
    static String of(String symbol, FlaggedTick tick, List<Part> parts) {
        boolean isQuote = tick.price() == null; // a trade has a price
        if (parts.isEmpty()) {
            return symbol
                    + (isQuote
                            ? " was quoted, " + MetricWords.sides(tick.bid(), tick.ask())
                            : " traded at " + tick.price())
                    + ", where no condition has a value";
        }
        Part first = parts.get(0);
        StringBuilder message = new StringBuilder(symbol)
                .append(' ')
                .append(MetricWords.told(first, isQuote))
                .append(MetricWords.limit(first))
                .append(MetricWords.where(first, tick.time(), isQuote));
        for (Part part : parts.subList(1, parts.size())) {
            message.append(", ").append(MetricWords.further(part, isQuote));
        }
        return message.toString();
    }

    /**
     * The message of a flag that is published again: what it said at first, how often it was met again, and what was more
     * extreme then, with the time of each.
     *
     * @param first what it said at first
     * @param tick what it said it of
     * @param later what was more extreme than at first, by condition
     * @param canBeMoreExtreme whether there is a value that another one can be beyond
     */
    static String again(String first, FlaggedTick tick, Repeats repeats, List<Later> later, boolean canBeMoreExtreme) {
        boolean isQuote = tick.price() == null;
        boolean isOnce = repeats.number() == 1;
        StringBuilder message = new StringBuilder(first)
                .append("; again ")
                .append(isOnce ? "once, at " : repeats.number() + " times until ")
                .append(clock(repeats.lastTime(), tick.time()));
        if (later.isEmpty() && canBeMoreExtreme) {
            message.append(isOnce ? ", not more extreme" : ", none more extreme");
        }
        String next = isOnce ? ": " : ", most extreme at ";
        // By their checks, not by their times: two ticks of the same time can say opposite things.
        Map<Long, List<Later>> byCheck = new LinkedHashMap<>();
        later.forEach(each ->
                byCheck.computeIfAbsent(each.check(), any -> new ArrayList<>()).add(each));
        for (List<Later> ofCheck : byCheck.values()) {
            message.append(next);
            if (!isOnce) {
                message.append(clock(ofCheck.get(0).time(), tick.time())).append(": ");
            }
            message.append(told(ofCheck, isQuote));
            next = "; at ";
        }
        return message.toString();
    }

    /** The message of a flag that does not stand any more. */
    static String withdrawn(Withdrawn why, String message) {
        return "withdrawn, as " + why.sentence() + ": " + message;
    }

    /** The message of a flag whose trade was corrected, and whose rule cannot be checked again. */
    static String unchecked(String message, @Nullable Decimal price, @Nullable Decimal size) {
        return message + "; the trade was corrected to " + price + (size == null ? "" : ", size " + size)
                + ", and the rule was not checked again";
    }

    /** What one check saw. */
    private static String told(List<Later> seen, boolean isQuote) {
        StringBuilder told = new StringBuilder();
        for (Later each : seen) {
            Part part = each.part();
            String limit = each.isNew() ? MetricWords.limit(part) : "";
            told.append(
                    told.isEmpty()
                            ? MetricWords.told(part, isQuote) + limit + MetricWords.where(part, each.time(), isQuote)
                            : ", " + MetricWords.further(part, isQuote) + limit);
        }
        return told.toString();
    }

    /** A time without its day if that is the flag's (UTC). */
    private static String clock(long time, long flagged) {
        String text = Instant.ofEpochMilli(time).toString();
        boolean isSameDay = Math.floorDiv(time, DAY) == Math.floorDiv(flagged, DAY);
        return isSameDay ? text.substring(text.indexOf('T') + 1) : text;
    }
}
