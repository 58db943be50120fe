package io.tapewatch.domain.quote;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleCases;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Quotes, and what becomes known about the instrument, made from a seed and put between ticks where they may stand: they
 * are around the price of the next one, and often where it decides something. Ticks get nanoseconds, numbers and sides.
 */
public final class GeneratedQuotes {

    private static final List<BigDecimal> WIDTHS =
            List.of(new BigDecimal("0.25"), new BigDecimal("0.25"), new BigDecimal("0.5"), BigDecimal.ONE);

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** In a millisecond. */
    private static final int NANOS = 1_000_000;

    private final SplittableRandom random;
    private final QuoteSettings settings;
    private final boolean late;
    private final boolean instrumentsChange;
    private final List<Shown> shown = new ArrayList<>();
    private final int pace;

    /** Whether times have nanoseconds. */
    private final boolean isFine;

    /** What was shown last in order, of each kind. */
    private Tick lastTick;

    private Quote lastQuote;

    /** In order comes only what is behind it. */
    private long watermark = Long.MIN_VALUE;

    private int ticksWithoutQuotes;
    private long nextOffset = 100_000;

    /**
     * @param ticks what is shown without quotes; times are of whole milliseconds, and get nanoseconds here
     * @param late whether quotes come behind the watermark as well
     * @param instrumentsChange whether something else becomes known about the instrument in between
     */
    public GeneratedQuotes(long seed, List<Shown> ticks, boolean late, boolean instrumentsChange) {
        this.random = new SplittableRandom(seed);
        this.settings = new QuoteSettings(
                any(List.of(0L, 20L, SECOND, 5 * SECOND, 5 * SECOND, MINUTE, 60 * MINUTE)),
                any(List.of(TapeOrder.values())));
        this.late = late;
        this.instrumentsChange = instrumentsChange;
        this.pace = below(3);
        this.isFine = !oneIn(3);
        if (instrumentsChange && oneIn(2)) {
            shown.add(new Shown.Known(instrument()));
        }
        for (int i = 0; i < ticks.size(); i++) {
            put(ticks.get(i), nextPrice(ticks, i));
        }
        shown.add(new Shown.Watermark(Math.max(watermark, Math.max(timeOf(lastTick), timeOf(lastQuote)))));
    }

    private static long timeOf(TapeRecord record) {
        return record == null ? Long.MIN_VALUE : record.time();
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

    private static Decimal nextPrice(List<Shown> ticks, int from) {
        return ticks.subList(from, ticks.size()).stream()
                .filter(each -> each instanceof Shown.InOrder)
                .map(each -> ((Shown.InOrder) each).tick().price())
                .findFirst()
                .orElse(Decimal.of("100"));
    }

    private void put(Shown each, Decimal nextPrice) {
        if (each instanceof Shown.InOrder inOrder) {
            Tick tick = changed(inOrder.tick(), true);
            putQuotes(tick, NaiveQuotes.instant(tick), nextPrice);
            shown.add(new Shown.InOrder(tick));
            lastTick = tick;
        } else if (each instanceof Shown.Watermark event) {
            putQuotes(null, NANOS * (event.time() + 1) - 1, nextPrice);
            shown.add(each);
            watermark = event.time();
            if (late && oneIn(2)) {
                putLate(nextPrice);
            }
            if (instrumentsChange && oneIn(12)) {
                shown.add(new Shown.Known(oneIn(4) ? null : instrument()));
            }
        } else if (each instanceof Shown.Late lateTick) {
            shown.add(new Shown.Late(changed(lateTick.tick(), false)));
        } else {
            throw new AssertionError(each);
        }
    }

    /**
     * Some in order, up to an instant.
     *
     * @param next the tick they are before, or null
     */
    private void putQuotes(Tick next, long latest, Decimal price) {
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
        long from = Math.min(latest, earliest(latest));
        long begin = random.nextLong(from, latest + 1);
        long maxAge = NANOS * settings.maxAge();
        List<Quote> quotes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long instant =
                    switch (burst ? 0 : below(8)) {
                        case 0 -> burst ? begin + below(200) * fine(NANOS) : random.nextLong(from, latest + 1);
                        case 1, 2 -> latest;
                        case 3 -> from;
                        case 4 -> latest - maxAge;
                        case 5 -> latest - maxAge - fine(1);
                        case 6 -> latest - fine(below(3));
                        default -> latest - below(30) * (long) NANOS;
                    };
            Quote quote = quote(Math.max(from, Math.min(latest, instant)), nearSeq(next), price);
            if (mayComeNow(quote, next)) {
                quotes.add(quote);
            }
        }
        quotes.sort(NaiveQuotes.QUOTES);
        for (Quote quote : quotes) {
            shown.add(new Shown.QuoteInOrder(quote));
            lastQuote = quote;
        }
    }

    /** The first instant at which a quote may still be in order; the first ones are some time before the first tick. */
    private long earliest(long latest) {
        long earliest = watermark == Long.MIN_VALUE ? latest - NANOS * MINUTE : NANOS * (watermark + 1);
        if (lastTick != null) {
            earliest = Math.max(earliest, NaiveQuotes.instant(lastTick));
        }
        return lastQuote == null ? earliest : Math.max(earliest, NaiveQuotes.instant(lastQuote));
    }

    /** Whether it is behind the watermark, and in its order behind all that was shown and before the next tick. */
    private boolean mayComeNow(Quote quote, Tick next) {
        return quote.time() > watermark
                && (lastTick == null || !NaiveQuotes.isBefore(quote, lastTick, settings))
                && (lastQuote == null || NaiveQuotes.QUOTES.compare(lastQuote, quote) < 0)
                && (next == null || NaiveQuotes.isBefore(quote, next, settings));
    }

    private void putLate(Decimal price) {
        for (int i = 1 + below(2); i > 0; i--) {
            long maxAge = settings.maxAge();
            long behind =
                    switch (below(5)) {
                        case 0 -> below(3);
                        case 1 -> below(3000);
                        case 2 -> Math.max(0, maxAge - below(3));
                        case 3 -> maxAge;
                        default ->
                            lastQuote == null
                                    ? 0
                                    : Math.max(0, Math.min(maxAge, watermark - lastQuote.time()) - below(3));
                    };
            long instant = NANOS * (watermark - behind) + nanos();
            shown.add(new Shown.LateQuote(quote(instant, nearSeq(lastTick), price)));
        }
    }

    /** A number of nanoseconds, or of milliseconds if those are all that times have. */
    private long fine(int nanos) {
        return isFine ? nanos : nanos == NANOS ? NANOS : (long) NANOS * nanos;
    }

    private int nanos() {
        return !isFine || oneIn(3) ? 0 : oneIn(3) ? below(3) : oneIn(3) ? NANOS - 1 - below(3) : below(NANOS);
    }

    private long nearSeq(Tick tick) {
        boolean isNumbered = tick != null && tick.hasSeq() && !oneIn(4);
        return isNumbered ? tick.seq() - 2 + below(4) : oneIn(4) ? below(1000) : Tick.NO_SEQ;
    }

    private Quote quote(long instant, long seq, Decimal price) {
        BigDecimal at = price.toBigDecimal();
        BigDecimal width = oneIn(6) ? BigDecimal.ONE.movePointLeft(below(16)) : any(WIDTHS);
        BigDecimal twice = width.add(width);
        Quotes quote = Quotes.quote(RuleCases.SYMBOL)
                .at(Math.floorDiv(instant, NANOS))
                .nanos((int) Math.floorMod(instant, (long) NANOS))
                .seq(seq)
                .partition(3 + below(2))
                .offset(nextOffset++);
        Quotes priced =
                switch (below(12)) {
                    case 0, 1 -> between(quote, at, at.add(width));
                    case 2, 3 -> between(quote, at.subtract(width), at);
                    case 4, 5 -> between(quote, at.subtract(width), at.add(width));
                    case 6 -> between(quote, at.subtract(new BigDecimal("0.1")), at.add(new BigDecimal("0.2")));
                    case 7 -> between(quote, at.add(width), at.add(twice));
                    case 8 -> between(quote, at.subtract(twice), at.subtract(width));
                    case 9 -> between(quote, at.add(width), at.subtract(width));
                    case 10 -> between(quote, at, at);
                    default ->
                        oneIn(2)
                                ? quote.bid(DecimalTexts.decimal(at.subtract(width)))
                                : quote.ask(DecimalTexts.decimal(at.add(width)));
                };
        return priced.quote();
    }

    private static Quotes between(Quotes quote, BigDecimal bid, BigDecimal ask) {
        return quote.bid(DecimalTexts.decimal(bid)).ask(DecimalTexts.decimal(ask));
    }

    /** A tick with nanoseconds, a number or a side that it had not. */
    private Tick changed(Tick tick, boolean isInOrder) {
        int nanos = nanos();
        long seq = oneIn(3) ? Tick.NO_SEQ : below(1000);
        if (isInOrder && lastTick != null && tick.time() == lastTick.time()) {
            // Not before the last one.
            nanos = oneIn(2) ? lastTick.nanos() : Math.max(lastTick.nanos(), nanos);
            if (nanos == lastTick.nanos()) {
                seq = !lastTick.hasSeq() || oneIn(3) ? Tick.NO_SEQ : lastTick.seq() + below(4);
            }
        }
        Side side = oneIn(4) ? oneIn(2) ? Side.BUY : Side.SELL : tick.side();
        return Ticks.of(
                tick.symbol(),
                tick.price(),
                tick.size(),
                tick.time(),
                nanos,
                tick.id(),
                seq,
                side,
                tick.venue(),
                tick.conditions(),
                tick.origin());
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
