package io.tapewatch.domain.quote;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleCases;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.exact.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Quotes, and what becomes known about the instrument, made from a seed and put between ticks where they may stand: they
 * are around the price of the next one, and often where it decides something.
 */
public final class GeneratedQuotes {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private final SplittableRandom random;
    private final QuoteSettings settings;
    private final boolean late;
    private final boolean instrumentsChange;
    private final List<Shown> shown = new ArrayList<>();
    private final int pace;

    /** No quote in order may be before this time any more. */
    private long earliest = Long.MIN_VALUE;

    private long lastQuoteTime;
    private int ticksWithoutQuotes;
    private long nextOffset = 100_000;

    /**
     * @param ticks what is shown without quotes
     * @param late whether quotes come behind the watermark as well
     * @param instrumentsChange whether something else becomes known about the instrument in between
     */
    public GeneratedQuotes(long seed, List<Shown> ticks, boolean late, boolean instrumentsChange) {
        this.random = new SplittableRandom(seed);
        this.settings =
                new QuoteSettings(any(List.of(0L, 20L, SECOND, 5 * SECOND, 5 * SECOND, MINUTE, 60 * MINUTE)), oneIn(2));
        this.late = late;
        this.instrumentsChange = instrumentsChange;
        this.pace = below(3);
        if (instrumentsChange && oneIn(2)) {
            shown.add(new Shown.Known(instrument()));
        }
        for (int i = 0; i < ticks.size(); i++) {
            put(ticks.get(i), nextPrice(ticks, i));
        }
        shown.add(new Shown.Watermark(Math.max(earliest, lastQuoteTime)));
    }

    public List<Shown> shown() {
        return shown;
    }

    public QuoteSettings settings() {
        return settings;
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int times) {
        return below(times) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(below(list.size()));
    }

    private static double nextPrice(List<Shown> ticks, int from) {
        return ticks.subList(from, ticks.size()).stream()
                .filter(each -> each instanceof Shown.InOrder)
                .map(each -> ((Shown.InOrder) each).tick().priceNearest())
                .findFirst()
                .orElse(100.0);
    }

    private void put(Shown each, double nextPrice) {
        if (each instanceof Shown.InOrder inOrder) {
            Tick tick = withSide(inOrder.tick());
            putQuotes(settings.sameTimeIsBefore() ? tick.time() : tick.time() - 1, tick.time(), nextPrice);
            shown.add(new Shown.InOrder(tick));
            earliest = Math.max(earliest, settings.sameTimeIsBefore() ? tick.time() + 1 : tick.time());
        } else if (each instanceof Shown.Watermark watermark) {
            putQuotes(watermark.time(), watermark.time(), nextPrice);
            shown.add(each);
            earliest = Math.max(earliest, watermark.time() + 1);
            if (late && oneIn(2)) {
                putLate(watermark.time(), nextPrice);
            }
            if (instrumentsChange && oneIn(12)) {
                shown.add(new Shown.Known(oneIn(4) ? null : instrument()));
            }
        } else if (each instanceof Shown.Late lateTick) {
            shown.add(new Shown.Late(withSide(lateTick.tick())));
        } else {
            throw new AssertionError(each);
        }
    }

    /** Some in order, up to and including a time. */
    private void putQuotes(long latest, long nextTime, double price) {
        if (ticksWithoutQuotes > 0) {
            ticksWithoutQuotes--;
            return;
        }
        if (oneIn(25)) {
            ticksWithoutQuotes = below(40);
        }
        int count =
                switch (pace) {
                    case 0 -> below(2);
                    case 1 -> below(4);
                    default -> oneIn(8) ? 10 + below(40) : below(2);
                };
        boolean burst = count > 4;
        // The first ones are some time before the first tick.
        long from = Math.max(earliest, latest - (earliest == Long.MIN_VALUE ? MINUTE : Long.MAX_VALUE / 2));
        if (from > latest) {
            return;
        }
        long begin = random.nextLong(from, latest + 1);
        List<Quote> quotes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time =
                    switch (below(burst ? 1 : 6)) {
                        case 0 -> burst ? begin + below(200) : random.nextLong(from, latest + 1);
                        case 1 -> latest;
                        case 2 -> from;
                        case 3 -> nextTime - settings.maxAge();
                        case 4 -> nextTime - settings.maxAge() - 1;
                        default -> latest - below(30);
                    };
            quotes.add(quote(Math.max(from, Math.min(latest, time)), price));
        }
        quotes.sort(NaiveQuotes.QUOTES);
        for (Quote quote : quotes) {
            shown.add(new Shown.QuoteInOrder(quote));
            lastQuoteTime = quote.time();
            earliest = quote.time() + 1;
        }
    }

    private void putLate(long watermark, double price) {
        for (int i = 1 + below(2); i > 0; i--) {
            long behind =
                    switch (below(5)) {
                        case 0 -> below(3);
                        case 1 -> below(3000);
                        case 2 -> Math.max(0, settings.maxAge() - below(3));
                        case 3 -> settings.maxAge();
                        default -> Math.max(0, Math.min(settings.maxAge(), watermark - lastQuoteTime) - below(3));
                    };
            shown.add(new Shown.LateQuote(quote(watermark - behind, price)));
        }
    }

    private Quote quote(long time, double price) {
        double width = any(List.of(0.25, 0.25, 0.5, 1.0));
        Quotes quote =
                Quotes.quote(RuleCases.SYMBOL).at(time).partition(3 + below(2)).offset(nextOffset++);
        if (oneIn(4)) {
            quote.seq(below(1000));
        }
        Quotes priced =
                switch (below(12)) {
                    case 0, 1 -> quote.bid(price).ask(price + width);
                    case 2, 3 -> quote.bid(price - width).ask(price);
                    case 4, 5 -> quote.bid(price - width).ask(price + width);
                    case 6 -> quote.bid(price - 0.1).ask(price + 0.2);
                    case 7 -> quote.bid(price + width).ask(price + 2 * width);
                    case 8 -> quote.bid(price - 2 * width).ask(price - width);
                    case 9 -> quote.bid(price + width).ask(price - width);
                    case 10 -> quote.bid(price).ask(price);
                    default -> oneIn(2) ? quote.bid(price - width) : quote.ask(price + width);
                };
        return priced.quote();
    }

    private Tick withSide(Tick tick) {
        return oneIn(4)
                ? Ticks.tick(tick.symbol())
                        .at(tick.time())
                        .price(tick.priceNearest())
                        .size(tick.sizeNearest())
                        .offset(tick.origin().offset())
                        .side(oneIn(2) ? Side.BUY : Side.SELL)
                        .tick()
                : tick;
    }

    private Instrument instrument() {
        return new Instrument(
                RuleCases.SYMBOL,
                null,
                "USD",
                null,
                oneIn(5) ? null : any(List.of("Tech", "Tech", "Bank")),
                oneIn(5) ? null : any(List.of("XNAS", "XNAS", "XLON")),
                Decimal.of(any(List.of("1", "1", "0.1", "10", "2.5"))));
    }
}
