package io.tapewatch.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A rule laid out for checking the ticks, or the quotes, of a symbol. */
final class RuleCheck {

    /** What {@link #silence} is of a rule that ticks raise. */
    private static final long NO_SILENCE = -1;

    /** All times are of one stretch, in which the condition can be held. */
    private static final long ONE_STRETCH = 0;

    private final Rule rule;
    private final long change;
    private final Clause when;
    private final Clause.Limit[] limits;
    private final LookedHours hours;
    private final boolean hoursBreakHolds;
    private final long silence;
    private final RuleCounts counts;

    /**
     * @param limits the limits in {@code when}, by their places
     * @param counts what is counted of the rule
     */
    RuleCheck(RuleInForce inForce, Clause when, Clause.Limit[] limits, RuleCounts counts) {
        this.rule = inForce.rule();
        this.change = inForce.change();
        this.when = when;
        this.limits = limits;
        this.hours = rule.hours() == null ? null : new LookedHours(rule.hours());
        this.hoursBreakHolds = rule.hours() != null && !rule.hours().areWholeDays();
        this.silence = rule.isOfSilence() ? silence((Condition) rule.when()) : NO_SILENCE;
        this.counts = counts;
    }

    /** After how many milliseconds without a tick a rule of silence is raised. */
    private static long silence(Condition condition) {
        // The decimal that is written: after 300 ms a silence is not longer than 0.3 s, though the double is less.
        BigDecimal millis = BigDecimal.valueOf(condition.limit()).movePointRight(3);
        return condition.is() == Comparison.ABOVE
                ? millis.setScale(0, RoundingMode.FLOOR).longValueExact() + 1
                : millis.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    Rule rule() {
        return rule;
    }

    /** Which change of rules it came with. */
    long change() {
        return change;
    }

    RuleCounts counts() {
        return counts;
    }

    /** Whether the rule looks at quotes, and not at ticks. */
    boolean isOnQuotes() {
        return rule.on() == Rule.On.QUOTE;
    }

    /** Whether the rule is raised when a symbol stops, and not by its ticks. */
    boolean isOfSilence() {
        return silence != NO_SILENCE;
    }

    /** When the symbol has been silent for long enough if a tick of this time is its last. */
    long silentAt(long time) {
        return time + silence;
    }

    /** Whether the rule looks at this event time. */
    boolean looksAt(long time) {
        return time >= rule.from() && time < rule.until() && (hours == null || hours.dayAt(time) != Hours.NO_DAY);
    }

    /** What tells the hours in which a condition can be held from those before and after, when the rule looks. */
    long stretchAt(long time) {
        return hoursBreakHolds ? hours.dayAt(time) : ONE_STRETCH;
    }

    boolean holds(Measuring at) {
        return when.holds(at);
    }

    /** What met the conditions, null for those that were not met; when the rule holds. */
    Seen[] seen(Measuring at) {
        Seen[] seen = new Seen[limits.length];
        when.see(at, seen);
        return seen;
    }

    /** What a rule of silence saw. */
    Seen[] seen(double seconds, double lastPrice) {
        return new Seen[] {new Seen(seconds, lastPrice, lastPrice)};
    }

    /** Keeps of both, condition by condition, what is further beyond the limit. */
    void keepMostExtreme(Seen[] kept, Seen[] seen) {
        for (int i = 0; i < kept.length; i++) {
            boolean isMore = seen[i] != null
                    && (kept[i] == null || limits[i].is().isMoreExtreme(seen[i].value(), kept[i].value()));
            kept[i] = isMore ? seen[i] : kept[i];
        }
    }

    /**
     * The flag.
     *
     * @param seen what met the conditions
     * @param suppressed how many more checks met the rule
     * @param revision 0, and one more each time it is published again
     */
    Flag flag(Instrument instrument, FlaggedTick tick, Seen[] seen, long suppressed, int revision) {
        List<Evidence> evidence = new ArrayList<>();
        List<FlagMessage.Part> parts = new ArrayList<>();
        for (Clause.Limit limit : limits) {
            Seen met = seen[limit.place()];
            if (met != null) {
                Condition condition = limit.condition();
                evidence.add(new Evidence(
                        condition.metric().word(),
                        condition.metric().isWindowed() ? Durations.format(condition.over()) : null,
                        condition.metric().isCompared() ? Durations.format(condition.baseline()) : null,
                        met.value(),
                        limit.is().sign(),
                        condition.limit()));
                parts.add(new FlagMessage.Part(condition, limit.is(), met));
            }
        }
        String message = FlagMessage.of(instrument.symbol(), tick, parts);
        return tick.flag(rule, instrument, evidence, message, suppressed, revision);
    }
}
