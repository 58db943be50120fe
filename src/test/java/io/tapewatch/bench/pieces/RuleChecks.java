package io.tapewatch.bench.pieces;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.Closes;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.trade.Eligibility;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tick of one symbol is checked against rules whose windows are full of ticks. */
@State(Scope.Thread)
public class RuleChecks {

    private static final int TICKS = 1 << 14;
    private static final Instrument INSTRUMENT = Instrument.unknown("BTC-USD");
    private static final Decimal HUNDRED = Decimal.of("100");
    private static final Closes CLOSES = time -> HUNDRED;
    private static final Consumer<Flag> UNMET = flag -> {
        throw new AssertionError(flag);
    };

    /** What the rules check. */
    @Param
    public RuleKind kind;

    /** How many rules. */
    @Param({"1", "10", "100"})
    public int rules;

    /** How many ticks the window of five minutes holds. */
    @Param({"10", "1000", "100000"})
    public int held;

    private final RuleBook book =
            new RuleBook(new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, false, false));
    private final Tick[] ticks = new Tick[TICKS];
    private SymbolRules full;
    private SymbolRules memory;

    // The market.
    private final SplittableRandom random = new SplittableRandom(1);
    private double time = Trades.START;
    private double price = 100;
    private long offset;

    @Setup
    public void fill() {
        for (int i = 0; i < rules; i++) {
            book.restore(kind.rule(i));
        }
        full = new SymbolRules();
        // Until a baseline is full.
        while (time < Trades.START + 1.1 * (RuleKind.OVER + RuleKind.BASELINE)) {
            check(full, next());
        }
        for (int i = 0; i < TICKS; i++) {
            ticks[i] = next();
        }
    }

    /** Time goes on in one direction: the same ticks can follow again only on what was there before them. */
    @Setup(Level.Invocation)
    public void turnBack() {
        memory = full.copy();
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public SymbolRules check() {
        for (Tick tick : ticks) {
            check(memory, tick);
        }
        return memory;
    }

    private void check(SymbolRules of, Tick tick) {
        of.check(tick, Eligibility.ALL, QuoteAtTrade.NOTHING, INSTRUMENT, book, CLOSES, UNMET);
    }

    private Tick next() {
        time += RuleKind.OVER / (double) held;
        price = Math.max(50, Math.min(200, price + (random.nextInt(21) - 10) * 0.01));
        return Ticks.of(
                INSTRUMENT.symbol(),
                Math.rint(price * 100) / 100,
                (1 + random.nextInt(1_000_000)) / 1e6,
                (long) time,
                null,
                Tick.NO_SEQ,
                Side.BUY,
                null,
                null,
                new Origin(0, offset++, (long) time, Origin.Stamp.LOG_APPEND_TIME));
    }
}
