package io.tapewatch.domain.mover;

import static java.util.Objects.requireNonNull;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The symbols that moved most in a day so far, or in a whole one, as known at one revision. A symbol without a new tick
 * keeps its rank by its latest figures.
 *
 * <p>A reader keeps, for each window, start and {@code asOf}, the highest revision.
 *
 * @param window the day window's specification in its canonical form, such as {@code 1d+1m}
 * @param start the first millisecond of the day, in epoch milliseconds
 * @param end the first millisecond after it
 * @param asOf the moment the figures describe: the end of the day, or of a step of a cumulating one
 * @param gainers see {@link MoverLists}
 * @param losers see {@link MoverLists}
 * @param mostActive see {@link MoverLists}
 * @param revision 0 for the first publication, then one higher for each correction
 */
public record Movers(
        String window,
        long start,
        long end,
        long asOf,
        List<Ranked> gainers,
        List<Ranked> losers,
        List<Ranked> mostActive,
        int revision) {

    /**
     * One symbol in a list; for its figures see {@link Mover}.
     *
     * @param rank 1 for the first
     */
    public record Ranked(
            int rank,
            String symbol,
            @Nullable Double changePct,
            Decimal close,
            @Nullable Decimal previousClose,
            @Nullable BigDecimal volume,
            @Nullable BigDecimal turnover,
            @Nullable Instrument instrument) {

        private static Ranked of(int rank, Mover mover) {
            return new Ranked(
                    rank,
                    mover.symbol(),
                    mover.changePct(),
                    requireNonNull(mover.close()),
                    mover.previousClose(),
                    mover.volume(),
                    mover.turnover(),
                    mover.instrument());
        }
    }

    /** The movers with these lists; for the rest see above. */
    public static Movers of(String window, long start, long end, long asOf, MoverLists lists, int revision) {
        return new Movers(
                window,
                start,
                end,
                asOf,
                ranked(lists.gainers()),
                ranked(lists.losers()),
                ranked(lists.mostActive()),
                revision);
    }

    private static List<Ranked> ranked(List<Mover> list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> Ranked.of(i + 1, list.get(i)))
                .toList();
    }

    /** The next revision of these movers, with other lists. */
    public Movers corrected(MoverLists lists) {
        return of(window, start, end, asOf, lists, revision + 1);
    }

    /** Whether a reader sees the same lists in both. */
    public boolean showsTheSameAs(Movers other) {
        return gainers.equals(other.gainers) && losers.equals(other.losers) && mostActive.equals(other.mostActive);
    }
}
