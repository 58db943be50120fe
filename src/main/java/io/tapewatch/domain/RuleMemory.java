package io.tapewatch.domain;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the rules remember of one symbol: the tick before, the trailing windows, and which rules are quiet.
 *
 * <p>It remembers for the rules that apply to the symbol, from the first tick checked while they are active: windows and
 * quiet times that no active rule needs are dropped at the next check after the book has changed, and everything when no
 * active rule applies any more. A check costs the same however many ticks a window holds, and nothing is allocated
 * unless a rule is met or a window grows.
 */
public final class RuleMemory {

    /** What {@link #forget} answers when nothing is left to forget. */
    public static final long NOTHING_KEPT = Long.MAX_VALUE;

    /** How long a tick is the tick before, in milliseconds: 32 days, longer than any cooldown. */
    static final long MAX_AGE = 32L * 24 * 60 * 60 * 1000;

    private static final int FORMAT = 0;
    private static final TrailingWindow[] NO_WINDOWS = {};
    private static final QuietRule[] NO_QUIET = {};

    private boolean hasLast;
    private double lastPrice;
    private long lastTime;

    // Once laid out for rules: a window for each of their overs, and a place, often empty, for each of them.
    private TrailingWindow[] windows = NO_WINDOWS;
    private QuietRule[] quiet = NO_QUIET;
    private RulesOfSymbol laidOutFor;

    /** Of a symbol without ticks. */
    public RuleMemory() {}

    /**
     * Checks the symbol's next tick, then remembers it.
     *
     * @param tick a tick that is not before the last one checked so
     * @param flags gets a flag for each rule that the tick meets and that is not quiet, in the order of their ids
     * @throws IllegalArgumentException if the tick is before the last one
     */
    public void check(Tick tick, RuleBook book, Consumer<Flag> flags) {
        if (hasLast && tick.time() < lastTime) {
            throw new IllegalArgumentException(
                    "A tick of " + tick.time() + " is checked after one of " + lastTime + ": " + tick);
        }
        RulesOfSymbol rules = rulesNow(tick, book);
        if (rules.rules.length == 0) {
            return;
        }
        hasLast &= tick.time() - lastTime <= MAX_AGE;
        for (TrailingWindow window : windows) {
            window.advanceTo(tick.time());
        }
        measure(tick, rules);
        flag(tick, rules, false, flags);
        for (TrailingWindow window : windows) {
            window.add(tick.time(), tick.price());
        }
        hasLast = true;
        lastPrice = tick.price();
        lastTime = tick.time();
    }

    /**
     * Checks a tick that came behind the watermark by what it says itself, its price and size: all other metrics have no
     * value. It changes no window and is nobody's tick before. Its flag says {@code late}.
     *
     * <p>A rule that is quiet at the tick's event time is quiet for it. A late flag makes its rule quiet in its turn, for
     * late ticks and for the others; the quiet time that began with a flag in order stays as it is.
     */
    public void checkLate(Tick tick, RuleBook book, Consumer<Flag> flags) {
        RulesOfSymbol rules = rulesNow(tick, book);
        for (int i = 0; i < rules.measures.length; i++) {
            rules.values[i] = ownValue(tick, rules.measures[i].metric());
        }
        flag(tick, rules, true, flags);
    }

    private void measure(Tick tick, RulesOfSymbol rules) {
        for (int i = 0; i < rules.measures.length; i++) {
            RulesOfSymbol.Measure measure = rules.measures[i];
            switch (measure.metric()) {
                case PRICE, SIZE -> rules.values[i] = ownValue(tick, measure.metric());
                case TICK_CHANGE_PCT -> measureChange(tick, rules, i, hasLast ? lastPrice : Double.NaN);
                case CHANGE_PCT -> measureChange(tick, rules, i, windows[measure.window()].oldestPrice());
                default -> rules.values[i] = Double.NaN;
            }
        }
    }

    /** A change from a base that is not above zero, or that there is none of, has no value. */
    private static void measureChange(Tick tick, RulesOfSymbol rules, int place, double base) {
        rules.bases[place] = base;
        rules.values[place] = base > 0 ? Percent.change(tick.price(), base) : Double.NaN;
    }

    /** The value of a metric that needs no other tick, or NaN. */
    private static double ownValue(Tick tick, Metric metric) {
        return switch (metric) {
            case PRICE -> tick.price();
            case SIZE -> tick.size(); // NaN when it has none
            default -> Double.NaN;
        };
    }

    private void flag(Tick tick, RulesOfSymbol rules, boolean late, Consumer<Flag> flags) {
        for (int i = 0; i < rules.rules.length; i++) {
            Rule rule = rules.rules[i];
            int measure = rules.measureOf[i];
            double value = rules.values[measure];
            if (((Condition) rule.when()).is().holds(value, ((Condition) rule.when()).limit())
                    && !isQuiet(i, tick.time(), rule.cooldown())) {
                flags.accept(flagOf(tick, rule, value, rules.bases[measure], late));
                if (rule.cooldown() > 0) {
                    if (quiet[i] == null) {
                        quiet[i] = new QuietRule(rule);
                    }
                    quiet[i].flagged(tick.time(), rule.cooldown(), late);
                }
            }
        }
    }

    private boolean isQuiet(int rule, long time, long cooldown) {
        return quiet[rule] != null && quiet[rule].isQuietAt(time, cooldown);
    }

    private Flag flagOf(Tick tick, Rule rule, double value, double base, boolean late) {
        Condition when = (Condition) rule.when();
        int partition = tick.origin().partition();
        long offset = tick.origin().offset();
        return new Flag(
                rule.id()
                        + ':'
                        + rule.version()
                        + ':'
                        + tick.symbol()
                        + ':'
                        + tick.time()
                        + ':'
                        + partition
                        + ':'
                        + offset,
                rule.id(),
                rule.version(),
                rule.severity(),
                tick.symbol(),
                tick.time(),
                tick.price(),
                tick.hasSize() ? tick.size() : null,
                hasLast && !late ? lastPrice : null,
                tick.id(),
                tick.hasSeq() ? tick.seq() : null,
                tick.side(),
                tick.venue(),
                tick.conditions(),
                partition,
                offset,
                List.of(new Evidence(
                        when.metric().word(),
                        when.metric().isWindowed() ? Durations.format(when.over()) : null,
                        value,
                        when.is().sign(),
                        when.limit())),
                FlagMessage.of(tick, when, value, base),
                0,
                0,
                late);
    }

    /** The rules that apply to the tick, with windows and quiet times laid out for them. */
    private RulesOfSymbol rulesNow(Tick tick, RuleBook book) {
        if (laidOutFor == null || !book.isCurrent(laidOutFor)) {
            layOutFor(book.rulesOf(tick.symbol()));
        }
        return laidOutFor;
    }

    private void layOutFor(RulesOfSymbol rules) {
        TrailingWindow[] newWindows = new TrailingWindow[rules.overs.length];
        for (int i = 0; i < newWindows.length; i++) {
            newWindows[i] = windowOver(rules.overs[i]);
        }
        QuietRule[] newQuiet = new QuietRule[rules.rules.length];
        for (int i = 0; i < newQuiet.length; i++) {
            newQuiet[i] = quietOf(rules.rules[i]);
        }
        windows = newWindows;
        quiet = newQuiet;
        hasLast &= rules.rules.length > 0;
        laidOutFor = rules;
    }

    private TrailingWindow windowOver(long over) {
        for (TrailingWindow window : windows) {
            if (window.over() == over) {
                return window;
            }
        }
        return new TrailingWindow(over);
    }

    private QuietRule quietOf(Rule rule) {
        for (QuietRule each : quiet) {
            if (each != null && each.isOf(rule)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Drops what no tick of this event time or a later one can meet: a tick before that is too old, steps of windows, and
     * quiet times that are over. For a symbol that has gone silent; a check needs it not.
     *
     * @return the event time at which to ask again, or {@link #NOTHING_KEPT}
     */
    public long forget(long time) {
        hasLast &= time - lastTime <= MAX_AGE;
        for (TrailingWindow window : windows) {
            window.advanceTo(time);
        }
        for (int i = 0; i < quiet.length; i++) {
            if (quiet[i] != null && quiet[i].isOverAt(time)) {
                quiet[i] = null;
            }
        }
        return isEmpty() ? NOTHING_KEPT : (hasLast ? lastTime : time) + MAX_AGE + 1;
    }

    /** Whether nothing is remembered, so that nothing need be kept. */
    public boolean isEmpty() {
        return !hasLast && countWindows() == 0 && countQuiet() == 0;
    }

    private int countWindows() {
        int count = 0;
        for (TrailingWindow window : windows) {
            count += window.isEmpty() ? 0 : 1;
        }
        return count;
    }

    private int countQuiet() {
        int count = 0;
        for (QuietRule each : quiet) {
            count += each == null ? 0 : 1;
        }
        return count;
    }

    public RuleMemory copy() {
        RuleMemory copy = new RuleMemory();
        copy.hasLast = hasLast;
        copy.lastPrice = lastPrice;
        copy.lastTime = lastTime;
        copy.windows = new TrailingWindow[windows.length];
        Arrays.setAll(copy.windows, i -> windows[i].copy());
        copy.quiet = new QuietRule[quiet.length];
        Arrays.setAll(copy.quiet, i -> quiet[i] == null ? null : quiet[i].copy());
        copy.laidOutFor = laidOutFor;
        return copy;
    }

    /** Writes it as {@link #readFrom} reads it: a byte for the format's version, then what is remembered. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeBoolean(hasLast);
        if (hasLast) {
            out.writeDouble(lastPrice);
            out.writeLong(lastTime);
        }
        out.writeShort(countWindows());
        for (TrailingWindow window : windows) {
            if (!window.isEmpty()) {
                window.writeTo(out);
            }
        }
        out.writeShort(countQuiet());
        for (QuietRule each : quiet) {
            if (each != null) {
                each.writeTo(out);
            }
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException also if it was written by a later version of the job, in a format that is not known here
     */
    public static RuleMemory readFrom(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("What the rules remember is in format " + format + "; known is " + FORMAT);
        }
        RuleMemory memory = new RuleMemory();
        memory.hasLast = in.readBoolean();
        if (memory.hasLast) {
            memory.lastPrice = in.readDouble();
            memory.lastTime = in.readLong();
        }
        memory.windows = new TrailingWindow[in.readUnsignedShort()];
        for (int i = 0; i < memory.windows.length; i++) {
            memory.windows[i] = TrailingWindow.readFrom(in);
        }
        memory.quiet = new QuietRule[in.readUnsignedShort()];
        for (int i = 0; i < memory.quiet.length; i++) {
            memory.quiet[i] = QuietRule.readFrom(in);
        }
        return memory;
    }

    /** Whether both remember the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RuleMemory memory && Arrays.equals(written(), memory.written());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(written());
    }

    private byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
