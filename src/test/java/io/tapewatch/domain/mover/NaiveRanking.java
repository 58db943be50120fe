package io.tapewatch.domain.mover;

import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sorts all symbols by exact numbers and cuts the list: what movers are held against. */
public final class NaiveRanking {

    private NaiveRanking() {}

    public static MoverLists of(Collection<Mover> movers, int size) {
        List<Mover> gainers = new ArrayList<>();
        List<Mover> losers = new ArrayList<>();
        for (Mover mover : movers) {
            if (mover.previousClose() != null && exact(mover.previousClose()).signum() > 0) {
                int change = exact(mover.close()).compareTo(exact(mover.previousClose()));
                if (change > 0) {
                    gainers.add(mover);
                }
                if (change < 0) {
                    losers.add(mover);
                }
            }
        }
        gainers.sort((a, b) -> {
            int order = compareRatios(b, a);
            return order == 0 ? a.symbol().compareTo(b.symbol()) : order;
        });
        losers.sort((a, b) -> {
            int order = compareRatios(a, b);
            return order == 0 ? a.symbol().compareTo(b.symbol()) : order;
        });
        List<Mover> mostActive = new ArrayList<>(movers);
        mostActive.sort((a, b) -> {
            if ((a.turnover() == null) != (b.turnover() == null)) {
                return a.turnover() != null ? -1 : 1;
            }
            if (a.turnover() != null && a.turnover().compareTo(b.turnover()) != 0) {
                return b.turnover().compareTo(a.turnover());
            }
            if (a.count() != b.count()) {
                return a.count() > b.count() ? -1 : 1;
            }
            return a.symbol().compareTo(b.symbol());
        });
        return new MoverLists(cut(gainers, size), cut(losers, size), cut(mostActive, size));
    }

    /** a / b is to c / d, of b and d above zero, as a · d is to c · b. */
    private static int compareRatios(Mover one, Mover other) {
        BigDecimal left = exact(one.close()).multiply(exact(other.previousClose()));
        BigDecimal right = exact(other.close()).multiply(exact(one.previousClose()));
        return left.compareTo(right);
    }

    private static BigDecimal exact(Decimal number) {
        return new BigDecimal(number.toString());
    }

    private static List<Mover> cut(List<Mover> list, int size) {
        return list.subList(0, Math.min(size, list.size()));
    }
}
