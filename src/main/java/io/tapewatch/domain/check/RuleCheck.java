package io.tapewatch.domain.check;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Withdrawn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled rule, which checks the ticks, or the quotes, of a symbol. */
final class RuleCheck {

    /** What {@link #silence} is of a rule that ticks raise. */
    private static final long NO_SILENCE = -1;

    /** All times are of one stretch, in which the condition can be held. */
    private static final long ONE_STRETCH = 0;

    private final Rule rule;
    private final long change;
    private final Clause when;
    private final Clause.Limit[] limits;

    /** For each limit that nothing was seen. Nobody changes it. */
    private final @Nullable Seen[] nothing;

    private final @Nullable HoursCache hours;
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
        this.nothing = new Seen[limits.length];
        this.hours = rule.hours() == null ? null : new HoursCache(rule.hours());
        this.hoursBreakHolds = rule.hours() != null && !rule.hours().areWholeDays();
        this.silence = rule.isOfSilence() ? silence((Condition) rule.when()) : NO_SILENCE;
        this.counts = counts;
    }

    /** After how many milliseconds without a tick a rule of silence is raised. */
    private static long silence(Condition condition) {
        BigDecimal millis = condition.limit().toBigDecimal().movePointRight(3);
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

    /** Whether the rule is evaluated at quotes, and not at ticks. */
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

    /** Whether the rule is evaluated at this event time. */
    boolean isEvaluatedAt(long time) {
        return time >= rule.from() && time < rule.until() && (hours == null || hours.dayAt(time) != Hours.NO_DAY);
    }

    /** What tells the hours in which a condition can be held from those before and after. The rule is evaluated then. */
    long stretchAt(long time) {
        return hours != null && hoursBreakHolds ? hours.dayAt(time) : ONE_STRETCH;
    }

    /** Whether each of its conditions asks for what a trade says itself, so that no other trade is needed to check it again. */
    boolean isOfTradeAlone() {
        for (Clause.Limit limit : limits) {
            if (!limit.condition().metric().isOfTradeAlone()) {
                return false;
            }
        }
        return true;
    }

    boolean holds(MetricValues values) {
        return when.holds(values);
    }

    /** What met the conditions, null for those that were not met; when the rule holds. */
    @Nullable
    Seen[] seen(MetricValues values) {
        return seenBeyond(values, nothing);
    }

    /** The same, and null for those where it is no more extreme than what is known: nobody will ask for it. */
    @Nullable
    Seen[] seenBeyond(MetricValues values, @Nullable Seen[] most) {
        @Nullable Seen[] seen = new Seen[limits.length];
        when.see(values, seen, most);
        return seen;
    }

    /** What a rule of silence saw. */
    Seen[] seen(double seconds, Decimal lastPrice) {
        return new Seen[] {new Seen(seconds, lastPrice, lastPrice)};
    }

    /**
     * Keeps of what a suppressed check saw, condition by condition, what is further beyond the limit than all before: by the
     * nearest doubles, which are what a flag says.
     *
     * @param first what was seen at the flag
     * @param beyond what suppressed checks saw beyond that; changed here
     * @param seen what the check saw
     * @param time the event time of the check
     * @param check which of the suppressed checks it is
     */
    void keepMostExtreme(Seen[] first, SeenLater[] beyond, Seen[] seen, long time, long check) {
        for (int i = 0; i < seen.length; i++) {
            Seen most = beyond[i] == null ? first[i] : beyond[i].seen();
            if (seen[i] != null && (most == null || limits[i].is().isMoreExtreme(seen[i].value(), most.value()))) {
                beyond[i] = new SeenLater(seen[i], time, check);
            }
        }
    }

    /**
     * The flag.
     *
     * @param seen what met the conditions
     */
    Flag flag(Instrument instrument, FlaggedTick tick, Seen[] seen) {
        return Flag.of(rule, instrument, tick, evidence(seen), message(instrument, tick, seen));
    }

    /**
     * The flag with what was suppressed after it.
     *
     * @param seen what met the conditions at the flag
     * @param revision one higher each time it is published
     * @param withdrawn why it does not stand any more, or null
     */
    Flag flagAgain(
            Instrument instrument,
            FlaggedTick tick,
            Seen[] seen,
            Repeats repeats,
            int revision,
            @Nullable Withdrawn withdrawn) {
        List<Extreme> mostExtreme = new ArrayList<>();
        List<FlagMessage.Later> later = new ArrayList<>();
        for (Clause.Limit limit : limits) {
            Seen first = seen[limit.place()];
            SeenLater beyond = repeats.beyond()[limit.place()];
            if (beyond != null) {
                mostExtreme.add(new Extreme(evidence(limit, beyond.seen()), beyond.time()));
                later.add(new FlagMessage.Later(
                        part(limit, beyond.seen()), beyond.time(), beyond.check(), first == null));
            } else if (first != null) {
                mostExtreme.add(new Extreme(evidence(limit, first), tick.time()));
            }
        }
        boolean canBeMoreExtreme = !mostExtreme.isEmpty() && !isOfSilence(); // silences are raised when equally long
        String message = FlagMessage.again(message(instrument, tick, seen), tick, repeats, later, canBeMoreExtreme);
        Flag flag = Flag.of(
                rule,
                instrument,
                tick,
                evidence(seen),
                mostExtreme,
                message,
                repeats.number(),
                repeats.lastTime(),
                revision);
        return withdrawn == null
                ? flag
                : flag.published(FlagMessage.withdrawn(withdrawn, message), revision, withdrawn, instrument.orNull());
    }

    private List<Evidence> evidence(Seen[] seen) {
        List<Evidence> evidence = new ArrayList<>();
        for (Clause.Limit limit : limits) {
            Seen met = seen[limit.place()];
            if (met != null) {
                evidence.add(evidence(limit, met));
            }
        }
        return evidence;
    }

    private static Evidence evidence(Clause.Limit limit, Seen met) {
        Condition condition = limit.condition();
        return new Evidence(
                condition.metric().word(),
                condition.metric().isWindowed() ? Durations.format(condition.over()) : null,
                condition.metric().isCompared() ? Durations.format(condition.baseline()) : null,
                met.value(),
                limit.is().sign(),
                condition.limit());
    }

    private String message(Instrument instrument, FlaggedTick tick, Seen[] seen) {
        List<FlagMessage.Part> parts = new ArrayList<>();
        for (Clause.Limit limit : limits) {
            Seen met = seen[limit.place()];
            if (met != null) {
                parts.add(part(limit, met));
            }
        }
        return FlagMessage.of(instrument.symbol(), tick, parts);
    }

    private static FlagMessage.Part part(Clause.Limit limit, Seen met) {
        return new FlagMessage.Part(limit.condition(), limit.is(), met);
    }
}
