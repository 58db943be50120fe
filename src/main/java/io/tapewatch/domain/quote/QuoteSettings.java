package io.tapewatch.domain.quote;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import java.io.Serializable;

/**
 * How trades are joined with quotes.
 *
 * @param maxAge how old the quote of a trade may be, in milliseconds; one that is older by a nanosecond says nothing any
 *     more
 * @param order what comes first of a trade and a quote of the same instant
 */
public record QuoteSettings(long maxAge, TapeOrder order) implements Serializable {

    /** Whether a quote is young enough for a trade after it. */
    boolean isFresh(Quote quote, Tick trade) {
        long age = trade.time() - quote.time();
        return age < maxAge || age == maxAge && trade.nanos() <= quote.nanos();
    }

    /** Whether a quote is too old for every trade behind a watermark. */
    boolean isOver(Quote quote, long watermark) {
        // The first of these trades may be of the next whole millisecond, before which the quote's nanoseconds cannot
        // matter.
        return quote.time() + maxAge <= watermark;
    }
}
