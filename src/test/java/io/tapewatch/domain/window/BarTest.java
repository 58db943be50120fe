package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Generated.Sent;
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
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class BarTest {

    private static final long SEED = 20080915;
    private static final long AT_0930 = 1_700_040_600_000L;

    @Test
    void everyFigureIsThatOfANaiveComputation() {
        Generated generated = new Generated(SEED);
        int rounded = 0;
        for (int run = 0; run < Rounds.of(2_000); run++) {
            List<Sent> sent = generated.sent(1 + generated.below(40));
            SoftAssertions figures = new SoftAssertions();
            compare(figures, bar(sent.stream().map(Sent::tick).toList()), sent);
            assertThat(figures.assertionErrorsCollected())
                    .as("run %d, seed %d: %s", run, SEED, sent)
                    .isEmpty();
            rounded += (int) sent.stream()
                    .filter(each -> rounded(each.price()).compareTo(new BigDecimal(each.price())) != 0)
                    .count();
        }
        assertThat(rounded).as("prices of too many digits").isGreaterThan(Rounds.of(1_000));
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
            assertThat(written(bar(generated.usualMinute(50)))).hasSizeLessThan(90);
        }
        assertThat(written(bar(generated.usualMinute(1)))).hasSizeLessThan(80);
        assertThat(written(new Bar())).hasSize(2);
    }

    @Test
    void anUnknownLayoutIsRefusedByItsNumber() throws IOException {
        byte[] bytes = written(bar(new Generated(SEED).ticks(3)));
        bytes[0] = 7;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 7")
                .hasMessageContaining("layouts 1 and 2");
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
        assertThat(bar.open()).hasToString("102");
        assertThat(bar.high()).hasToString("104");
        assertThat(bar.low()).hasToString("100");
        assertThat(bar.close()).hasToString("104");
        assertThat(bar.firstTime()).isEqualTo(AT_0930);
        assertThat(bar.lastTime()).isEqualTo(AT_0930 + 2);
        assertThat(bar.highTime()).isEqualTo(AT_0930 + 2);
        assertThat(bar.lowTime()).isEqualTo(AT_0930 + 1);
        assertThat(bar.mean()).isEqualTo(102);
        assertThat(bar.stddev()).isEqualTo(2);
        assertThat(bar.volume()).hasToString("4");
        assertThat(bar.turnover()).hasToString("406");
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
        assertThat(bar.open()).hasToString("3");
        assertThat(bar.close()).hasToString("4");
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
        assertThat(bar.volume()).isEqualTo(BigDecimal.ZERO);
        assertThat(bar.turnover()).isEqualTo(BigDecimal.ZERO);
        assertThat(bar.vwap()).isNull();

        bar.add(tick(102, 1e-12, AT_0930, Tick.NO_SEQ, 0, 3));
        assertThat(bar.sizedCount()).isEqualTo(2);
        assertThat(bar.volume()).isEqualTo(new BigDecimal("0.000000000001"));
        assertThat(bar.vwap()).isEqualTo(102.0);
    }

    @Test
    void aSumHasNoZerosAtTheEndOfItsDecimals() {
        Bar bar = new Bar();
        bar.add(tick(2, 0.1, AT_0930, Tick.NO_SEQ, 0, 1));
        bar.add(tick(2, 0.2, AT_0930, Tick.NO_SEQ, 0, 2));
        assertThat(bar.volume()).isEqualTo(new BigDecimal("0.3"));
        assertThat(bar.turnover()).isEqualTo(new BigDecimal("0.6"));
        bar.add(tick(2, 0.7, AT_0930, Tick.NO_SEQ, 0, 3));
        assertThat(bar.volume()).isEqualTo(new BigDecimal("1"));
        assertThat(bar.turnover()).isEqualTo(new BigDecimal("2"));
        bar.add(tick(2, 99, AT_0930, Tick.NO_SEQ, 0, 4));
        assertThat(bar.volume()).isEqualTo(new BigDecimal("100"));
        assertThat(bar.turnover()).isEqualTo(new BigDecimal("200"));
    }

    @Test
    void theEdgesOfTheRangeStandSideBySide() {
        Bar bar = new Bar();
        String largest = "1000000000000000000";
        String smallest = "0.000000000000000001";
        bar.add(Ticks.tick("X").price(largest).size(largest).offset(1).tick());
        bar.add(Ticks.tick("X").price(smallest).size(smallest).offset(2).tick());
        bar.add(Ticks.tick("X").price("-" + largest).size(largest).offset(3).tick());
        assertThat(bar.high()).hasToString(largest);
        assertThat(bar.low()).hasToString("-" + largest);
        assertThat(bar.volume()).isEqualTo(new BigDecimal("2000000000000000000.000000000000000001"));
        assertThat(bar.turnover()).isEqualTo(new BigDecimal("0.000000000000000000000000000000000001"));
        assertThat(bar.mean()).isEqualTo(1e-18 / 3);
        assertThat(bar.stddev()).isEqualTo(1e18);
    }

    /** What the old layout says is not what it would be read as. */
    @Test
    void barsOfDoublesAreRefused() throws IOException {
        byte[] bytes = written(bar(new Generated(SEED).ticks(3)));
        bytes[0] = 0;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "A bar in layout 0, but this version reads layouts 1 and 2 only; start without that savepoint");
    }

    @Test
    void aPriceThatIsNotInItsFormIsRefused() throws IOException {
        byte[] bytes = written(bar(List.of(tick(1.5, Ticks.NO_SIZE, AT_0930, 1, 0, 1))));
        assertThat(bytes[3]).as("the scale of the open").isEqualTo((byte) 1);
        for (int scale : new int[] {-1, 19}) {
            bytes[3] = (byte) scale;
            assertThatThrownBy(() -> read(bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Not a price: 15 at scale " + scale);
        }
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

    private static void compare(SoftAssertions figures, Bar bar, List<Sent> sent) {
        List<Tick> ticks = sent.stream().map(Sent::tick).toList();
        Comparator<Sent> order = Comparator.comparing(Sent::tick);
        BigDecimal first = rounded(sent.stream().min(order).orElseThrow().price());
        BigDecimal last = rounded(sent.stream().max(order).orElseThrow().price());
        BigDecimal high = prices(sent).max(Comparator.naturalOrder()).orElseThrow();
        BigDecimal low = prices(sent).min(Comparator.naturalOrder()).orElseThrow();
        List<Sent> sized = sent.stream().filter(each -> each.size() != null).toList();
        figures.assertThat(bar.count()).as("count").isEqualTo(ticks.size());
        figures.assertThat(bar.sizedCount()).as("sizedCount").isEqualTo(sized.size());
        figures.assertThat(bar.open()).as("open").hasToString(plain(first).toPlainString());
        figures.assertThat(bar.high()).as("high").hasToString(plain(high).toPlainString());
        figures.assertThat(bar.low()).as("low").hasToString(plain(low).toPlainString());
        figures.assertThat(bar.close()).as("close").hasToString(plain(last).toPlainString());
        figures.assertThat(bar.firstTime())
                .as("firstTime")
                .isEqualTo(Collections.min(ticks).time());
        figures.assertThat(bar.lastTime())
                .as("lastTime")
                .isEqualTo(Collections.max(ticks).time());
        figures.assertThat(bar.highTime()).as("highTime").isEqualTo(earliest(sent, high));
        figures.assertThat(bar.lowTime()).as("lowTime").isEqualTo(earliest(sent, low));

        BigDecimal n = BigDecimal.valueOf(ticks.size());
        BigDecimal sum = sum(prices(sent));
        figures.assertThat(bar.mean()).as("mean").matches(mean -> Exactly.isNearest(mean, Exactly.quotient(sum, n)));
        if (ticks.size() < 2) {
            figures.assertThat(bar.stddev()).as("stddev").isNull();
        } else {
            BigDecimal squares = sum(prices(sent).map(price -> price.multiply(price)));
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
        BigDecimal volume = sum(sized.stream().map(each -> rounded(each.size())));
        BigDecimal turnover =
                sum(sized.stream().map(each -> rounded(each.price()).multiply(rounded(each.size()))));
        figures.assertThat(bar.volume()).as("volume").isEqualTo(plain(volume));
        figures.assertThat(bar.turnover()).as("turnover").isEqualTo(plain(turnover));
        if (volume.signum() == 0) {
            figures.assertThat(bar.vwap()).as("vwap").isNull();
        } else {
            figures.assertThat(bar.vwap())
                    .as("vwap")
                    .matches(vwap -> Exactly.isNearest(vwap, Exactly.quotient(turnover, volume)));
        }
    }

    /** What is made of a number of too many digits: 18 of them, at most 18 behind the point, rounded half to even. */
    private static BigDecimal rounded(String text) {
        BigDecimal exact = new BigDecimal(text);
        int digitsBeforeThePoint = exact.precision() - exact.scale();
        int decimals = Math.max(0, Math.min(18, 18 - digitsBeforeThePoint));
        return exact.setScale(decimals, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Stream<BigDecimal> prices(List<Sent> sent) {
        return sent.stream().map(each -> rounded(each.price()));
    }

    private static long earliest(List<Sent> sent, BigDecimal price) {
        return sent.stream()
                .filter(each -> rounded(each.price()).compareTo(price) == 0)
                .mapToLong(each -> each.tick().time())
                .min()
                .orElseThrow();
    }

    private static BigDecimal sum(Stream<BigDecimal> numbers) {
        return numbers.reduce(BigDecimal.ZERO, BigDecimal::add);
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
