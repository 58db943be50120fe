package io.tapewatch.domain.check;

import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reader of flags' messages: it finds in the sentence what is said of each condition, and checks that it is true of the
 * values that the flag carries. It knows the sentences and nothing of how they are made.
 */
final class FlagSentences {

    private static final String NUMBER = "((?:just over |just under )?-?[0-9]+(?:[.][0-9]+)?)";

    /** A value has two digits, or more. */
    private static final double ROUNDING = 0.05 + 1e-9;

    private static final long DAY = 86_400_000;

    /**
     * A sentence about a value.
     *
     * @param text what it says, with N for the number and OVER for the window's length
     * @param factor what the number is multiplied with to be the value
     * @param value the value where no number is said
     */
    private record Form(String text, double factor, double value) {
        boolean isZero() {
            return factor == 0 && value == 0;
        }
    }

    private final Flag flag;
    private final String message;
    private final LongFunction<List<Double>> pricesAt;
    private final boolean isQuote;
    private int place;

    /** @param pricesAt the prices of the ticks of a time */
    private FlagSentences(Flag flag, LongFunction<List<Double>> pricesAt) {
        this.flag = flag;
        this.message = flag.message();
        this.pricesAt = pricesAt;
        this.isQuote = flag.on() == Rule.On.QUOTE;
    }

    /**
     * Checks what a flag says.
     *
     * @param pricesAt the prices of the ticks of a time
     * @throws AssertionError if a part of it is not true, or not said
     */
    static void check(Flag flag, LongFunction<List<Double>> pricesAt) {
        new FlagSentences(flag, pricesAt).check();
    }

    private void check() {
        expect(Pattern.quote(flag.symbol() + " "));
        if (flag.evidence().isEmpty()) {
            expect("(traded at " + NUMBER + "|was quoted, (bid|ask) .*?), where no condition has a value");
        }
        for (int i = 0; i < flag.evidence().size(); i++) {
            if (i > 0) {
                expect(", ");
            }
            told(flag.evidence().get(i), i == 0, i == 0, flag.time());
        }
        if (flag.revision() > 0) {
            repeats();
        }
        require(place == message.length(), "nothing more");
    }

    private void repeats() {
        boolean isOnce = flag.suppressed() == 1;
        expect("; again " + (isOnce ? "once, at " : flag.suppressed() + " times until ") + clock(flag.lastTime()));
        List<Extreme> later = new ArrayList<>();
        for (Extreme extreme : flag.mostExtreme()) {
            require(
                    extreme.time() >= flag.time() && extreme.time() <= flag.lastTime(),
                    "extremes within the time of the flag");
            if (!flag.evidence().contains(extreme.evidence())) {
                later.add(extreme);
            }
        }
        boolean isSilence = flag.mostExtreme().stream()
                .anyMatch(each -> each.evidence().metric().equals(Metric.SILENCE_SECONDS.word()));
        if (later.isEmpty() && !flag.evidence().isEmpty() && !isSilence) {
            expect(isOnce ? ", not more extreme" : ", none more extreme");
        }
        String next = isOnce ? ": " : ", most extreme at ";
        while (!later.isEmpty()) {
            Extreme first = later.remove(0);
            expect(next + (isOnce ? "" : clock(first.time()) + ": "));
            told(first.evidence(), true, !wasMetAtFirst(first.evidence()), first.time());
            // What follows is of the same check, so of the same time.
            while (message.startsWith(", ", place)) {
                expect(", ");
                toldNext(later, first.time());
            }
            next = "; at ";
        }
    }

    /** The first one of this time that is told here. */
    private void toldNext(List<Extreme> later, long time) {
        int begin = place;
        for (Extreme each : later) {
            if (each.time() == time) {
                try {
                    told(each.evidence(), false, !wasMetAtFirst(each.evidence()), time);
                    later.remove(each);
                    return;
                } catch (AssertionError e) {
                    place = begin;
                }
            }
        }
        require(false, "one of " + later);
    }

    private boolean wasMetAtFirst(Evidence evidence) {
        return flag.evidence().stream()
                .anyMatch(each -> each.metric().equals(evidence.metric())
                        && String.valueOf(each.over()).equals(String.valueOf(evidence.over()))
                        && String.valueOf(each.baseline()).equals(String.valueOf(evidence.baseline()))
                        && each.is().equals(evidence.is())
                        && each.limit().equals(evidence.limit()));
    }

    private String clock(long time) {
        String text = Instant.ofEpochMilli(time).toString();
        return Math.floorDiv(time, DAY) == Math.floorDiv(flag.time(), DAY) ? text.substring(11) : text;
    }

    private void told(Evidence evidence, boolean isFirst, boolean withLimit, long time) {
        Metric metric = Stream.of(Metric.values())
                .filter(each -> each.word().equals(evidence.metric()))
                .findFirst()
                .orElseThrow();
        for (Form form : forms(metric, isFirst)) {
            String text = form.text.replace("OVER", String.valueOf(evidence.over()));
            Matcher said = Pattern.compile(text.replace("N", NUMBER)).matcher(message);
            said.region(place, message.length());
            if (said.lookingAt()) {
                place = said.end();
                double value = form.factor == 0 ? form.value : form.factor * number(said.group(1));
                require(
                        value != 0
                                || form.factor == 0
                                || forms(metric, isFirst).stream().noneMatch(Form::isZero),
                        "zero in its own words");
                checkValue(evidence, value, said.group());
                if (withLimit) {
                    Matcher limit = expect(" \\(limit " + NUMBER + "( %| bps)?\\)");
                    require(
                            Double.parseDouble(limit.group(1))
                                    == evidence.limit().nearest(),
                            "the limit");
                }
                if (isFirst) {
                    checkPrices(metric, evidence, time);
                }
                return;
            }
        }
        require(false, evidence + " in words");
    }

    private void checkValue(Evidence evidence, double said, String words) {
        double value = evidence.value();
        require(Math.signum(said) == Math.signum(value), words + " for " + value);
        require(Math.abs(said - value) <= ROUNDING * Math.abs(value), words + " for " + value);
        double limit = evidence.limit().nearest();
        boolean holds =
                switch (evidence.is()) {
                    case ">" -> said > limit;
                    case ">=" -> said >= limit;
                    case "<" -> said < limit;
                    default -> said <= limit;
                };
        require(holds, words + " " + evidence.is() + " " + limit);
        require(!words.contains("only") || said < 100 && evidence.is().startsWith("<"), "only " + said);
    }

    /** What is just over or under a number is the next double. */
    private static double number(String text) {
        double number = Double.parseDouble(text.replaceFirst("just (over|under) ", ""));
        return text.startsWith("just over")
                ? Math.nextUp(number)
                : text.startsWith("just under") ? Math.nextDown(number) : number;
    }

    private void checkPrices(Metric metric, Evidence evidence, long time) {
        if (isQuote) {
            expect(", (bid " + NUMBER + " and no ask|ask " + NUMBER + " and no bid|bid " + NUMBER
                    + "(, ask | above ask )" + NUMBER + ")");
            return;
        }
        switch (metric) {
            case PRICE -> checkPrice(evidence.value(), time);
            case SIZE, NOTIONAL -> {}
            case TICK_CHANGE_PCT,
                    CHANGE,
                    CHANGE_PCT,
                    FROM_HIGH_PCT,
                    FROM_LOW_PCT,
                    DAY_CHANGE_PCT,
                    VWAP_DEVIATION_PCT -> {
                if (evidence.value() == 0) {
                    checkPrice(Double.parseDouble(expect(", at " + NUMBER).group(1)), time);
                } else {
                    Matcher move = expect(", " + NUMBER + " → " + NUMBER);
                    double from = Double.parseDouble(move.group(1));
                    double to = Double.parseDouble(move.group(2));
                    require(Math.signum(to - from) == Math.signum(evidence.value()), "prices that moved so");
                    checkPrice(to, time);
                }
            }
            case SILENCE_SECONDS -> {
                String last = Instant.ofEpochMilli(time - Math.round(evidence.value() * 1000))
                        .toString();
                Matcher said = expect(", last at " + NUMBER + " at " + Pattern.quote(last));
                checkPrice(
                        Double.parseDouble(said.group(1)), Instant.parse(last).toEpochMilli());
            }
            default ->
                checkPrice(
                        Double.parseDouble(
                                expect(", (?:when it traded )?at " + NUMBER).group(1)),
                        time);
        }
    }

    private void checkPrice(double price, long time) {
        require(pricesAt.apply(time).contains(price), "a price of the ticks at " + Instant.ofEpochMilli(time));
    }

    private List<Form> forms(Metric metric, boolean isFirst) {
        return switch (metric) {
            case PRICE -> List.of(says("traded at N"));
            case SIZE -> List.of(says("traded a size of N at " + NUMBER));
            case NOTIONAL -> List.of(says("traded a notional of N at " + NUMBER));
            case TICK_CHANGE_PCT -> moves("N % since the tick before", is("is unchanged from the tick before", 0));
            case CHANGE -> moves("N in OVER", is("is unchanged from OVER before", 0));
            case CHANGE_PCT -> moves("N % in OVER", is("is unchanged from OVER before", 0));
            case DAY_CHANGE_PCT -> moves("N % since the previous close", is("is unchanged from the previous close", 0));
            case GAP_SECONDS ->
                List.of(says("ticked after N s without a tick"), is("ticked at the same time as the tick before", 0));
            case RANGE_PCT -> List.of(says("ranged over N % in OVER"), is("kept one price in OVER", 0));
            case FROM_HIGH_PCT -> List.of(minus("is N % below its high of OVER"), is("is at its high of OVER", 0));
            case FROM_LOW_PCT -> List.of(says("is N % above its low of OVER"), is("is at its low of OVER", 0));
            case COUNT -> List.of(says("ticked N times in OVER"), is("ticked once in OVER", 1));
            case VOLUME -> List.of(says("traded a volume of N in OVER"));
            case TURNOVER -> List.of(says("turned over N in OVER"));
            case VWAP_DEVIATION_PCT ->
                List.of(
                        says("traded N % above its VWAP of OVER"),
                        minus("traded N % below its VWAP of OVER"),
                        is("traded at its VWAP of OVER", 0));
            case RETURN_Z_SCORE ->
                List.of(
                        says("rose by N standard deviations of its returns in OVER"),
                        minus("fell by N standard deviations of its returns in OVER"),
                        is("moved by 0 standard deviations of its returns in OVER", 0));
            case SIZE_RATIO -> List.of(says("traded N times its mean size of OVER"));
            case VOLUME_RATIO ->
                List.of(says(isFirst ? "traded N times its usual volume in OVER" : "on N times its usual volume"));
            case COUNT_RATIO ->
                List.of(says(
                        isFirst ? "ticked N times as often as usual in OVER" : "with N times as many ticks as usual"));
            case SPREAD_BPS -> {
                String verb = !isFirst ? "" : isQuote ? "was quoted " : "traded ";
                yield List.of(
                        says(verb + (isQuote ? "with" : "on") + " a spread of N bps"),
                        minus(verb + (isQuote ? "" : "on a quote ") + "crossed by N bps"));
            }
            case OFF_QUOTE_BPS -> List.of(says("traded N bps outside its quote"), is("traded within its quote", 0));
            case QUOTE_AGE_SECONDS -> List.of(says("traded on a quote that was N s old"));
            case BUY_PCT -> {
                String verb = isFirst ? "saw buyers take " : "with buyers taking ";
                yield List.of(
                        says(verb + "(?:only )?N % of its volume in OVER"), is(verb + "none of its volume in OVER", 0));
            }
            case QUOTE_COUNT ->
                List.of(
                        says("was quoted N times in OVER"),
                        is("was quoted once in OVER", 1),
                        is("was not quoted in OVER", 0));
            case QUOTE_RATIO ->
                List.of(says(
                        isFirst
                                ? "was quoted N times as often as usual in OVER"
                                : "with N times as many quotes as usual"));
            case SILENCE_SECONDS -> List.of(says("has not ticked for N s"));
        };
    }

    private static List<Form> moves(String text, Form unchanged) {
        return List.of(says("rose " + text), minus("fell " + text), unchanged);
    }

    private static Form says(String text) {
        return new Form(text, 1, Double.NaN);
    }

    private static Form minus(String text) {
        return new Form(text, -1, Double.NaN);
    }

    private static Form is(String text, double value) {
        return new Form(text, 0, value);
    }

    /** Reads on past what must stand here. */
    private Matcher expect(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(message);
        matcher.region(place, message.length());
        require(matcher.lookingAt(), pattern);
        place = matcher.end();
        return matcher;
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError("\"" + message + "\": expected " + expected + " at \"" + message.substring(place)
                    + "\" of " + flag);
        }
    }
}
