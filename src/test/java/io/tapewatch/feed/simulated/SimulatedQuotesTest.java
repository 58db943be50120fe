package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.MINUTE;
import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulatedQuotesTest {

    private static final long SEED = 3;
    private static final String WITH_SEED = "with seed " + SEED;

    private static final SimulationSettings CALM = SimulationSettings.of(SEED, 40, 100, START, START + 10 * MINUTE);
    private static final SimulatedTape TAPE = SimulatedTape.of(CALM.withQuotes());

    @Test
    void theTicksAreThoseOfTheMarketWithoutQuotes() {
        assertThat(TAPE.ticks())
                .as(WITH_SEED)
                .isEqualTo(SimulatedTape.of(CALM).ticks())
                .hasSizeGreaterThan(50_000);
    }

    @Test
    void thereAreAboutTwoQuotesATick() {
        double quotesATick =
                (double) TAPE.rows(QuoteRow.class).size() / TAPE.ticks().size();

        assertThat(quotesATick).as(WITH_SEED).isCloseTo(2, within(0.02));
    }

    @Test
    void theBidIsBelowTheAskByTwoToTenBasisPointsOrAStep() {
        for (QuoteRow quote : TAPE.rows(QuoteRow.class)) {
            double bid = Double.parseDouble(quote.bid());
            double ask = Double.parseDouble(quote.ask());
            double step = quote.bid().indexOf('.') == quote.bid().length() - 5 ? 1e-4 : 1e-2;
            double spread = (ask - bid) / ((ask + bid) / 2);

            assertThat(ask - bid).as("%s %s", quote, WITH_SEED).isGreaterThan(step / 2);
            double rounding = 0.51 * step / bid;
            assertThat(spread)
                    .as("%s %s", quote, WITH_SEED)
                    .isBetween(2e-4 - rounding, Math.max(10e-4 + rounding, 1.01 * step / bid));
            assertThat(Double.parseDouble(quote.bidSize())).isPositive();
            assertThat(Double.parseDouble(quote.askSize())).isPositive();
        }
    }

    @Test
    void eachTradeIsAtTheBidOrTheAskOfTheLastQuoteStrictlyBeforeIt() {
        Map<String, NavigableMap<Long, QuoteRow>> quotes = new HashMap<>();
        long reached = 0;
        for (FeedRow row : TAPE.rows()) {
            assertThat(row.time()).as(WITH_SEED).isGreaterThanOrEqualTo(reached);
            reached = row.time();
            if (row instanceof QuoteRow quote) {
                quotes.computeIfAbsent(quote.symbol(), symbol -> new TreeMap<>())
                        .put(quote.time(), quote);
            } else if (row instanceof PriceRow tick) {
                QuoteRow last =
                        quotes.get(tick.symbol()).lowerEntry(tick.time()).getValue();
                assertThat(tick.price())
                        .as("%s after %s, %s", tick, last, WITH_SEED)
                        .isEqualTo(tick.side().equals("buy") ? last.ask() : last.bid());
                assertThat(tick.time() - last.time()).as(WITH_SEED).isBetween(1L, (long) QuoteDraws.MOST_AHEAD);
            }
        }
    }

    @Test
    void halfOfTheTradesAreBought() {
        List<PriceRow> ticks = TAPE.ticks();
        long bought = ticks.stream().filter(tick -> tick.side().equals("buy")).count();

        assertThat((double) bought / ticks.size()).as(WITH_SEED).isCloseTo(0.5, within(0.01));
    }
}
