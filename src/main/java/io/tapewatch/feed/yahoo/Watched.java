package io.tapewatch.feed.yahoo;

import static io.tapewatch.domain.Printable.quoted;

import io.tapewatch.feed.yahoo.Answer.Priced;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was sent of a symbol, and said about it: nothing is sent or said twice. */
final class Watched {

    /** How far ahead of this machine's clock a price may be: as far as the job's {@code prices.max-future} has it. */
    private static final long MAX_AHEAD_MILLIS = 60_000;

    private static final String AHEAD = "ahead";

    private final String symbol;
    private final Reporter telling;
    private @Nullable Priced sent;
    private boolean isClosed;
    private boolean isNameTold;
    private @Nullable String trouble;

    /** What to do with a price. */
    enum Standing {
        NEW,
        UNCHANGED,
        STALE,
        AHEAD
    }

    Watched(String symbol, Reporter telling) {
        this.symbol = symbol;
        this.telling = telling;
    }

    /**
     * What to do with a price. One that traded before the one that was sent is as old as that: Yahoo's servers do not all
     * know the same.
     *
     * @param now in epoch milliseconds
     * @param oldest what traded before this is not sent
     */
    Standing standing(Priced price, long now, long oldest) {
        if (price.time() - now > MAX_AHEAD_MILLIS) {
            trouble(
                    AHEAD,
                    "the price is of %s, more than a minute ahead of this machine's clock, and is not sent; set the clock"
                            .formatted(Instant.ofEpochMilli(price.time())));
            return Standing.AHEAD;
        }
        if (trouble != null) {
            trouble = null;
            telling.news().accept(symbol + ": Yahoo tells its price again");
        }
        tellOtherName(price.symbol());
        if (price.time() < oldest) {
            if (!isClosed) {
                isClosed = true;
                telling.news()
                        .accept("%s: the market is closed since %s; nothing is sent until it trades again"
                                .formatted(symbol, Instant.ofEpochMilli(price.time())));
            }
            return Standing.STALE;
        }
        if (isClosed) {
            isClosed = false;
            telling.news().accept(symbol + ": trades again");
        }
        return isNew(price) ? Standing.NEW : Standing.UNCHANGED;
    }

    private boolean isNew(Priced price) {
        return sent == null
                || price.time() > sent.time()
                || price.time() == sent.time() && !isSame(price.price(), sent.price());
    }

    /** Whether two prices are one, however they are written. */
    private static boolean isSame(String price, String other) {
        return price.equals(other) || new BigDecimal(price).compareTo(new BigDecimal(other)) == 0;
    }

    private void tellOtherName(@Nullable String name) {
        if (name != null && !name.equals(symbol) && !isNameTold) {
            isNameTold = true;
            telling.news()
                    .accept(symbol + ": Yahoo answers for " + quoted(name) + "; its prices are sent as " + symbol);
        }
    }

    void wasSent(Priced price) {
        sent = price;
    }

    /**
     * Says what is wrong, unless that was said last.
     *
     * @param what the same each time the same is wrong
     */
    void trouble(String what, String line) {
        if (!what.equals(trouble)) {
            trouble = what;
            telling.trouble().accept(symbol + ": " + line);
        }
    }
}
