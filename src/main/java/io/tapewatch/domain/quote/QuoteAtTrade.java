package io.tapewatch.domain.quote;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import org.jspecify.annotations.Nullable;

/**
 * What the quotes say of a trade.
 *
 * @param quote the last quote before the trade, or null: there was none, or it was too old
 * @param side the aggressor, if it is known. It is what the trade itself says, else what Lee and Ready (Inferring Trade Direction
 *     from Intraday Data, Journal of Finance 46, 1991) infer, without their delay of the quotes by five seconds: a trade
 *     above the mid bought, one below it sold, and one at the mid did what the last change of price says
 */
public record QuoteAtTrade(@Nullable Quote quote, @Nullable Side side) {

    /** Of a trade of which no quotes say anything. */
    public static final QuoteAtTrade NOTHING = new QuoteAtTrade(null, null);

    /** Whether there is a quote. */
    public boolean isQuoted() {
        return quote != null;
    }
}
