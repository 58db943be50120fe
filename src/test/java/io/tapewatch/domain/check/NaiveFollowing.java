package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rules apply to a symbol when, and what they can know then: what was shown while none of them applied was missed
 * by all, and a window that no rule asked for is not known of what was shown before.
 *
 * <p>This changes only when something becomes known about the instrument. The stretches between are numbered from 0; in
 * the first one, all rules have been there from the start.
 */
final class NaiveFollowing {

    private final NaiveTape tape;

    /** Of each stretch the place where it begins. */
    private final List<Integer> begins = new ArrayList<>(List.of(0));

    /** Of each stretch the rules that apply. */
    private final List<List<Rule>> applying = new ArrayList<>();

    private final List<Set<Need>> needs = new ArrayList<>();

    /** Something of the ticks, or the quotes, of a window, or of the baseline before it. */
    private record Need(String what, long over, long baseline) {
        boolean isOfQuotes() {
            return what.equals("quotes");
        }
    }

    NaiveFollowing(List<Rule> rules, NaiveTape tape) {
        this.tape = tape;
        for (int place = 0; place < tape.shown.size(); place++) {
            if (tape.shown.get(place) instanceof Shown.Known && place > 0) {
                begins.add(place);
            }
        }
        for (int begin : begins) {
            List<Rule> now =
                    rules.stream().filter(rule -> whyNot(rule, begin) == null).toList();
            applying.add(now);
            needs.add(now.stream()
                    .flatMap(rule -> rule.when().conditions().stream())
                    .filter(condition -> condition.metric().isWindowed())
                    .flatMap(condition -> needs(condition).stream())
                    .collect(Collectors.toSet()));
        }
    }

    // Which rules apply.

    boolean applies(Rule rule, int place) {
        return applying.get(stretch(place)).contains(rule);
    }

    /** Why a rule does not apply at a place; null if it does. */
    String whyNot(Rule rule, int place) {
        String symbol = symbol();
        Instrument instrument = tape.shown.isEmpty() ? null : tape.instrumentAt.get(place);
        if (rule.status() == Rule.Status.PAUSED) {
            return "paused";
        } else if (rule.symbols().stream().noneMatch(each -> fits(symbol, each))) {
            return "other symbols";
        } else if (rule.except().stream().anyMatch(each -> fits(symbol, each))) {
            return "except";
        } else if (!rule.sectors().isEmpty() && !isOneOf(rule.sectors(), instrument, Instrument::sector)) {
            return "other sectors";
        } else if (!rule.venues().isEmpty() && !isOneOf(rule.venues(), instrument, Instrument::venue)) {
            return "other venues";
        }
        return null;
    }

    private static boolean isOneOf(List<String> names, Instrument instrument, Function<Instrument, String> name) {
        return instrument != null && names.stream().anyMatch(each -> each.equals(name.apply(instrument)));
    }

    private String symbol() {
        for (Shown each : tape.shown) {
            if (each instanceof Shown.InOrder inOrder) {
                return inOrder.tick().symbol();
            } else if (each instanceof Shown.Late late) {
                return late.tick().symbol();
            } else if (each instanceof Shown.QuoteInOrder inOrder) {
                return inOrder.quote().symbol();
            } else if (each instanceof Shown.LateQuote late) {
                return late.quote().symbol();
            }
        }
        return "";
    }

    private static boolean fits(String symbol, String pattern) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return symbol.matches(regex);
    }

    private int stretch(int place) {
        int stretch = begins.size() - 1;
        while (begins.get(stretch) > place) {
            stretch--;
        }
        return stretch;
    }

    /** The first place after this one from which on a rule that applies here does not apply; −1 for none. */
    int ceases(Rule rule, int place) {
        for (int stretch = stretch(place) + 1; stretch < begins.size(); stretch++) {
            if (!applying.get(stretch).contains(rule)) {
                return begins.get(stretch);
            }
        }
        return -1;
    }

    // What they know.

    /** Whether rules have followed the symbol's ticks, or its quotes, from one place to the other without a break. */
    boolean followsFrom(int place, int to, boolean ofQuotes) {
        return followedSince(stretch(to), ofQuotes) <= stretch(place);
    }

    /** Since which stretch rules have followed the symbol without a break. */
    private int followedSince(int stretch, boolean ofQuotes) {
        int since = stretch;
        while (since > 0 && isFollowed(since - 1, ofQuotes)) {
            since--;
        }
        return since;
    }

    /** Ticks are followed while there is any rule, quotes only while one looks at each of them or counts them. */
    private boolean isFollowed(int stretch, boolean ofQuotes) {
        return ofQuotes
                ? applying.get(stretch).stream().anyMatch(rule -> rule.on() == Rule.On.QUOTE)
                        || needs.get(stretch).stream().anyMatch(Need::isOfQuotes)
                : !applying.get(stretch).isEmpty();
    }

    /**
     * Whether a condition's windows are known at a place.
     *
     * @param begin the first time of its window
     * @param beginOfBaseline the first time of the baseline, where it has one
     */
    boolean knows(Condition condition, int place, long begin, long beginOfBaseline) {
        return needs(condition).stream()
                .allMatch(need -> (need.baseline == 0 ? begin : beginOfBaseline) > knownAfter(need, stretch(place)));
    }

    /** The time after which all that was shown is known of what is needed. */
    private long knownAfter(Need need, int stretch) {
        int since = stretch;
        while (since > 0 && needs.get(since - 1).contains(need)) {
            since--;
        }
        if (since == 0) {
            return Long.MIN_VALUE;
        }
        // Where rules had followed the symbol, they missed of this window what they had seen; else what had gone by.
        int followedSince = followedSince(since, need.isOfQuotes());
        long missed = followedSince == 0 ? Long.MIN_VALUE : tape.reachedAt.get(begins.get(followedSince));
        for (int place = begins.get(followedSince); place < begins.get(since); place++) {
            Shown each = tape.shown.get(place);
            if (each instanceof Shown.InOrder inOrder && !need.isOfQuotes()) {
                missed = inOrder.tick().time();
            } else if (each instanceof Shown.QuoteInOrder inOrder && need.isOfQuotes()) {
                missed = inOrder.quote().time();
            }
        }
        return missed;
    }

    /** What a condition needs to be known of its window and its baseline. */
    private static Set<Need> needs(Condition condition) {
        Set<Need> needs = new HashSet<>();
        for (String what : whatIsNeeded(condition.metric())) {
            needs.add(new Need(what, condition.over(), 0));
            if (condition.metric().isCompared()) {
                needs.add(new Need(what, condition.over(), condition.baseline()));
            }
        }
        return needs;
    }

    private static List<String> whatIsNeeded(Metric metric) {
        return switch (metric) {
            case CHANGE, CHANGE_PCT -> List.of("first price");
            case RANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT -> List.of("prices");
            case COUNT, COUNT_RATIO -> List.of("number");
            case VOLUME, SIZE_RATIO -> List.of("sizes");
            case VOLUME_RATIO -> List.of("number", "sizes");
            case TURNOVER, VWAP_DEVIATION_PCT -> List.of("sizes", "turnover");
            case RETURN_Z_SCORE -> List.of("returns");
            case BUY_PCT -> List.of("sides");
            case QUOTE_COUNT, QUOTE_RATIO -> List.of("quotes");
            default -> List.of();
        };
    }
}
