package io.tapewatch.domain.check;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.When;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One rule as the documentation words it, replayed over all that one symbol was shown: it has every trade and quote before
 * it at once, and looks through them again for each check. Shares the records with the product and nothing else.
 *
 * <p>All rules are in force from the start, and the input ends after what is shown. A rule that selects by sector or venue
 * may begin to apply to the symbol, and cease to, when its instrument changes.
 */
public final class NaiveRules {

    /** For jobs without quotes. */
    private static final QuoteSettings NO_QUOTES = new QuoteSettings(5000, TapeOrder.QUOTES_AFTER);

    private final Rule rule;
    private final NaiveTape tape;
    private final NaiveFollowing following;
    private final NaiveMetrics metrics;
    private final Replay replay;

    private final Counts counts = new Counts();

    /** Since the rule applies without a break. */
    private final List<Raised> raised = new ArrayList<>();

    private Raised lastInOrder;
    private Raised lastLate;
    private LocalDate heldOn;
    private Long heldSince;

    /** What the rules make of one symbol. */
    public static final class Replay {

        /** The flags, first and again, rule by rule. */
        public final List<NaiveFlag> flags = new ArrayList<>();

        /** By rule. */
        final Map<String, Counts> counts = new TreeMap<>();

        /**
         * The rules that met a late tick in a time that they had been quiet for, when event time was past it already:
         * what becomes of it is not said anywhere.
         */
        final List<String> undecided = new ArrayList<>();

        /** How often what happened, in words. */
        public final Map<String, Integer> seen = new TreeMap<>();

        private void saw(String what) {
            seen.merge(what, 1, Integer::sum);
        }
    }

    /** What a rule did. */
    static final class Counts {
        long checked;
        long flagged;
        long suppressed;

        /** The event time of the last tick or quote that was checked, 0 for none. */
        long lastTick;

        @Override
        public String toString() {
            return checked + " checked, " + flagged + " flagged, " + suppressed + " suppressed, last at " + lastTick;
        }
    }

    /**
     * A check that met the rule, or a silence.
     *
     * @param tick what was checked, or the last one before a silence; null for a quote
     * @param quote what was checked, or the tick's quote; null for none
     */
    private record Met(Tick tick, Quote quote, long time, Decimal previousPrice, boolean late, List<Reason> why) {}

    /** A condition that was met, and its place among the rule's. */
    private record Reason(int place, Evidence evidence) {}

    private record Raised(Met met, List<Met> suppressed) {}

    private NaiveRules(Rule rule, NaiveTape tape, NaiveFollowing following, NaiveMetrics metrics, Replay replay) {
        this.rule = rule;
        this.tape = tape;
        this.following = following;
        this.metrics = metrics;
        this.replay = replay;
    }

    /** The flags that ticks of one symbol in order raise, rule by rule. */
    public static List<NaiveFlag> flags(List<Rule> rules, List<Tick> ticks) {
        return replay(rules, ticks.stream().map(Shown.InOrder::new).toList(), Rules.NO_CLOSES).flags;
    }

    /** @param previousClose the close that a tick of a time is compared with, or null */
    public static Replay replay(List<Rule> rules, List<? extends Shown> shown, Closes previousClose) {
        return replay(rules, shown, previousClose, NO_QUOTES);
    }

    /**
     * The same where there are quotes.
     *
     * @param shown trades and quotes in the order in which they are taken
     */
    public static Replay replay(
            List<Rule> rules, List<? extends Shown> shown, Closes previousClose, QuoteSettings settings) {
        Replay replay = new Replay();
        Set<PrintSelection> selections = rules.stream().map(Rule::prints).collect(Collectors.toSet());
        for (PrintSelection prints : selections) {
            replay(
                    rules.stream().filter(rule -> rule.prints().equals(prints)).toList(),
                    shown.stream()
                            .filter(each -> NaivePrints.sees(prints, each))
                            .toList(),
                    previousClose,
                    settings,
                    replay);
        }
        return replay;
    }

    /** Rules that see the same prints, on a tape that has no others. */
    private static void replay(
            List<Rule> rules,
            List<? extends Shown> shown,
            Closes previousClose,
            QuoteSettings settings,
            Replay replay) {
        NaiveTape tape = new NaiveTape(shown, settings);
        NaiveFollowing following = new NaiveFollowing(rules, tape);
        NaiveMetrics metrics = new NaiveMetrics(tape, following, previousClose);
        for (Rule rule : rules) {
            new NaiveRules(rule, tape, following, metrics, replay).replay();
        }
    }

    /**
     * Rules with other limits: a third of them are the very value that the metric has at some check, as far as a limit can
     * be that, or next to it.
     *
     * @param rules all others are as these are
     */
    static List<Rule> withValuesAsLimits(
            List<Rule> rules,
            List<? extends Shown> shown,
            Closes previousClose,
            QuoteSettings settings,
            SplittableRandom random) {
        NaiveTape tape = new NaiveTape(shown, settings);
        NaiveMetrics metrics = new NaiveMetrics(tape, new NaiveFollowing(rules, tape), previousClose);
        return rules.stream()
                .map(rule -> new Rule(
                        rule.id(),
                        rule.version(),
                        rule.status(),
                        rule.description(),
                        rule.on(),
                        rule.symbols(),
                        rule.except(),
                        rule.sectors(),
                        rule.venues(),
                        rule.prints(),
                        rule.severity(),
                        rule.cooldown(),
                        rule.heldFor(),
                        rule.hours(),
                        rule.from(),
                        rule.until(),
                        withValuesAsLimits(rule.when(), rule.on(), tape, metrics, random)))
                .toList();
    }

    private static When withValuesAsLimits(
            When when, Rule.On on, NaiveTape tape, NaiveMetrics metrics, SplittableRandom random) {
        if (when instanceof Condition condition) {
            if (random.nextInt(3) > 0 || condition.metric() == Metric.SILENCE_SECONDS) {
                return condition;
            }
            return valueAsLimit(condition, on, tape, metrics, random)
                    .map(limit -> new Condition(
                            condition.metric(), condition.over(), condition.baseline(), condition.is(), limit))
                    .orElse(condition);
        }
        List<When> parts = when.parts().stream()
                .map(part -> withValuesAsLimits(part, on, tape, metrics, random))
                .toList();
        return when instanceof When.Not
                ? new When.Not(parts.get(0))
                : when instanceof When.All ? new When.All(parts) : new When.Any(parts);
    }

    private static Optional<Decimal> valueAsLimit(
            Condition condition, Rule.On on, NaiveTape tape, NaiveMetrics metrics, SplittableRandom random) {
        int checks = on == Rule.On.TRADE ? tape.trades.size() : tape.quotes.size();
        Optional<Decimal> near = Optional.empty();
        for (int i = 0; i < 10 && checks > 0; i++) {
            int now = random.nextInt(checks);
            NaiveValue value =
                    on == Rule.On.TRADE ? metrics.value(condition, now) : metrics.valueAtQuote(condition, now);
            if (value != null && value.asLimit().isPresent()) {
                return value.asLimit();
            }
            near = value == null ? near : value.asNearLimit();
        }
        return near;
    }

    private void replay() {
        int nextTick = 0;
        int nextQuote = 0;
        for (int place = 0; place < tape.shown.size(); place++) {
            Shown each = tape.shown.get(place);
            if (each instanceof Shown.InOrder) {
                check(nextTick++);
            } else if (each instanceof Shown.QuoteInOrder) {
                checkQuote(nextQuote++);
            } else if (each instanceof Shown.Late late) {
                checkLate(late.tick(), place);
            } else if (each instanceof Shown.LateQuote late) {
                checkLateQuote(late.quote(), place);
            } else if (each instanceof Shown.Known && place > 0) {
                change(place);
            }
        }
        publish(Long.MAX_VALUE);
        replay.counts.put(rule.id(), counts);
    }

    /** Something else is known about the instrument: a rule that ceases to apply forgets, and may begin anew later. */
    private void change(int place) {
        boolean applied = following.applies(rule, place - 1);
        boolean applies = following.applies(rule, place);
        if (applied && !applies) {
            replay.saw("ceases to apply");
            publish(tape.reachedAt.get(place));
            stopHolding("another instrument");
            lastInOrder = null;
            lastLate = null;
        } else if (applies && !applied) {
            replay.saw("begins to apply");
        }
    }

    /** @param through flags are published again if their cooldown ends by this time, or another one has begun */
    private void publish(long through) {
        for (Raised each : raised) {
            replay.flags.add(flag(each.met, 0, 0, List.of(), null));
            if (!each.suppressed.isEmpty()) {
                boolean isReplaced = each != lastInOrder && each != lastLate;
                if (isReplaced || each.met.time + rule.cooldown() - 1 <= through) {
                    long last =
                            each.suppressed.stream().mapToLong(Met::time).max().orElseThrow();
                    replay.flags.add(flag(each.met, 1, each.suppressed.size(), mostExtreme(each), last));
                    replay.saw("published again");
                } else {
                    replay.saw("not published again, as the rule ceases to apply");
                }
            }
        }
        raised.clear();
    }

    // Looking.

    private boolean looksAt(int place, long time) {
        return whyNot(place, time) == null;
    }

    /** Why the rule does not look; null if it does. */
    private String whyNot(int place, long time) {
        String whyNot = following.whyNot(rule, place);
        if (whyNot != null) {
            return whyNot;
        } else if (time < rule.from()) {
            return "before from";
        } else if (time >= rule.until()) {
            return "after until";
        } else if (rule.hours() != null && day(rule.hours(), time) == null) {
            return "out of hours";
        }
        return null;
    }

    /** The day whose hours the clock on the wall is in; null if it is in none. */
    static LocalDate day(Hours hours, long time) {
        LocalDateTime clock = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), hours.zone());
        for (LocalDate day : List.of(clock.toLocalDate(), clock.toLocalDate().minusDays(1))) {
            LocalDateTime begin = day.atStartOfDay().plusSeconds(hours.from());
            LocalDateTime end = day.atStartOfDay().plusSeconds(hours.to());
            if (end.isBefore(begin)) {
                end = end.plusDays(1);
            }
            if (hours.days().contains(day.getDayOfWeek()) && !clock.isBefore(begin) && clock.isBefore(end)) {
                return day;
            }
        }
        return null;
    }

    // Checking.

    private void check(int now) {
        if (rule.on() != Rule.On.TRADE) {
            return;
        }
        Tick tick = tape.trades.get(now);
        if (metrics.beginsAnew(now)) {
            stopHolding("a tick that is too old");
        }
        if (!looksAndCounts(tape.placeOfTrade.get(now), tick.time())) {
            return;
        }
        if (isOfSilence()) {
            waitFrom(now);
            return;
        }
        List<Reason> why = why(rule.when(), false, 0, condition -> seenValue(condition, metrics.value(condition, now)));
        if (isHeld(why, tick.time())) {
            Quote quote = tape.quoteOfTrade.get(now);
            raise(new Met(tick, quote, tick.time(), metrics.priceBefore(now), false, why), tick.time() - 1);
        }
    }

    private void checkQuote(int now) {
        if (rule.on() != Rule.On.QUOTE) {
            return;
        }
        Quote quote = tape.quotes.get(now);
        if (metrics.quotesBeginAnew(now)) {
            stopHolding("a quote that is too old");
        }
        if (!looksAndCounts(tape.placeOfQuote.get(now), quote.time())) {
            return;
        }
        List<Reason> why =
                why(rule.when(), false, 0, condition -> seenValue(condition, metrics.valueAtQuote(condition, now)));
        if (isHeld(why, quote.time())) {
            raise(new Met(null, quote, quote.time(), null, false, why), quote.time() - 1);
        }
    }

    /** Whether it looks; then the check is counted, else nothing is held any longer. */
    private boolean looksAndCounts(int place, long time) {
        String whyNot = whyNot(place, time);
        if (whyNot != null) {
            replay.saw("not looking: " + whyNot);
            stopHolding(whyNot);
            return false;
        }
        counts.checked++;
        counts.lastTick = Math.max(counts.lastTick, time);
        return true;
    }

    private NaiveValue seenValue(Condition condition, NaiveValue value) {
        String metric = (rule.on() == Rule.On.QUOTE ? "on quotes " : "")
                + condition.metric().word();
        if (value == null) {
            replay.saw(metric + " without a value");
        } else {
            boolean met = isMet(value, condition);
            replay.saw("a value");
            replay.saw(metric + " " + condition.is().sign() + (met ? " met" : " not met"));
            if (value.compareTo(condition.limit()) == 0) {
                replay.saw(metric + " at its limit");
                replay.saw("a value at its limit");
            }
        }
        return value;
    }

    /** @param why why the condition holds, null if it does not */
    private boolean isHeld(List<Reason> why, long time) {
        if (why == null) {
            stopHolding("a check");
            return false;
        }
        return heldLongEnough(time);
    }

    /** Whether it has held for long enough, now that it holds. */
    private boolean heldLongEnough(long time) {
        if (rule.heldFor() == 0) {
            return true;
        }
        if (rule.hours() != null && !isAllDay(rule.hours())) {
            LocalDate day = day(rule.hours(), time);
            if (!day.equals(heldOn)) {
                stopHolding("another day");
            }
            heldOn = day;
        }
        if (heldSince == null) {
            heldSince = time;
        }
        boolean longEnough = time - heldSince >= rule.heldFor();
        replay.saw(longEnough ? "held for long enough" : "held, but not yet for long enough");
        return longEnough;
    }

    private static boolean isAllDay(Hours hours) {
        return hours.from() == 0 && hours.to() == 24 * 60 * 60;
    }

    private void stopHolding(String because) {
        if (heldSince != null) {
            replay.saw("no longer held because of " + because);
        }
        heldSince = null;
    }

    private void checkLate(Tick tick, int place) {
        if (rule.on() != Rule.On.TRADE || !looksAt(place, tick.time())) {
            return;
        }
        counts.checked++;
        counts.lastTick = Math.max(counts.lastTick, tick.time());
        BigDecimal multiplier = tape.multiplierAt(place);
        List<Reason> why = why(rule.when(), false, 0, condition -> NaiveMetrics.ownValue(condition, tick, multiplier));
        if (why != null && rule.heldFor() == 0 && !isOfSilence()) {
            raise(new Met(tick, null, tick.time(), null, true, why), tape.reachedAt.get(place));
        }
    }

    private void checkLateQuote(Quote quote, int place) {
        long reached = tape.reachedAt.get(place);
        if (NaiveQuotes.isTooLate(quote, tape.takenBefore(place), reached, tape.settings)) {
            replay.saw("late quote that is too late");
            return;
        }
        replay.saw("late quote");
        if (rule.on() != Rule.On.QUOTE || !looksAt(place, quote.time())) {
            return;
        }
        counts.checked++;
        counts.lastTick = Math.max(counts.lastTick, quote.time());
        List<Reason> why = why(rule.when(), false, 0, condition -> NaiveMetrics.ownValue(condition, quote));
        if (why != null && rule.heldFor() == 0) {
            raise(new Met(null, quote, quote.time(), null, true, why), reached);
        }
    }

    // Silence.

    private boolean isOfSilence() {
        return rule.when() instanceof Condition condition && condition.metric() == Metric.SILENCE_SECONDS;
    }

    /** A silence that begins with a tick is raised unless the next one comes too soon, or the end of the input. */
    private void waitFrom(int now) {
        Tick tick = tape.trades.get(now);
        int place = tape.placeOfTrade.get(now);
        Condition condition = (Condition) rule.when();
        BigDecimal millis = new BigDecimal(condition.limit().toString()).multiply(new BigDecimal(1000));
        long time = tick.time()
                + (condition.is().sign().equals(">")
                        ? millis.setScale(0, RoundingMode.FLOOR).longValueExact() + 1
                        : millis.setScale(0, RoundingMode.CEILING).longValueExact());
        boolean isLast = now + 1 == tape.trades.size();
        int ceases = following.ceases(rule, place);
        if (isLast ? tape.lastWatermark < time : tape.trades.get(now + 1).time() < time) {
            replay.saw(isLast ? "silence until the end" : "silence that ended too soon");
        } else if (ceases >= 0 && tape.reachedAt.get(ceases) < time) {
            replay.saw("silence when the rule does not apply any more");
        } else if (!looksAt(place, time)) {
            replay.saw("silence when the rule does not look");
        } else {
            replay.saw(isLast ? "silence found by the watermark" : "silence found by the next tick at the latest");
            Evidence evidence = evidence(
                    condition, (time - tick.time()) / 1000.0, condition.is().sign());
            raise(new Met(tick, null, time, null, false, List.of(new Reason(0, evidence))), time - 1);
        }
    }

    // Flags.

    /** @param reached the event time that is over */
    private void raise(Met met, long reached) {
        if (covers(lastInOrder, met) && !isOver(lastInOrder, reached)) {
            suppress(lastInOrder, met);
        } else if (raised.stream().anyMatch(each -> covers(each, met) && isOver(each, reached))) {
            replay.undecided.add(rule.id());
        } else if (covers(lastLate, met)) {
            suppress(lastLate, met);
        } else {
            Raised flag = new Raised(met, new ArrayList<>());
            raised.add(flag);
            counts.flagged++;
            if (rule.on() == Rule.On.QUOTE) {
                replay.saw((met.late ? "late flag" : "flag") + " on a quote" + (rule.heldFor() > 0 ? ", held" : ""));
            }
            replay.saw((met.late ? "late flag" : "flag") + (rule.status() == Rule.Status.SHADOW ? " in shadow" : ""));
            if (met.late) {
                lastLate = flag;
            } else {
                lastInOrder = flag;
            }
        }
    }

    private void suppress(Raised flag, Met met) {
        flag.suppressed.add(met);
        counts.suppressed++;
        replay.saw((met.late ? "late check" : "check") + " suppressed for a " + (flag.met.late ? "late flag" : "flag"));
    }

    private boolean covers(Raised flag, Met met) {
        return flag != null && flag.met.time <= met.time && met.time < flag.met.time + rule.cooldown();
    }

    private boolean isOver(Raised flag, long reached) {
        return reached >= flag.met.time + rule.cooldown() - 1 && rule.cooldown() > 0;
    }

    // Evidence.

    /**
     * The conditions because of which it holds, or with {@code not} because of which it does not; null if it does, or
     * does not.
     *
     * @param firstPlace the place of its first condition among the rule's
     */
    private List<Reason> why(When when, boolean not, int firstPlace, Function<Condition, NaiveValue> values) {
        if (when instanceof Condition condition) {
            NaiveValue value = values.apply(condition);
            if ((value != null && isMet(value, condition)) == not) {
                return null;
            }
            if (value == null) {
                replay.saw("not met for want of a value");
                return List.of();
            }
            String is = not ? inverse(condition.is().sign()) : condition.is().sign();
            return List.of(new Reason(firstPlace, evidence(condition, value.nearest(), is)));
        }
        if (when instanceof When.Not negated) {
            return why(negated.of(), !not, firstPlace, values);
        }
        List<Reason> reasons = new ArrayList<>();
        int holding = 0;
        int place = firstPlace;
        List<When> parts = when instanceof When.All all ? all.of() : ((When.Any) when).of();
        for (When part : parts) {
            List<Reason> ofPart = why(part, not, place, values);
            if (ofPart != null) {
                holding++;
                reasons.addAll(ofPart);
            }
            place += countConditions(part);
        }
        // Not all of them: any of them not. Not any of them: all of them not.
        boolean needsAll = when instanceof When.All != not;
        return holding == parts.size() || holding > 0 && !needsAll ? reasons : null;
    }

    private static int countConditions(When when) {
        if (when instanceof When.Not not) {
            return countConditions(not.of());
        } else if (when instanceof When.All all) {
            return all.of().stream().mapToInt(NaiveRules::countConditions).sum();
        } else if (when instanceof When.Any any) {
            return any.of().stream().mapToInt(NaiveRules::countConditions).sum();
        }
        return 1;
    }

    private static boolean isMet(NaiveValue value, Condition condition) {
        int compared = value.compareTo(condition.limit());
        return switch (condition.is().sign()) {
            case ">" -> compared > 0;
            case ">=" -> compared >= 0;
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            default -> throw new AssertionError(condition);
        };
    }

    private static String inverse(String sign) {
        return Map.of(">", "<=", ">=", "<", "<", ">=", "<=", ">").get(sign);
    }

    private static Evidence evidence(Condition condition, double value, String is) {
        String over = condition.metric().isWindowed() ? canonical(condition.over()) : null;
        String baseline = condition.metric().isCompared() ? canonical(condition.baseline()) : null;
        return new Evidence(condition.metric().word(), over, baseline, value, is, condition.limit());
    }

    private static List<Evidence> evidence(List<Reason> why) {
        return why.stream().map(Reason::evidence).toList();
    }

    /**
     * Of each condition that was met by the flag or by one of those suppressed for it, the most extreme value, and the time
     * of the first that had it.
     */
    private List<Extreme> mostExtreme(Raised flag) {
        Map<Integer, Extreme> byPlace = new TreeMap<>();
        flag.met.why.forEach(each -> byPlace.put(each.place, new Extreme(each.evidence, flag.met.time)));
        for (Met met : flag.suppressed) {
            for (Reason each : met.why) {
                Extreme before = byPlace.get(each.place);
                boolean isMore = before == null
                        || (each.evidence.is().startsWith(">")
                                ? each.evidence.value() > before.evidence().value()
                                : each.evidence.value() < before.evidence().value());
                if (isMore) {
                    byPlace.put(each.place, new Extreme(each.evidence, met.time));
                    replay.saw(before == null ? "another condition while quiet" : "more extreme while quiet");
                }
            }
        }
        return List.copyOf(byPlace.values());
    }

    /** A duration in the largest unit that divides it. */
    private static String canonical(long millis) {
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        } else if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        } else if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private NaiveFlag flag(Met met, int revision, long suppressed, List<Extreme> mostExtreme, Long lastTime) {
        String symbol = met.tick == null ? met.quote.symbol() : met.tick.symbol();
        Origin origin = met.tick == null ? met.quote.origin() : met.tick.origin();
        String id = String.join(
                ":",
                rule.id(),
                String.valueOf(rule.version()),
                symbol,
                String.valueOf(met.time),
                String.valueOf(origin.partition()),
                String.valueOf(origin.offset()));
        return new NaiveFlag(
                rule.id(),
                met.time,
                isOfSilence() ? 0 : met.tick == null ? met.quote.nanos() : met.tick.nanos(),
                revision,
                suppressed,
                met.late,
                rule.status() == Rule.Status.SHADOW,
                rule.on(),
                met.previousPrice,
                met.tick == null ? null : met.tick.price(),
                met.quote == null ? null : met.quote.bid(),
                met.quote == null ? null : met.quote.ask(),
                evidence(met.why),
                mostExtreme,
                lastTime,
                id);
    }
}
