package io.tapewatch.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules as the documentation words them, with nothing remembered but the ticks: each check looks through the
 * earlier ones. Shares the records with the product and nothing else.
 */
public final class NaiveRules {

    private static final MathContext DIGITS = new MathContext(40);

    private NaiveRules() {}

    /** The flags that ticks of one symbol in order raise, each as {@link #text} shows it. */
    public static List<String> flags(List<Rule> rules, List<Tick> ticks) {
        List<Rule> byId = new ArrayList<>(rules);
        byId.sort(Comparator.comparing(Rule::id));
        Map<String, Long> lastFlag = new HashMap<>();
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i++) {
            for (Rule rule : byId) {
                Tick tick = ticks.get(i);
                Double value = value((Condition) rule.when(), ticks, i);
                Long last = lastFlag.get(rule.id());
                boolean quiet = last != null && tick.time() - last < rule.cooldown();
                if (value != null && meets(value, (Condition) rule.when()) && !quiet) {
                    flags.add(text(rule.id(), tick.time(), tick.origin().offset(), value));
                    lastFlag.put(rule.id(), tick.time());
                }
            }
        }
        return flags;
    }

    public static String text(Flag flag) {
        return text(
                flag.ruleId(),
                flag.time(),
                flag.offset(),
                flag.evidence().get(0).value());
    }

    private static String text(String rule, long time, long offset, double value) {
        return rule + " at " + time + " of offset " + offset + ": " + value;
    }

    private static Double value(Condition condition, List<Tick> ticks, int now) {
        Tick tick = ticks.get(now);
        return switch (condition.metric()) {
            case PRICE -> tick.price();
            case SIZE -> Double.isNaN(tick.size()) ? null : tick.size();
            case TICK_CHANGE_PCT ->
                now == 0 ? null : change(tick.price(), ticks.get(now - 1).price());
            default -> {
                long step = Math.max(1, (long) Math.ceil(condition.over() / 60.0));
                long from = tick.time() / step * step - 60 * step;
                int oldest = now;
                while (oldest > 0 && ticks.get(oldest - 1).time() >= from) {
                    oldest--;
                }
                yield oldest == now
                        ? null
                        : change(tick.price(), ticks.get(oldest).price());
            }
        };
    }

    private static Double change(double price, double base) {
        if (base <= 0) {
            return null;
        }
        return new BigDecimal(price)
                .divide(new BigDecimal(base), DIGITS)
                .subtract(BigDecimal.ONE)
                .multiply(new BigDecimal(100))
                .doubleValue();
    }

    private static boolean meets(double value, Condition condition) {
        int order = new BigDecimal(value).compareTo(new BigDecimal(condition.limit()));
        return switch (condition.is().sign()) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            default -> throw new AssertionError(condition);
        };
    }
}
