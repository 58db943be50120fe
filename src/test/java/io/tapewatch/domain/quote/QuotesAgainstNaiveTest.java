package io.tapewatch.domain.quote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.GeneratedRules;
import io.tapewatch.domain.check.NaiveTape;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.check.ShownWords;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalTexts;
import io.tapewatch.domain.exact.Quotient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The join of trades with quotes against a naive one, on cases worked out by hand and on generated input. */
class QuotesAgainstNaiveTest {

    private static final int STREAMS = Rounds.of(300);
    private static final int FIGURES = Rounds.of(100_000);

    /** One for all figures of all trades, as in the job. */
    private static final Quotient FIGURE = new Quotient();

    /** Some trades and quotes, in words ({@link ShownWords}) and as the table has them joined. */
    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.quote.NaiveQuotesTest#inOrder")
    void eachTradeHasTheQuoteThatStoodInWhateverOrderTheyCame(NaiveQuotesTest.JoinCase each) {
        for (long seed = 0; seed < 5; seed++) {
            List<TapeRecord> records = records(each.shown());
            Collections.shuffle(records, new Random(seed));
            records.sort(each.settings().order());
            SymbolQuotes quotes = new SymbolQuotes();
            List<String> joined = new ArrayList<>();
            for (TapeRecord record : records) {
                if (record instanceof Quote quote) {
                    quotes.take(quote);
                } else {
                    Tick trade = (Tick) record;
                    joined.add(NaiveQuotesTest.inWords(
                            QuotedTrade.of(trade, quotes.of(trade, each.settings()), false, FIGURE)));
                }
            }
            assertThat(joined).isEqualTo(each.joined());
        }
    }

    private static List<TapeRecord> records(List<Shown> shown) {
        List<TapeRecord> records = new ArrayList<>();
        for (Shown each : shown) {
            if (each instanceof Shown.InOrder inOrder) {
                records.add(inOrder.tick());
            } else if (each instanceof Shown.QuoteInOrder inOrder) {
                records.add(inOrder.quote());
            }
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.quote.NaiveQuotesTest#late")
    void whatIsLateStandsWhereItCame(NaiveQuotesTest.JoinCase each) throws IOException {
        for (boolean whenDueAlone : new boolean[] {false, true}) {
            QuoteRun run = new QuoteRun(each.settings(), whenDueAlone);
            for (Shown shown : each.shown()) {
                run.show(shown);
            }
            assertThat(run.joined).map(NaiveQuotesTest::inWords).isEqualTo(each.joined());
        }
    }

    /** Trades and quotes of a symbol, shown to what is kept of its quotes. */
    private static final class QuoteRun {
        private final QuoteSettings settings;
        private final boolean whenDueAlone;
        private final List<QuotedTrade> joined = new ArrayList<>();
        private final List<Quote> tooLate = new ArrayList<>();
        private SymbolQuotes quotes = new SymbolQuotes();
        private long watermark = Long.MIN_VALUE;

        /** @param whenDueAlone whether it is told of event time only when it asks to be */
        QuoteRun(QuoteSettings settings, boolean whenDueAlone) {
            this.settings = settings;
            this.whenDueAlone = whenDueAlone;
        }

        void show(Shown shown) {
            if (shown instanceof Shown.InOrder inOrder) {
                joined.add(QuotedTrade.of(inOrder.tick(), quotes.of(inOrder.tick(), settings), false, FIGURE));
            } else if (shown instanceof Shown.Late late) {
                joined.add(QuotedTrade.of(late.tick(), quotes.ofLate(late.tick(), settings), true, FIGURE));
            } else if (shown instanceof Shown.QuoteInOrder inOrder) {
                quotes.take(inOrder.quote());
            } else if (shown instanceof Shown.LateQuote late) {
                if (!quotes.takeLate(late.quote(), watermark, settings)) {
                    tooLate.add(late.quote());
                }
            } else if (shown instanceof Shown.Watermark event) {
                advanceTo(event.time());
            }
        }

        private void advanceTo(long time) {
            watermark = time;
            if (!whenDueAlone || quotes.due(settings) <= time) {
                quotes.forget(time, settings);
            }
            if (quotes.due(settings) <= time) {
                throw new AssertionError("Still due at " + quotes.due(settings) + " when event time is " + time);
            }
            if ((quotes.due(settings) == EventTimes.NEVER) != quotes.isEmpty()) {
                throw new AssertionError("Due at " + quotes.due(settings) + ", and empty is " + quotes.isEmpty());
            }
        }

        void copy() {
            quotes = quotes.copy();
        }

        void writeAndRead() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            quotes.writeTo(new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            quotes = SymbolQuotes.readFrom(in);
            if (in.read() != -1) {
                throw new AssertionError("More was written than is read");
            }
        }
    }

    @Test
    void theyAreJoinedAsByANaiveJoin() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS; seed++) {
            check(seed, seen);
        }
        if (Rounds.areAll()) {
            assertThat(seen).as("what %s streams had, and how often", STREAMS).containsKeys(required());
        }
    }

    private static void check(long seed, Map<String, Integer> seen) throws IOException {
        boolean late = seed % 3 == 0;
        GeneratedQuotes generated = new GeneratedQuotes(seed, new GeneratedRules(seed, late).shown(), late, false);
        QuoteSettings settings = generated.settings();
        List<QuotedTrade> naive = NaiveQuotes.join(generated.shown(), settings);
        if (!late) {
            List<Tick> trades = new ArrayList<>();
            List<Quote> quotes = new ArrayList<>();
            for (TapeRecord each : records(generated.shown())) {
                if (each instanceof Tick trade) {
                    trades.add(trade);
                } else {
                    quotes.add((Quote) each);
                }
            }
            assertThat(NaiveQuotes.join(trades, quotes, settings))
                    .as("seed %s", seed)
                    .isEqualTo(naive);
            List<TapeRecord> sorted = records(generated.shown());
            Collections.shuffle(sorted, new Random(seed));
            sorted.sort(settings.order());
            assertThat(sorted).as("seed %s", seed).isEqualTo(records(generated.shown()));
        }
        for (boolean whenDueAlone : new boolean[] {false, true}) {
            QuoteRun run = new QuoteRun(settings, whenDueAlone);
            SplittableRandom random = new SplittableRandom(-seed);
            for (Shown each : generated.shown()) {
                run.show(each);
                switch (random.nextInt(20)) {
                    case 0 -> run.copy();
                    case 1 -> run.writeAndRead();
                    default -> {}
                }
            }
            String words = "seed " + seed + ", " + settings + (whenDueAlone ? ", when due alone" : "");
            assertThat(run.joined).as(words).isEqualTo(naive);
            assertThat(run.tooLate).as(words).isEqualTo(tooLate(generated.shown(), settings));
            run.tooLate.forEach(each -> saw("quote too late", seen));
        }
        generated.shown().stream()
                .filter(each -> each instanceof Shown.LateQuote)
                .forEach(each -> saw("late quote", seen));
        naive.forEach(each -> see(each, settings, seen));
    }

    private static List<Quote> tooLate(List<Shown> shown, QuoteSettings settings) {
        NaiveTape tape = new NaiveTape(shown, settings);
        List<Quote> tooLate = new ArrayList<>();
        for (int place = 0; place < shown.size(); place++) {
            if (shown.get(place) instanceof Shown.LateQuote late
                    && NaiveQuotes.isTooLate(
                            late.quote(), tape.takenBefore(place), tape.reachedAt.get(place), settings)) {
                tooLate.add(late.quote());
            }
        }
        return tooLate;
    }

    // What was exercised.

    private static void saw(String what, Map<String, Integer> seen) {
        seen.merge(what, 1, Integer::sum);
    }

    private static void see(QuotedTrade trade, QuoteSettings settings, Map<String, Integer> seen) {
        String late = trade.late() ? "late " : "";
        String side = trade.side() == null ? "no side" : trade.side().name();
        if (trade.quoteAgeMs() == null) {
            saw(late + "unquoted, " + side, seen);
            return;
        }
        saw(late + kind(trade) + ", " + side, seen);
        if (trade.quoteAgeMs() == 0) {
            saw(late + "quote of the same millisecond", seen);
        } else if (trade.quoteAgeMs() == settings.maxAge()) {
            saw(late + "quote as old as it may be", seen);
        } else if (trade.quoteAgeMs() == 1) {
            saw(late + "quote of the millisecond before", seen);
        }
    }

    private static String kind(QuotedTrade trade) {
        if (trade.bid() == null) {
            return "no bid";
        } else if (trade.ask() == null) {
            return "no ask";
        } else if (trade.spreadBps() == null) {
            return "not above zero";
        } else if (trade.mid() == null) {
            return "crossed";
        } else if (trade.spreadBps() == 0) {
            return "locked";
        }
        return trade.effectiveSpreadBps() == 0
                ? "at mid"
                : trade.price().equals(trade.bid())
                        ? "at bid"
                        : trade.price().equals(trade.ask())
                                ? "at ask"
                                : trade.price().compareTo(trade.ask()) > 0
                                                || trade.price().compareTo(trade.bid()) < 0
                                        ? "outside"
                                        : "inside";
    }

    private static String[] required() {
        List<String> required = new ArrayList<>(List.of(
                "late quote",
                "quote too late",
                "quote of the same millisecond",
                "quote as old as it may be",
                "quote of the millisecond before",
                "late quote of the same millisecond",
                "at mid, no side",
                "late at mid, no side",
                "late at bid, SELL",
                "late at ask, BUY",
                "late unquoted, no side",
                "late no ask, no side",
                "unquoted, no side",
                "no bid, no side",
                "no ask, no side",
                "not above zero, no side",
                "crossed, no side",
                "locked, no side"));
        for (String kind : List.of(
                "at mid",
                "at bid",
                "at ask",
                "inside",
                "outside",
                "locked",
                "crossed",
                "no bid",
                "no ask",
                "unquoted")) {
            required.add(kind + ", BUY");
            required.add(kind + ", SELL");
        }
        return required.toArray(String[]::new);
    }

    // Figures.

    @Test
    void figuresAreTheDoublesNearestTheExactOnes() {
        System.out.println("seed 1");
        DecimalTexts texts = new DecimalTexts(1);
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < FIGURES; i++) {
            Quote quote = quote(texts);
            Tick trade =
                    Ticks.of("X", price(texts, quote), null, 2, 0, null, Tick.NO_SEQ, null, null, null, quote.origin());
            QuotedTrade exact = NaiveQuotes.quotedTrade(trade, quote, NaiveQuotes.side(trade, quote, List.of()), false);
            String words = i + ": " + quote + ", " + trade.price();
            Side side = quote.side(trade.priceUnits(), trade.priceScale());
            assertThat(QuotedTrade.of(trade, new QuoteAtTrade(quote, side), false, FIGURE))
                    .as(words)
                    .isEqualTo(exact);
            Double offQuote = NaiveQuotes.offQuoteBps(trade, quote);
            quote.offQuoteBps(trade.priceUnits(), trade.priceScale(), FIGURE);
            assertThat(FIGURE.hasValue() ? (Double) FIGURE.nearest() : null)
                    .as(words)
                    .isEqualTo(offQuote);
            saw(kind(exact), seen);
            saw("scale " + trade.priceScale(), seen);
        }
        assertThat(seen)
                .containsKeys("at mid", "at bid", "at ask", "inside", "outside", "locked", "crossed", "not above zero")
                .containsKeys("scale 0", "scale 9", "scale 17", "scale 18");
    }

    private static Quote quote(DecimalTexts texts) {
        Decimal bid = texts.oneIn(6) ? texts.decimal() : texts.positive();
        BigDecimal exact = bid.toBigDecimal();
        BigDecimal lastDigit = BigDecimal.ONE.movePointLeft(bid.scale());
        BigDecimal ask =
                switch (texts.below(6)) {
                    case 0 -> exact;
                    case 1 -> exact.add(lastDigit);
                    case 2 -> exact.add(exact.abs().movePointLeft(4));
                    case 3 -> exact.negate().add(texts.oneIn(2) ? lastDigit : lastDigit.negate());
                    case 4 -> exact.negate();
                    default -> texts.decimal().toBigDecimal();
                };
        return Quotes.quote("X").at(1).bid(bid).ask(orElse(ask, bid)).quote();
    }

    private static Decimal price(DecimalTexts texts, Quote quote) {
        BigDecimal mid =
                quote.bid().toBigDecimal().add(quote.ask().toBigDecimal()).divide(new BigDecimal(2));
        BigDecimal lastDigit = BigDecimal.ONE.movePointLeft(Math.max(mid.scale(), 0));
        return switch (texts.below(7)) {
            case 0 -> quote.bid();
            case 1 -> quote.ask();
            case 2 -> orElse(mid, quote.bid());
            case 3 -> orElse(mid.add(lastDigit), quote.ask());
            case 4 -> orElse(mid.subtract(lastDigit), quote.ask());
            case 5 -> orElse(mid.multiply(new BigDecimal("1.05")), quote.bid());
            default -> texts.decimal();
        };
    }

    /** The number, or another one if it has too many digits. */
    private static Decimal orElse(BigDecimal exact, Decimal other) {
        return DecimalTexts.fits(exact) ? DecimalTexts.decimal(exact) : other;
    }
}
