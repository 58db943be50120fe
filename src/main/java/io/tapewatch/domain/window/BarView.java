package io.tapewatch.domain.window;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A bar as the windows of one length see it. Extended hours, for example, set the prices of minutes, and add to a day nothing
 * but their volume.
 *
 * <p>It has three bars: of the ticks whose prices count, of those that can be open and close, and of those whose sizes count.
 * Without sale conditions all three are the bar itself.
 */
final class BarView {

    private final Bar prices;
    private final Bar ends;
    private final Bar volumes;
    private final long ineligible;
    private final long missing;

    private BarView(Bar prices, Bar ends, Bar volumes, long ineligible, long missing) {
        this.prices = prices;
        this.ends = ends;
        this.volumes = volumes;
        this.ineligible = ineligible;
        this.missing = missing;
    }

    /**
     * @param aside what is aside of the bar
     * @param ofDays whether the windows are a day long or longer
     * @param firsts which ticks are the first of their days
     */
    static BarView of(Bar bar, @Nullable Aside aside, boolean ofDays, FirstsOfDays firsts) {
        if (aside == null) {
            return new BarView(bar, bar, bar, 0, 0);
        }
        Bar inMinutes = aside.inMinutes();
        Bar ends = plain(bar);
        if (!ofDays) {
            merge(ends, inMinutes);
        }
        Bar prices = ends.copy();
        merge(prices, aside.notLast());
        aside.addFirsts(ends, firsts);
        Bar volumes = prices.copy();
        merge(volumes, aside.unpriced());
        if (ofDays) {
            merge(volumes, inMinutes);
        }
        return new BarView(prices, ends, volumes, volumes.count() - prices.count(), aside.missing());
    }

    private static Bar plain(Bar bar) {
        Bar plain = new Bar();
        plain.mergePlain(bar);
        return plain;
    }

    private static void merge(Bar to, @Nullable Bar from) {
        if (from != null) {
            to.merge(from);
        }
    }

    /** How many ticks set a price. */
    long count() {
        return prices.count();
    }

    /** How many ticks have a size that counts. */
    long sizedCount() {
        return volumes.sizedCount();
    }

    /** How many ticks set no price. */
    long ineligible() {
        return ineligible;
    }

    /** How many numbers of the feed are missing. */
    long missing() {
        return missing;
    }

    /** Whether a tick sets a price: then there are {@link #high}, {@link #low} and {@link #mean}. */
    boolean hasPrice() {
        return prices.count() > 0;
    }

    /** Whether a tick is the close: then there are {@link #open} and {@link #close}. */
    boolean hasClose() {
        return ends.count() > 0;
    }

    Decimal open() {
        return ends.open();
    }

    Decimal high() {
        return prices.high();
    }

    Decimal low() {
        return prices.low();
    }

    Decimal close() {
        return ends.close();
    }

    /** The event time of the open. */
    long firstTime() {
        return ends.firstTime();
    }

    /** The event time of the close. */
    long lastTime() {
        return ends.lastTime();
    }

    long highTime() {
        return prices.highTime();
    }

    long lowTime() {
        return prices.lowTime();
    }

    double mean() {
        return prices.mean();
    }

    @Nullable
    Double stddev() {
        return prices.stddev();
    }

    @Nullable
    Double vwap() {
        return prices.vwap();
    }

    @Nullable
    BigDecimal volume() {
        return volumes.volume();
    }

    @Nullable
    BigDecimal turnover(Decimal multiplier) {
        return volumes.turnover(multiplier);
    }
}
