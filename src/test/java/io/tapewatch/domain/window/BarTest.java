package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Exactly;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class BarTest {

    private static final long SEED = 20080915;
    private static final long AT_0930 = 1_700_040_600_000L;

    @Test
    void everyFigureIsThatOfANaiveComputation() {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            List<Tick> ticks = generated.ticks(1 + generated.below(40));
            SoftAssertions figures = new SoftAssertions();
            compare(figures, bar(ticks), ticks);
            assertThat(figures.assertionErrorsCollected())
                    .as("run %d, seed %d: %s", run, SEED, ticks)
                    .isEmpty();
        }
    }

    @Test
    void theOrderOfTicksDoesNotShow() {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            List<Tick> ticks = generated.ticks(2 + generated.below(30));

            assertThat(bar(generated.shuffled(ticks)))
                    .as("run %d, seed %d: %s", run, SEED, ticks)
                    .isEqualTo(bar(ticks))
                    .hasSameHashCodeAs(bar(ticks));
        }
    }

    @Test
    void mergingIsAddingWhateverTheGrouping() {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            List<Tick> ticks = generated.ticks(2 + generated.below(30));
            List<Tick> shuffled = generated.shuffled(ticks);
            int parts = 1 + generated.below(5);
            Bar[] bars = new Bar[parts];
            Arrays.setAll(bars, i -> new Bar());
            for (Tick tick : shuffled) {
                bars[generated.below(parts)].add(tick);
            }
            Bar merged = new Bar();
            for (Bar part : generated.shuffled(List.of(bars))) {
                merged.merge(part);
            }

            assertThat(merged).as("run %d, seed %d: %s", run, SEED, ticks).isEqualTo(bar(ticks));
        }
    }

    @Test
    void mergeIsCommutativeAndAssociativeAndTheEmptyBarChangesNothing() {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            Bar a = bar(generated.ticks(generated.below(5)));
            Bar b = bar(generated.ticks(generated.below(5)));
            Bar c = bar(generated.ticks(generated.below(5)));
            String name = "run %d, seed %d: %s, %s, %s".formatted(run, SEED, a, b, c);

            assertThat(merged(a, b)).as(name).isEqualTo(merged(b, a));
            assertThat(merged(merged(a, b), c)).as(name).isEqualTo(merged(a, merged(b, c)));
            assertThat(merged(a, new Bar())).as(name).isEqualTo(a);
            assertThat(merged(new Bar(), a)).as(name).isEqualTo(a);
        }
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            Bar bar = bar(generated.ticks(generated.below(30)));
            assertThat(read(written(bar))).as("run %d, seed %d", run, SEED).isEqualTo(bar);
        }
    }

    @Test
    void extremesOfTimeSequenceAndOffsetReadBack() throws IOException {
        Bar bar = new Bar();
        bar.add(tick(1, Ticks.NO_SIZE, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE));
        assertThat(read(written(bar))).isEqualTo(bar);
        bar.add(tick(2, Ticks.NO_SIZE, Long.MAX_VALUE, Long.MIN_VALUE + 1, 0, 0));
        assertThat(read(written(bar))).isEqualTo(bar);
        bar.add(tick(3, Ticks.NO_SIZE, Long.MAX_VALUE, Tick.NO_SEQ, 0, 0));
        assertThat(read(written(bar))).isEqualTo(bar);
    }

    @Test
    void aUsualMinuteIsSmall() throws IOException {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(200); run++) {
            assertThat(written(bar(generated.usualMinute(50)))).hasSizeLessThan(165);
        }
        assertThat(written(bar(generated.usualMinute(1)))).hasSizeLessThan(140);
        assertThat(written(new Bar())).hasSize(2);
    }

    @Test
    void anUnknownLayoutIsRefusedByItsNumber() throws IOException {
        byte[] bytes = written(bar(new Generated(SEED).ticks(3)));
        bytes[0] = 7;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 7")
                .hasMessageContaining("layout 0");
    }

    @Test
    void aBarCutShortIsRefused() throws IOException {
        byte[] bytes = written(bar(new Generated(SEED).ticks(3)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void threeTradesByHand() {
        Bar bar = new Bar();
        bar.add(tick(100, 2, AT_0930 + 1, Tick.NO_SEQ, 0, 7));
        bar.add(tick(104, 1, AT_0930 + 2, Tick.NO_SEQ, 0, 8));
        bar.add(tick(102, 1, AT_0930, Tick.NO_SEQ, 0, 9));

        assertThat(bar.count()).isEqualTo(3);
        assertThat(bar.sizedCount()).isEqualTo(3);
        assertThat(bar.open()).isEqualTo(102);
        assertThat(bar.high()).isEqualTo(104);
        assertThat(bar.low()).isEqualTo(100);
        assertThat(bar.close()).isEqualTo(104);
        assertThat(bar.firstTime()).isEqualTo(AT_0930);
        assertThat(bar.lastTime()).isEqualTo(AT_0930 + 2);
        assertThat(bar.highTime()).isEqualTo(AT_0930 + 2);
        assertThat(bar.lowTime()).isEqualTo(AT_0930 + 1);
        assertThat(bar.mean()).isEqualTo(102);
        assertThat(bar.stddev()).isEqualTo(2);
        assertThat(bar.volume()).isEqualTo(4);
        assertThat(bar.turnover()).isEqualTo(406);
        assertThat(bar.vwap()).isEqualTo(101.5);
    }

    @Test
    void atTheSameTimeTheSequenceThenPartitionAndOffsetDecideOpenAndClose() {
        Bar bar = new Bar();
        bar.add(tick(1, 1, AT_0930, Tick.NO_SEQ, 1, 1));
        bar.add(tick(2, 1, AT_0930, 5, 2, 9));
        bar.add(tick(3, 1, AT_0930, 4, 3, 9));
        bar.add(tick(4, 1, AT_0930, Tick.NO_SEQ, 1, 2));
        bar.add(tick(5, 1, AT_0930, Tick.NO_SEQ, 0, 3));
        assertThat(bar.open()).isEqualTo(3);
        assertThat(bar.close()).isEqualTo(4);
    }

    @Test
    void highAndLowTimeAreTheEarliestOfTheirPrice() {
        Bar bar = new Bar();
        bar.add(tick(5, 1, AT_0930 + 3, Tick.NO_SEQ, 0, 1));
        bar.add(tick(5, 1, AT_0930 + 1, Tick.NO_SEQ, 0, 2));
        bar.add(tick(5, 1, AT_0930 + 2, Tick.NO_SEQ, 0, 3));
        assertThat(bar.highTime()).isEqualTo(AT_0930 + 1);
        assertThat(bar.lowTime()).isEqualTo(AT_0930 + 1);
    }

    @Test
    void oneTickHasNoDeviationAndEqualPricesHaveNone() {
        Bar bar = new Bar();
        bar.add(tick(0.1, 1, AT_0930, Tick.NO_SEQ, 0, 1));
        assertThat(bar.stddev()).isNull();
        for (int i = 2; i < 1000; i++) {
            bar.add(tick(0.1, 1, AT_0930, Tick.NO_SEQ, 0, i));
            assertThat(bar.stddev()).isEqualTo(0.0);
            assertThat(bar.mean()).isEqualTo(0.1);
            assertThat(bar.vwap()).isEqualTo(0.1);
        }
    }

    @Test
    void aSizeOfZeroIsASizeAndNoneIsNot() {
        Bar bar = new Bar();
        bar.add(tick(100, Ticks.NO_SIZE, AT_0930, Tick.NO_SEQ, 0, 1));
        assertThat(bar.sizedCount()).isZero();
        assertThat(bar.volume()).isNull();
        assertThat(bar.turnover()).isNull();
        assertThat(bar.vwap()).isNull();

        bar.add(tick(101, 0, AT_0930, Tick.NO_SEQ, 0, 2));
        assertThat(bar.sizedCount()).isEqualTo(1);
        assertThat(bar.volume()).isEqualTo(0.0);
        assertThat(bar.turnover()).isEqualTo(0.0);
        assertThat(bar.vwap()).isNull();

        bar.add(tick(102, 1e-12, AT_0930, Tick.NO_SEQ, 0, 3));
        assertThat(bar.sizedCount()).isEqualTo(2);
        assertThat(bar.volume()).isEqualTo(1e-12);
        assertThat(bar.vwap()).isEqualTo(102.0);
    }

    @Test
    void theSignOfZeroIsDropped() {
        Bar bar = new Bar();
        bar.add(tick(-0.0, -0.0, AT_0930, Tick.NO_SEQ, 0, 1));
        Bar positive = new Bar();
        positive.add(tick(0.0, 0.0, AT_0930, Tick.NO_SEQ, 0, 1));
        assertThat(bar).isEqualTo(positive);
        assertThat(1 / bar.open()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(1 / bar.mean()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void theEdgesOfTheRangeStandSideBySide() {
        Bar bar = new Bar();
        bar.add(tick(1e12, 1e12, AT_0930, Tick.NO_SEQ, 0, 1));
        bar.add(tick(1e-12, 1e-12, AT_0930, Tick.NO_SEQ, 0, 2));
        bar.add(tick(-1e12, 1e12, AT_0930, Tick.NO_SEQ, 0, 3));
        assertThat(bar.turnover()).isEqualTo(1e-24);
        assertThat(bar.mean()).isEqualTo(1e-12 / 3);
        assertThat(bar.stddev()).isEqualTo(1e12);
    }

    @Test
    void anEmptyBarHasCountsAndNoPrices() {
        Bar bar = new Bar();
        assertThat(bar.isEmpty()).isTrue();
        assertThat(bar.count()).isZero();
        assertThat(bar.sizedCount()).isZero();
        assertThat(bar.stddev()).isNull();
        assertThat(bar.vwap()).isNull();
        assertThat(bar.volume()).isNull();
        assertThat(bar.turnover()).isNull();
        List<Runnable> figures = List.of(
                bar::open,
                bar::high,
                bar::low,
                bar::close,
                bar::firstTime,
                bar::lastTime,
                bar::highTime,
                bar::lowTime,
                bar::mean);
        assertThat(figures)
                .allSatisfy(figure -> assertThatThrownBy(figure::run).isInstanceOf(IllegalStateException.class));
        bar.add(tick(1, 1, AT_0930, Tick.NO_SEQ, 0, 1));
        assertThat(bar.isEmpty()).isFalse();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        List<Tick> ticks = new Generated(SEED).ticks(10);
        Bar bar = bar(ticks.subList(0, 9));
        Bar copy = bar.copy();
        assertThat(copy).isEqualTo(bar);
        copy.add(ticks.get(9));
        assertThat(bar).isEqualTo(bar(ticks.subList(0, 9)));
        assertThat(copy).isEqualTo(bar(ticks));
    }

    /** Every difference of the state shows, whichever part it is in. */
    @Test
    void barsOfDifferentTicksAreNotEqual() {
        Tick only = tick(5, 1, AT_0930, 1, 1, 1);
        List<Tick> others = List.of(
                tick(6, 1, AT_0930, 1, 1, 1),
                tick(5, 2, AT_0930, 1, 1, 1),
                tick(5, Ticks.NO_SIZE, AT_0930, 1, 1, 1),
                tick(5, 1, AT_0930 + 1, 1, 1, 1),
                tick(5, 1, AT_0930, 2, 1, 1),
                tick(5, 1, AT_0930, Tick.NO_SEQ, 1, 1),
                tick(5, 1, AT_0930, 1, 2, 1),
                tick(5, 1, AT_0930, 1, 1, 2));
        assertThat(others).allSatisfy(other -> assertThat(bar(List.of(other)))
                .isNotEqualTo(bar(List.of(only)))
                .isNotEqualTo(bar(List.of(only, other))));
    }

    private static void compare(SoftAssertions figures, Bar bar, List<Tick> ticks) {
        Tick first = ticks.stream().min(Comparator.naturalOrder()).orElseThrow();
        Tick last = ticks.stream().max(Comparator.naturalOrder()).orElseThrow();
        double high = ticks.stream().mapToDouble(Tick::priceNearest).max().orElseThrow();
        double low = ticks.stream().mapToDouble(Tick::priceNearest).min().orElseThrow();
        List<Tick> sized = ticks.stream().filter(Tick::hasSize).toList();
        figures.assertThat(bar.count()).as("count").isEqualTo(ticks.size());
        figures.assertThat(bar.sizedCount()).as("sizedCount").isEqualTo(sized.size());
        figures.assertThat(bar.open()).as("open").isEqualTo(first.priceNearest() + 0.0);
        figures.assertThat(bar.high()).as("high").isEqualTo(high + 0.0);
        figures.assertThat(bar.low()).as("low").isEqualTo(low + 0.0);
        figures.assertThat(bar.close()).as("close").isEqualTo(last.priceNearest() + 0.0);
        figures.assertThat(bar.firstTime()).as("firstTime").isEqualTo(first.time());
        figures.assertThat(bar.lastTime()).as("lastTime").isEqualTo(last.time());
        figures.assertThat(bar.highTime()).as("highTime").isEqualTo(earliest(ticks, high));
        figures.assertThat(bar.lowTime()).as("lowTime").isEqualTo(earliest(ticks, low));

        BigDecimal n = BigDecimal.valueOf(ticks.size());
        BigDecimal sum = sum(ticks, Tick::priceNearest);
        figures.assertThat(bar.mean()).as("mean").matches(mean -> Exactly.isNearest(mean, Exactly.quotient(sum, n)));
        if (ticks.size() < 2) {
            figures.assertThat(bar.stddev()).as("stddev").isNull();
        } else {
            BigDecimal squares = ticks.stream()
                    .map(tick -> new BigDecimal(tick.priceNearest()).pow(2))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            ToIntFunction<BigDecimal> deviation = Exactly.squareRoot(
                    n.multiply(squares).subtract(sum.pow(2)), n.multiply(n.subtract(BigDecimal.ONE)));
            figures.assertThat(bar.stddev()).as("stddev").matches(stddev -> Exactly.isNearest(stddev, deviation));
        }

        if (sized.isEmpty()) {
            figures.assertThat(bar.volume()).as("volume").isNull();
            figures.assertThat(bar.turnover()).as("turnover").isNull();
            figures.assertThat(bar.vwap()).as("vwap").isNull();
            return;
        }
        BigDecimal volume = sum(sized, Tick::sizeNearest);
        BigDecimal turnover = sized.stream()
                .map(tick -> new BigDecimal(tick.priceNearest()).multiply(new BigDecimal(tick.sizeNearest())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        figures.assertThat(bar.volume()).as("volume").isEqualTo(volume.doubleValue());
        figures.assertThat(bar.turnover()).as("turnover").isEqualTo(turnover.doubleValue());
        if (volume.signum() == 0) {
            figures.assertThat(bar.vwap()).as("vwap").isNull();
        } else {
            figures.assertThat(bar.vwap())
                    .as("vwap")
                    .matches(vwap -> Exactly.isNearest(vwap, Exactly.quotient(turnover, volume)));
        }
    }

    private static long earliest(List<Tick> ticks, double price) {
        return ticks.stream()
                .filter(tick -> tick.priceNearest() == price)
                .mapToLong(Tick::time)
                .min()
                .orElseThrow();
    }

    private static BigDecimal sum(List<Tick> ticks, ToDoubleFunction<Tick> number) {
        return ticks.stream()
                .map(tick -> new BigDecimal(number.applyAsDouble(tick)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Bar bar(List<Tick> ticks) {
        Bar bar = new Bar();
        ticks.forEach(bar::add);
        return bar;
    }

    private static Bar merged(Bar a, Bar b) {
        Bar merged = a.copy();
        merged.merge(b);
        return merged;
    }

    private static byte[] written(Bar bar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bar.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static Bar read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Bar bar = Bar.readFrom(in);
        assertThat(in.available()).isZero();
        return bar;
    }

    private static Tick tick(double price, double size, long time, long seq, int partition, long offset) {
        Origin origin = new Origin(partition, offset, time, Origin.Stamp.CREATE_TIME);
        return Ticks.of("BTC-USD", price, size, time, null, seq, null, null, null, origin);
    }
}
