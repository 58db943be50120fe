package io.tapewatch.feed.simulated;

import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.simulated.QuoteDraws.QuoteDraw;
import io.tapewatch.feed.simulated.Randomness.Concern;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.jspecify.annotations.Nullable;

/**
 * The quotes of a market: one shortly before each trade, at whose bid or ask it is; and as many again at other times, which
 * show the same prices with other sizes.
 */
final class Quotes {

    private final QuoteDraws ofTicks;
    private final QuoteDraws ofIncidents;
    private final QuoteDraws ofRefreshments;
    private final PoissonTimes times;
    private final SharedStateDiscreteSampler refreshed;
    private final @Nullable QuoteRow[] shown;

    Quotes(SimulationSettings settings, Randomness randomness, Activity activity) {
        ofTicks = new QuoteDraws(settings, randomness, Transit.Of.QUOTES);
        ofIncidents = new QuoteDraws(settings, randomness, Transit.Of.QUOTES_OF_INCIDENTS);
        ofRefreshments = new QuoteDraws(settings, randomness, Transit.Of.REFRESHED_QUOTES);
        UniformRandomProvider moments = randomness.of(Concern.REFRESHMENTS);
        times = new PoissonTimes(settings.start(), settings.rate(), moments);
        refreshed = activity.sampler(moments);
        shown = new QuoteRow[settings.symbols()];
    }

    /** Draws the quote for the next tick of the market. */
    QuoteDraw drawForTick() {
        return ofTicks.next();
    }

    /** Draws the quote for the next tick of an incident. */
    QuoteDraw drawForIncident() {
        return ofIncidents.next();
    }

    /** The quote a trade is made at: shown before {@code trade} and not before {@code earliest}, in epoch milliseconds. */
    QuoteRow before(long trade, long earliest, SimulatedSymbol symbol, QuoteDraw draw) {
        long time = Math.max(earliest, trade - draw.ahead());
        return quote(symbol, symbol.priceText(symbol.bid()), symbol.priceText(symbol.ask()), time, draw);
    }

    /** Notes that a quote has been shown of the symbol of this number. */
    void show(int symbol, QuoteRow quote) {
        shown[symbol] = quote;
    }

    /**
     * The next quote that no trade follows, if it is before this time, in epoch milliseconds; else null.
     *
     * @param order its place among what is drawn
     */
    @Nullable
    Occurrence refreshmentBefore(long time, List<SimulatedSymbol> symbols, long order) {
        while (times.next() < time) {
            long moment = times.next();
            int number = refreshed.sample();
            QuoteDraw draw = ofRefreshments.next();
            times.advance();
            SimulatedSymbol symbol = symbols.get(number);
            QuoteRow last = shown[number];
            if (last != null && !symbol.isSilentAt(moment)) {
                QuoteRow again = quote(symbol, last.bid(), last.ask(), moment, draw);
                return new Occurrence(moment, order, number, again, null, draw.delay(), Transit.ONCE);
            }
        }
        return null;
    }

    private static QuoteRow quote(
            SimulatedSymbol symbol, @Nullable String bid, @Nullable String ask, long time, QuoteDraw draw) {
        String bidSize = symbol.sizeText(symbol.size(draw.bidSize()));
        String askSize = symbol.sizeText(symbol.size(draw.askSize()));
        return new QuoteRow(symbol.name(), bid, bidSize, ask, askSize, time, null);
    }
}
