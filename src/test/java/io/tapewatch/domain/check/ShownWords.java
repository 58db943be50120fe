package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is shown to rules, in words with a space between them. All is of BTC-USD.
 *
 * <p>{@code 1.5@100x2} is a tick: at 1.5 s (of up to nine decimals) after {@link #NOON} a price of 100 and a size of 2; {@code 1@100x2b} bought,
 * and {@code 1@100s} sold. {@code 1q99/101} is a quote, a bid of 99 and an ask of 101; {@code 1q99/} and {@code 1q/101}
 * have one side. {@code #7} after it is a sequence number, and {@code ^4} another partition. {@code 0+1*30@1/2x5} are 30
 * ticks, one a second, with prices of 1 and 2 in turn, and so {@code 0+1*30q99/101}. {@code ~1@100} and {@code ~1q99/101}
 * are late. A time can also be an instant.
 *
 * <p>{@code 60!} says that event time has come to 60 s. {@code sector=Tech,venue=XNAS,multiplier=100}, or some of them, is
 * what is known about the instrument from then on, and {@code unknown} says that nothing is any more. {@code close=100} is
 * the previous close, {@code max-age=2} how many seconds a quote is good for, if it is not 5, and {@code quotes-first}
 * that a quote of a trade's own instant stood before it, and {@code by-seq} that the lower number comes first there.
 */
public final class ShownWords {

    /** A Tuesday. */
    static final long NOON = Instant.parse("2023-11-14T12:00:00Z").toEpochMilli();

    static final String SYMBOL = "BTC-USD";

    private static final Pattern RECORD = Pattern.compile("(?<late>~?)"
            + "(?<time>[-0-9.]+|[-0-9]+T[0-9:.]+Z)"
            + "(\\+(?<step>[0-9.]+)\\*(?<count>[0-9]+))?"
            + "(@(?<prices>[-0-9./]+)(x(?<size>[0-9.]+))?(?<side>[bs]?)|q(?<bid>[-0-9.]*)/(?<ask>[-0-9.]*))"
            + "(#(?<seq>[0-9]+))?"
            + "(\\^(?<partition>[0-9]+))?");

    public final List<Shown> shown = new ArrayList<>();
    double close = Double.NaN;
    private long maxAge = 5000;
    private TapeOrder order = TapeOrder.QUOTES_AFTER;

    public ShownWords(String text) {
        for (String word : text.strip().split(" +")) {
            read(word);
        }
    }

    public QuoteSettings settings() {
        return new QuoteSettings(maxAge, order);
    }

    private void read(String word) {
        Matcher record = RECORD.matcher(word);
        if (record.matches()) {
            addRecords(record);
        } else if (word.endsWith("!")) {
            shown.add(new Shown.Watermark(time(word.substring(0, word.length() - 1))));
        } else if (word.equals("unknown")) {
            shown.add(new Shown.Known(null));
        } else if (word.startsWith("close=")) {
            close = Double.parseDouble(word.substring("close=".length()));
        } else if (word.startsWith("max-age=")) {
            maxAge = Math.round(Double.parseDouble(word.substring("max-age=".length())) * 1000);
        } else if (word.equals("quotes-first")) {
            order = TapeOrder.QUOTES_BEFORE;
        } else if (word.equals("by-seq")) {
            order = TapeOrder.BY_SEQ;
        } else {
            shown.add(new Shown.Known(instrument(word)));
        }
    }

    private static Instrument instrument(String word) {
        String sector = null;
        String venue = null;
        double multiplier = 1;
        for (String field : word.split(",")) {
            String[] nameAndValue = field.split("=");
            switch (nameAndValue[0]) {
                case "sector" -> sector = nameAndValue[1];
                case "venue" -> venue = nameAndValue[1];
                case "multiplier" -> multiplier = Double.parseDouble(nameAndValue[1]);
                default -> throw new IllegalArgumentException("What is " + word + "?");
            }
        }
        return new Instrument(SYMBOL, null, null, null, sector, venue, Numbers.decimal(multiplier));
    }

    private void addRecords(Matcher record) {
        long step = record.group("step") == null ? 0 : millis(record.group("step"));
        int count = record.group("count") == null ? 1 : Integer.parseInt(record.group("count"));
        for (int i = 0; i < count; i++) {
            long time = time(record.group("time")) + i * step;
            int nanos = nanos(record.group("time"));
            long seq = record.group("seq") == null ? Tick.NO_SEQ : Long.parseLong(record.group("seq"));
            int partition = record.group("partition") == null ? 3 : Integer.parseInt(record.group("partition"));
            boolean late = !record.group("late").isEmpty();
            if (record.group("prices") == null) {
                Quote quote = Quotes.quote(SYMBOL)
                        .at(time)
                        .nanos(nanos)
                        .bid(decimal(record.group("bid")))
                        .ask(decimal(record.group("ask")))
                        .seq(seq)
                        .partition(partition)
                        .offset(shown.size())
                        .quote();
                shown.add(late ? new Shown.LateQuote(quote) : new Shown.QuoteInOrder(quote));
            } else {
                String[] prices = record.group("prices").split("/");
                Tick tick = Ticks.tick(SYMBOL)
                        .at(time)
                        .nanos(nanos)
                        .price(prices[i % prices.length])
                        .size(record.group("size") == null ? Ticks.NO_SIZE : number(record.group("size")))
                        .side(side(record.group("side")))
                        .seq(seq)
                        .partition(partition)
                        .offset(shown.size())
                        .tick();
                shown.add(late ? new Shown.Late(tick) : new Shown.InOrder(tick));
            }
        }
    }

    private static Side side(String letter) {
        return letter.equals("b") ? Side.BUY : letter.equals("s") ? Side.SELL : null;
    }

    private static Decimal decimal(String text) {
        return text.isEmpty() ? null : Decimal.of(text);
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static long time(String text) {
        return text.endsWith("Z") ? Instant.parse(text).toEpochMilli() : NOON + millis(text);
    }

    private static long millis(String seconds) {
        return inMillis(seconds).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /** The nanoseconds after the millisecond. */
    private static int nanos(String time) {
        return time.endsWith("Z")
                ? Instant.parse(time).getNano() % 1_000_000
                : inMillis(time)
                        .subtract(BigDecimal.valueOf(millis(time)))
                        .movePointRight(6)
                        .intValueExact();
    }

    private static BigDecimal inMillis(String seconds) {
        return new BigDecimal(seconds).movePointRight(3);
    }
}
