package io.tapewatch.domain.mover;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Ranks symbols by how they moved. Symbols are ranked in groups first and the groups' lists then merged: what is among the
 * foremost of all is among the foremost of its group. Each order ends with the symbol, so it does not depend on the order
 * in which symbols are looked at.
 */
public final class Ranking {

    private static final Comparator<Mover> BY_SYMBOL = comparing(Mover::symbol);

    private static final Comparator<Mover> BY_CHANGE = Mover::compareChange;

    /** What comes first in each list. */
    private static final Comparator<Mover> GAINERS = BY_CHANGE.reversed().thenComparing(BY_SYMBOL);

    private static final Comparator<Mover> LOSERS = BY_CHANGE.thenComparing(BY_SYMBOL);

    private static final Comparator<Mover> MOST_ACTIVE = comparing(Mover::turnover, nullsFirst(naturalOrder()))
            .thenComparing(comparingLong(Mover::count))
            .reversed()
            .thenComparing(BY_SYMBOL);

    private final int size;

    /** @param size how many symbols a list has at most, 1 or more */
    public Ranking(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("lists of " + size + " movers; expected 1 or more");
        }
        this.size = size;
    }

    /** Ranks symbols; each is there once. One without a close is in no list. */
    public MoverLists of(Collection<Mover> movers) {
        return new MoverLists(
                foremost(List.of(movers), Mover::isGainer, GAINERS),
                foremost(List.of(movers), Mover::isLoser, LOSERS),
                foremost(List.of(movers), Mover::hasClose, MOST_ACTIVE));
    }

    /** Merges the lists of groups that share no symbol, each at least as long as these lists, or with all there are. */
    public MoverLists merged(Collection<MoverLists> groups) {
        return new MoverLists(
                foremost(all(groups, MoverLists::gainers), any -> true, GAINERS),
                foremost(all(groups, MoverLists::losers), any -> true, LOSERS),
                foremost(all(groups, MoverLists::mostActive), any -> true, MOST_ACTIVE));
    }

    private static List<List<Mover>> all(Collection<MoverLists> groups, Function<MoverLists, List<Mover>> list) {
        return groups.stream().map(list).toList();
    }

    private List<Mover> foremost(
            List<? extends Collection<Mover>> movers, Predicate<Mover> ranked, Comparator<Mover> order) {
        PriorityQueue<Mover> kept = new PriorityQueue<>(order.reversed());
        for (Collection<Mover> some : movers) {
            for (Mover mover : some) {
                if (ranked.test(mover) && (kept.size() < size || order.compare(mover, kept.peek()) < 0)) {
                    kept.add(mover);
                    if (kept.size() > size) {
                        kept.remove();
                    }
                }
            }
        }
        List<Mover> foremost = new ArrayList<>(kept);
        foremost.sort(order);
        return foremost;
    }
}
