package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.Eligibility.Last;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What prints come to in a window, worked out from the list of all of them. */
final class NaivePrints {

    /** A tick and what it may update. */
    record Print(Tick tick, Eligibility eligibility) {

        boolean setsPrice(boolean ofDays) {
            return eligibility.highLow() || eligibility.pricesInMinutes() && !ofDays;
        }

        boolean setsEnds(boolean ofDays, FirstsOfDays firsts) {
            return eligibility.last() == Last.YES
                    || eligibility.last() == Last.FIRST_OF_DAY && isFirst(firsts)
                    || eligibility.pricesInMinutes() && !ofDays;
        }

        private boolean isFirst(FirstsOfDays firsts) {
            return firsts.isFirst(
                    tick.time(),
                    tick.nanos(),
                    tick.seq(),
                    tick.origin().partition(),
                    tick.origin().offset());
        }

        boolean setsVolume() {
            return tick.hasSize() && eligibility.volume();
        }

        BigDecimal price() {
            return tick.price().toBigDecimal();
        }

        BigDecimal size() {
            return tick.size().toBigDecimal();
        }
    }

    /** The first prints of days of some length, from a set of all prints. */
    static final class Firsts implements FirstsOfDays {

        private final long length;
        private final TreeSet<Tick> taken = new TreeSet<>();

        Firsts(long length) {
            this.length = length;
        }

        @Override
        public long dayOf(long time) {
            return Math.floorDiv(time, length);
        }

        @Override
        public long firstOf(long time) {
            return taken.stream()
                    .filter(tick -> dayOf(tick.time()) == dayOf(time))
                    .findFirst()
                    .map(Tick::time)
                    .orElse(EventTimes.NEVER);
        }

        @Override
        public boolean isFirst(long time, int nanos, long seq, int partition, long offset) {
            return taken.stream()
                    .filter(tick -> dayOf(tick.time()) == dayOf(time))
                    .findFirst()
                    .filter(tick -> tick.time() == time
                            && tick.nanos() == nanos
                            && tick.seq() == seq
                            && tick.origin().partition() == partition
                            && tick.origin().offset() == offset)
                    .isPresent();
        }

        @Override
        public void take(Tick tick, Eligibility eligibility) {
            if (eligibility.last() != Last.NO) {
                taken.add(tick);
            }
        }
    }

    private static final MathContext DIGITS = new MathContext(120);

    private NaivePrints() {}

    /** Each that there can be, half of them {@link Eligibility#ALL}. */
    static Eligibility anyEligibility(Generated random, boolean firsts) {
        return switch (random.below(16)) {
            case 0 -> new Eligibility(true, Last.YES, false, false);
            case 1, 2 -> new Eligibility(true, firsts ? Last.FIRST_OF_DAY : Last.NO, true, false);
            case 3 -> new Eligibility(true, firsts ? Last.FIRST_OF_DAY : Last.NO, false, false);
            case 4 -> new Eligibility(true, Last.NO, random.oneIn(2), false);
            case 5, 6 -> new Eligibility(false, Last.NO, random.oneIn(2), true);
            case 7, 8 -> new Eligibility(false, Last.NO, random.oneIn(2), false);
            default -> Eligibility.ALL;
        };
    }

    /** The fields of a summary that prints make, by their names; none for those without a value. */
    static Map<String, Object> figures(List<Print> prints, boolean ofDays, FirstsOfDays firsts) {
        Map<String, Object> figures = new TreeMap<>();
        List<Print> priced =
                prints.stream().filter(print -> print.setsPrice(ofDays)).toList();
        List<Print> sized = prints.stream().filter(Print::setsVolume).toList();
        List<Tick> ends = new ArrayList<>(prints.stream()
                .filter(print -> print.setsEnds(ofDays, firsts))
                .map(Print::tick)
                .toList());
        figures.put("count", (long) priced.size());
        figures.put("sizedCount", (long) sized.size());
        figures.put("ineligible", (long) prints.size() - priced.size());
        if (!ends.isEmpty()) {
            Collections.sort(ends);
            Tick first = ends.get(0);
            Tick last = ends.get(ends.size() - 1);
            figures.put("open", plain(first.price().toBigDecimal()));
            figures.put("close", plain(last.price().toBigDecimal()));
            figures.put("firstTime", first.time());
            figures.put("lastTime", last.time());
        }
        if (!priced.isEmpty()) {
            BigDecimal high =
                    priced.stream().map(Print::price).max(BigDecimal::compareTo).orElseThrow();
            BigDecimal low =
                    priced.stream().map(Print::price).min(BigDecimal::compareTo).orElseThrow();
            figures.put("high", plain(high));
            figures.put("low", plain(low));
            figures.put("highTime", earliest(priced, high));
            figures.put("lowTime", earliest(priced, low));
            BigDecimal n = BigDecimal.valueOf(priced.size());
            BigDecimal sum = priced.stream().map(Print::price).reduce(BigDecimal.ZERO, BigDecimal::add);
            figures.put("mean", sum.divide(n, DIGITS).doubleValue());
            if (priced.size() > 1) {
                BigDecimal squares =
                        priced.stream().map(print -> print.price().pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
                figures.put(
                        "stddev",
                        n.multiply(squares)
                                .subtract(sum.pow(2))
                                .divide(n.multiply(n.subtract(BigDecimal.ONE)), DIGITS)
                                .sqrt(DIGITS)
                                .doubleValue());
            }
        }
        List<Print> both =
                sized.stream().filter(print -> print.setsPrice(ofDays)).toList();
        BigDecimal pricedVolume = volume(both);
        if (pricedVolume.signum() > 0) {
            figures.put("vwap", turnover(both).divide(pricedVolume, DIGITS).doubleValue());
        }
        if (!sized.isEmpty()) {
            figures.put("volume", plain(volume(sized)));
            figures.put("turnover", plain(turnover(sized)));
        }
        return figures;
    }

    /** The same fields of a summary. */
    static Map<String, Object> figures(Summary summary) {
        Map<String, Object> figures = new TreeMap<>();
        figures.put("count", summary.count());
        figures.put("sizedCount", summary.sizedCount());
        figures.put("ineligible", summary.ineligible());
        put(
                figures,
                "open",
                summary.open() == null ? null : plain(summary.open().toBigDecimal()));
        put(
                figures,
                "high",
                summary.high() == null ? null : plain(summary.high().toBigDecimal()));
        put(figures, "low", summary.low() == null ? null : plain(summary.low().toBigDecimal()));
        put(
                figures,
                "close",
                summary.close() == null ? null : plain(summary.close().toBigDecimal()));
        put(figures, "firstTime", summary.firstTime());
        put(figures, "lastTime", summary.lastTime());
        put(figures, "highTime", summary.highTime());
        put(figures, "lowTime", summary.lowTime());
        // 0 and −0 are the same number.
        put(figures, "mean", summary.mean() == null ? null : summary.mean() + 0.0);
        put(figures, "stddev", summary.stddev());
        put(figures, "vwap", summary.vwap() == null ? null : summary.vwap() + 0.0);
        put(figures, "volume", summary.volume() == null ? null : plain(summary.volume()));
        put(figures, "turnover", summary.turnover() == null ? null : plain(summary.turnover()));
        return figures;
    }

    private static void put(Map<String, Object> figures, String name, Object value) {
        if (value != null) {
            figures.put(name, value);
        }
    }

    private static long earliest(List<Print> prints, BigDecimal price) {
        return prints.stream()
                .filter(print -> print.price().compareTo(price) == 0)
                .mapToLong(print -> print.tick().time())
                .min()
                .orElseThrow();
    }

    private static BigDecimal volume(List<Print> prints) {
        return prints.stream().map(Print::size).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal turnover(List<Print> prints) {
        return prints.stream()
                .map(print -> print.price().multiply(print.size()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
