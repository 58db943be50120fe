package io.tapewatch.domain.mover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sorts all symbols and cuts the list: what movers are held against. */
public final class NaiveRanking {

    private NaiveRanking() {}

    public static MoverLists of(Collection<Mover> movers, int size) {
        List<Mover> gainers = new ArrayList<>();
        List<Mover> losers = new ArrayList<>();
        for (Mover mover : movers) {
            if (mover.changePct() != null && mover.changePct() > 0) {
                gainers.add(mover);
            }
            if (mover.changePct() != null && mover.changePct() < 0) {
                losers.add(mover);
            }
        }
        gainers.sort((a, b) -> a.changePct().equals(b.changePct())
                ? a.symbol().compareTo(b.symbol())
                : a.changePct() > b.changePct() ? -1 : 1);
        losers.sort((a, b) -> a.changePct().equals(b.changePct())
                ? a.symbol().compareTo(b.symbol())
                : a.changePct() < b.changePct() ? -1 : 1);
        List<Mover> mostActive = new ArrayList<>(movers);
        mostActive.sort((a, b) -> {
            if ((a.turnover() == null) != (b.turnover() == null)) {
                return a.turnover() != null ? -1 : 1;
            }
            if (a.turnover() != null && !a.turnover().equals(b.turnover())) {
                return a.turnover() > b.turnover() ? -1 : 1;
            }
            if (a.count() != b.count()) {
                return a.count() > b.count() ? -1 : 1;
            }
            return a.symbol().compareTo(b.symbol());
        });
        return new MoverLists(cut(gainers, size), cut(losers, size), cut(mostActive, size));
    }

    private static List<Mover> cut(List<Mover> list, int size) {
        return list.subList(0, Math.min(size, list.size()));
    }
}
