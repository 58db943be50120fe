package io.tapewatch.domain.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Quotient;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much memory the join takes for a trade, with bids, asks and prices of different scales. */
class SymbolQuotesAllocationTest {

    private static final int TRADES = 20_000;
    private static final QuoteSettings SETTINGS = new QuoteSettings(5_000, TapeOrder.BY_SEQ);

    private final List<Tick> trades = IntStream.range(0, TRADES)
            .mapToObj(i -> Ticks.tick("X")
                    .at(i * 10L)
                    .nanos(i)
                    .price(100 + i % 7 * 0.31)
                    .tick())
            .toList();

    private final List<Quote> quotes = IntStream.range(0, TRADES)
            .mapToObj(i -> Quotes.quote("X")
                    .at(i * 10L)
                    .bid(100 + i % 7 * 0.31 - 0.025)
                    .ask(100 + i % 5 * 0.31 + 0.3)
                    .quote())
            .toList();

    private final SymbolQuotes kept = new SymbolQuotes();
    private final Quotient figure = new Quotient();
    private int sided;

    @Test
    void whatTheQuotesSayOfATradeIsOneSmallObject() {
        assertThat(bytesATrade(this::look)).isLessThan(32);
        assertThat(sided).isGreaterThan(TRADES);
    }

    @Test
    void aQuotedTradeIsARecordItsNumbersAndNoMore() {
        // The record itself, its age and three figures, and the price as a number.
        assertThat(bytesATrade(i -> {
                    look(i);
                    QuotedTrade.of(trades.get(i), kept.of(trades.get(i), SETTINGS), false, figure);
                }))
                .isLessThan(300);
    }

    private void look(int i) {
        kept.take(quotes.get(i));
        sided += kept.of(trades.get(i), SETTINGS).side() == null ? 0 : 1;
    }

    private static long bytesATrade(Each each) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = 0;
        for (int round = 0; round < 2; round++) {
            before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < TRADES; i++) {
                each.look(i);
            }
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / TRADES;
    }

    private interface Each {
        void look(int i);
    }
}
