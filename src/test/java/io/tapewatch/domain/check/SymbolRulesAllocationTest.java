package io.tapewatch.domain.check;

import static io.tapewatch.domain.Quotes.quote;
import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.trade.Eligibility;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolRulesAllocationTest {

    private static final int TICKS = 20_000;

    private final RuleBook book = Rules.book(
            "a: price > 1000",
            "b: size > 1000",
            "c: tickChangePct > 50",
            "d: changePct over 1m > 50",
            "e: changePct over 1h < -50");
    private final List<Tick> ticks = IntStream.range(0, TICKS)
            .mapToObj(i ->
                    tick("X").at(i * 100L).price(100 + i % 7 * 0.31).size(i % 5).tick())
            .toList();

    private final List<Quote> quotes = IntStream.range(0, TICKS)
            .mapToObj(i -> quote("X")
                    .at(i * 100L + 1)
                    .bid(100 + i % 7 * 0.31 - 0.02)
                    .ask(100 + i % 5 * 0.31 + 0.03)
                    .quote())
            .toList();

    @Test
    void aCheckThatMeetsNoRuleAllocatesNothing() {
        checkAll(); // loads and links everything
        long perTick = allocatedBy(this::checkAll) / TICKS;
        assertThat(perTick).as("bytes a tick; a flag takes about a thousand").isLessThan(4);
    }

    @Test
    void norDoesOneThatLooksAtSums() {
        RuleBook ofSums = Rules.book(
                "a: notional > 1e9",
                "b: gapSeconds > 1e6",
                "c: change over 1m > 1e6",
                "d: rangePct over 1m > 1e6",
                "e: fromHighPct over 1m > 1",
                "f: volume over 1m > 1e9",
                "g: turnover over 1m > 1e12",
                "h: vwapDeviationPct over 1m > 1e6",
                "i: sizeRatio over 1m > 1e6",
                "j: volumeRatio over 1m baseline 5m > 1e6",
                "k: countRatio over 1m baseline 5m > 1e6",
                "l: buyPct over 1m > 100");
        checkAll(ofSums);
        assertThat(allocatedBy(() -> checkAll(ofSums)) / TICKS)
                .as("bytes a tick")
                .isLessThan(4);
    }

    @Test
    void aSuppressedCheckAllocatesNoAverageThatItThrowsAway() {
        RuleBook quiet = Rules.book("it: vwapDeviationPct over 1m >= -50, cooldown 1h");
        Instrument instrument = Instrument.unknown("X");
        List<Flag> flags = new ArrayList<>();
        Runnable checkSuppressed = () -> {
            SymbolRules memory = new SymbolRules();
            for (Tick tick : ticks) {
                memory.check(
                        tick, Eligibility.ALL, QuoteAtTrade.NOTHING, instrument, quiet, Rules.NO_CLOSES, flags::add);
            }
        };
        checkSuppressed.run();
        assertThat(allocatedBy(checkSuppressed) / TICKS)
                .as("bytes a tick; two arrays of one, and the average takes some hundreds")
                .isLessThan(100);
        assertThat(flags).hasSize(2);
    }

    @Test
    void norDoesThatOfAQuote() {
        RuleBook onQuotes = Rules.book(
                "a: spreadBps > 1000, on quote",
                "b: quoteCount over 1s > 1000, on quote",
                "c: quoteRatio over 1s baseline 1m > 1000, on quote");
        Instrument instrument = Instrument.unknown("X");
        Runnable checkQuotes = () -> {
            SymbolRules memory = new SymbolRules();
            for (Quote quote : quotes) {
                memory.checkQuote(quote, instrument, onQuotes, flag -> {
                    throw new AssertionError(flag);
                });
            }
        };
        checkQuotes.run();
        assertThat(allocatedBy(checkQuotes) / TICKS).as("bytes a quote").isLessThan(4);
    }

    @Test
    void aTradeBesideAQuoteAllocatesLittleMoreThanWhatTheQuoteSaysOfIt() {
        RuleBook withQuotes = Rules.book(
                "a: spreadBps > 1000",
                "b: offQuoteBps > 1000",
                "c: quoteAgeSeconds > 1000",
                "d: quoteCount over 1s > 1000");
        QuoteSettings settings = new QuoteSettings(5000, TapeOrder.QUOTES_AFTER);
        Instrument instrument = Instrument.unknown("X");
        Runnable checkBoth = () -> {
            SymbolRules memory = new SymbolRules();
            SymbolQuotes symbolQuotes = new SymbolQuotes();
            for (int i = 0; i < TICKS; i++) {
                QuoteAtTrade asOf = symbolQuotes.of(ticks.get(i), settings);
                memory.check(ticks.get(i), Eligibility.ALL, asOf, instrument, withQuotes, Rules.NO_CLOSES, flag -> {
                    throw new AssertionError(flag);
                });
                symbolQuotes.take(quotes.get(i));
                memory.checkQuote(quotes.get(i), instrument, withQuotes, flag -> {
                    throw new AssertionError(flag);
                });
            }
        };
        checkBoth.run();
        assertThat(allocatedBy(checkBoth) / TICKS).as("bytes a trade").isLessThan(32);
    }

    @Test
    void theMeasureSeesAllocation() {
        assertThat(allocatedBy(() -> assertThat(new byte[TICKS * 4]).isNotEmpty()))
                .isGreaterThan(TICKS * 4L);
    }

    private void checkAll() {
        checkAll(book);
    }

    private void checkAll(RuleBook rules) {
        SymbolRules memory = new SymbolRules();
        Instrument instrument = Instrument.unknown(ticks.get(0).symbol());
        for (Tick tick : ticks) {
            memory.check(tick, Eligibility.ALL, QuoteAtTrade.NOTHING, instrument, rules, Rules.NO_CLOSES, flag -> {
                throw new AssertionError(flag);
            });
        }
    }

    private static long allocatedBy(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        task.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
