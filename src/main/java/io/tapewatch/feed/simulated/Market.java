package io.tapewatch.feed.simulated;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.simulated.QuoteDraws.QuoteDraw;
import io.tapewatch.feed.simulated.Randomness.Concern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a market, in the order of event time. Trades are drawn in their order, a little ahead, so that each can
 * have a quote before it.
 */
final class Market {

    private final SimulationSettings settings;
    private final Randomness randomness;
    private final List<SimulatedSymbol> symbols;
    private final PoissonTimes times;
    private final SharedStateDiscreteSampler traded;
    private final UniformRandomProvider trades;
    private final SharedStateContinuousSampler gaussian;
    private final UniformRandomProvider bad;
    private final @Nullable Quotes quotes;
    private final Transit ticksDelivery;
    private final Transit badDelivery;
    private final Transit incidentsDelivery;
    private final IncidentSchedule schedule;

    private final PriorityQueue<RunningIncident> running = new PriorityQueue<>(
            Comparator.comparingLong(RunningIncident::nextTick).thenComparing(RunningIncident::symbolNumber));
    private final PriorityQueue<Occurrence> drawn = new PriorityQueue<>();
    private @Nullable PlannedIncident planned;
    private long order;
    private long tickNumber;
    private long sinceTick;

    Market(SimulationSettings settings, Randomness randomness, List<String> names) {
        this.settings = settings;
        this.randomness = randomness;
        Activity activity = new Activity(settings.symbols());
        this.symbols = symbols(settings, randomness, names, activity);
        UniformRandomProvider moments = randomness.of(Concern.ACTIVITY);
        this.times = new PoissonTimes(settings.start(), settings.rate(), moments);
        this.traded = activity.sampler(moments);
        this.trades = randomness.of(Concern.TRADES);
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(trades);
        this.bad = randomness.of(Concern.BAD_RECORDS);
        this.quotes = settings.quotes() ? new Quotes(settings, randomness, activity) : null;
        this.ticksDelivery = new Transit(settings, randomness, Transit.Of.TICKS);
        this.badDelivery = new Transit(settings, randomness, Transit.Of.BAD_RECORDS);
        this.incidentsDelivery = new Transit(settings, randomness, Transit.Of.TICKS_OF_INCIDENTS);
        this.schedule = new IncidentSchedule(settings, randomness, symbols);
        this.planned = schedule.next();
    }

    private static List<SimulatedSymbol> symbols(
            SimulationSettings settings, Randomness randomness, List<String> names, Activity activity) {
        UniformRandomProvider profiles = randomness.of(Concern.PROFILES);
        SharedStateContinuousSampler gaussian = ZigguratSampler.NormalizedGaussian.of(randomness.of(Concern.PRICES));
        List<SimulatedSymbol> symbols = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            symbols.add(new SimulatedSymbol(
                    names.get(i),
                    SymbolNames.isCoin(i, names.size()),
                    activity.share(i) * settings.rate() / 1000,
                    settings.start(),
                    profiles,
                    gaussian));
        }
        return symbols;
    }

    /** What happens next, or null when all is over. */
    @Nullable
    Occurrence next() {
        while (true) {
            long undrawn = nextToDraw();
            boolean isAllDrawn = undrawn >= settings.end();
            Occurrence first = drawn.peek();
            if (first != null && (isAllDrawn || first.time() <= undrawn - QuoteDraws.MOST_AHEAD)) {
                Occurrence refreshment = refreshmentBefore(first.time());
                return refreshment != null ? refreshment : take(first);
            }
            if (isAllDrawn) {
                return refreshmentBefore(settings.end());
            }
            draw();
        }
    }

    private Occurrence take(Occurrence first) {
        drawn.remove();
        if (quotes != null && first.row() instanceof QuoteRow quote) {
            quotes.show(first.symbol(), quote);
        }
        return first;
    }

    private @Nullable Occurrence refreshmentBefore(long time) {
        return quotes == null ? null : quotes.refreshmentBefore(time, symbols, order++);
    }

    private long nextToDraw() {
        long next = times.next();
        if (planned != null) {
            next = Math.min(next, planned.start());
        }
        return running.isEmpty() ? next : Math.min(next, running.element().nextTick());
    }

    private void draw() {
        long next = nextToDraw();
        if (planned != null && planned.start() == next) {
            begin(planned);
            planned = schedule.next();
        } else if (!running.isEmpty() && running.element().nextTick() == next) {
            drawTickOf(running.remove());
        } else {
            drawTick(next);
        }
    }

    private void begin(PlannedIncident plan) {
        SimulatedSymbol symbol = symbols.get(plan.symbol());
        UniformRandomProvider random = randomness.of(
                Concern.INCIDENTS,
                plan.index() * IncidentKind.values().length
                        + plan.shape().kind().ordinal());
        RunningIncident incident = new RunningIncident(plan, symbol, random);
        symbol.begin(incident);
        if (incident.isSilence()) {
            tell(incident.incident(), plan.symbol());
        } else {
            running.add(incident);
        }
    }

    private void drawTick(long time) {
        int number = traded.sample();
        SimulatedSymbol symbol = symbols.get(number);
        symbol.advanceTo(time);
        boolean buys = trades.nextBoolean();
        long size = symbol.size(SimulatedSymbol.sizeOfMean(gaussian.sample()));
        long delay = ticksDelivery.delay();
        long repeat = ticksDelivery.repeat();
        QuoteDraw quote = quotes == null ? null : quotes.drawForTick();
        boolean isFollowedByBad = settings.bad() > 0 && bad.nextDouble() < settings.bad();
        BadRecord badRecord = isFollowedByBad ? BadRecord.of(bad) : null;
        long badDelay = isFollowedByBad ? badDelivery.delay() : 0;
        times.advance();
        tickNumber++;
        sinceTick = 0;
        // Whatever happens to an instrument, what was drawn before and what is drawn after stay the same.
        if (symbol.isSilentAt(time)) {
            return;
        }
        showQuote(time, symbol.quoteForTradeAt(time), number, symbol, quote);
        long price = buys ? symbol.ask() : symbol.bid();
        PriceRow tick = tick(symbol, price, size, time, Long.toString(tickNumber), buys);
        drawn.add(new Occurrence(time, order++, number, tick, null, delay, repeat));
        if (badRecord != null) {
            drawn.add(new Occurrence(time, order++, number, badRecord.of(tick), null, badDelay, Transit.ONCE));
        }
    }

    private void drawTickOf(RunningIncident incident) {
        long time = incident.nextTick();
        int number = incident.symbolNumber();
        SimulatedSymbol symbol = symbols.get(number);
        long earliest = symbol.quoteForTradeAt(time);
        boolean buys = incident.drawBuys();
        long price = incident.price(buys, time);
        if (incident.begins()) {
            tell(incident.told(price), number);
        }
        showQuote(time, earliest, number, symbol, quotes == null ? null : quotes.drawForIncident());
        String id = tickNumber + "-" + ++sinceTick;
        PriceRow tick = tick(symbol, price, incident.drawSize(), time, id, buys);
        drawn.add(new Occurrence(
                time, order++, number, tick, null, incidentsDelivery.delay(), incidentsDelivery.repeat()));
        incident.advance();
        if (incident.nextTick() != Long.MAX_VALUE) {
            running.add(incident);
        }
    }

    private void showQuote(long trade, long earliest, int number, SimulatedSymbol symbol, @Nullable QuoteDraw draw) {
        if (quotes != null && draw != null && earliest < trade) {
            QuoteRow quote = quotes.before(trade, earliest, symbol, draw);
            drawn.add(new Occurrence(quote.time(), order++, number, quote, null, draw.delay(), Transit.ONCE));
        }
    }

    private static PriceRow tick(SimulatedSymbol symbol, long price, long size, long time, String id, boolean buys) {
        return new PriceRow(
                symbol.name(), symbol.priceText(price), symbol.sizeText(size), time, id, null, buys ? "buy" : "sell");
    }

    private void tell(Incident incident, int number) {
        drawn.add(new Occurrence(incident.start(), order++, number, null, incident, 0, Transit.ONCE));
    }
}
