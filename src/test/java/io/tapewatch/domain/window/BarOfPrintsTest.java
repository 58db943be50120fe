package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.Eligibility.Last;
import io.tapewatch.domain.trade.FirstsOfDays;
import io.tapewatch.domain.window.NaivePrints.Firsts;
import io.tapewatch.domain.window.NaivePrints.Print;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bars of prints that may update this or that. */
class BarOfPrintsTest {

    private static final long SEED = 20231108;

    /** The prints of a round, and the first of each of its days; prints that are in no bar may be these, too. */
    private static final class Round {
        private final Generated random;
        private final List<Print> prints;
        private final Firsts firsts;

        Round(Generated random, int most) {
            this.random = random;
            this.firsts = new Firsts(1 + random.below(random.oneIn(2) ? 20 : 40_000));
            List<Print> all = new ArrayList<>();
            for (Tick tick : random.ticks(1 + random.below(most))) {
                Print print = new Print(tick, NaivePrints.anyEligibility(random, true));
                all.add(print);
                firsts.take(tick, print.eligibility());
            }
            prints = random.oneIn(3) ? all.subList(0, random.below(all.size() + 1)) : all;
        }

        Bar bar(List<Print> some) {
            Bar bar = new Bar();
            some.forEach(print -> add(bar, print));
            return bar;
        }

        void add(Bar bar, Print print) {
            bar.add(print.tick(), print.eligibility(), firsts);
        }
    }

    @Test
    void everyFigureIsThatOfANaiveComputationWhateverTheOrderAndTheGrouping() {
        Generated random = new Generated(SEED);
        Map<String, Integer> seen = new TreeMap<>();
        for (int run = 0; run < Rounds.of(3_000); run++) {
            Round round = new Round(random, 30);
            Bar bar = round.bar(round.prints);
            Bar merged = grouped(round);
            String as = "run %d, seed %d: %s".formatted(run, SEED, round.prints);

            assertThat(merged).as(as).isEqualTo(bar).hasSameHashCodeAs(bar);
            for (boolean ofDays : new boolean[] {false, true}) {
                Map<String, Object> expected = NaivePrints.figures(round.prints, ofDays, round.firsts);
                assertThat(NaivePrints.figures(summary(merged, ofDays, round)))
                        .as("%s, of days %s", as, ofDays)
                        .isEqualTo(expected);
                assertThat(bar.hasClose(ofDays, round.firsts)).as(as).isEqualTo(expected.containsKey("close"));
                seen.merge(expected.containsKey("close") ? "a close" : "no close", 1, Integer::sum);
                seen.merge(expected.containsKey("high") ? "a price" : "no price", 1, Integer::sum);
                boolean byFirst = expected.containsKey("close")
                        && round.prints.stream().noneMatch(each -> each.setsEnds(ofDays, FirstsOfDays.NONE));
                seen.merge(byFirst ? "a close by being the first alone" : "others", 1, Integer::sum);
            }
            assertThat(bar.isEmpty()).as(as).isEqualTo(round.prints.isEmpty());
            assertThat(bar.latestTime())
                    .as(as)
                    .isEqualTo(round.prints.stream()
                            .mapToLong(print -> print.tick().time())
                            .max()
                            .orElse(Long.MIN_VALUE));
        }
        assertThat(seen)
                .containsOnlyKeys(
                        "a close", "no close", "a price", "no price", "a close by being the first alone", "others")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(Rounds.of(20)));
    }

    /** Parts in any order, and parts of parts. */
    private static Bar grouped(Round round) {
        List<Bar> parts = new ArrayList<>();
        for (int i = 1 + round.random.below(6); i > 0; i--) {
            parts.add(new Bar());
        }
        for (Print print : round.random.shuffled(round.prints)) {
            round.add(parts.get(round.random.below(parts.size())), print);
        }
        while (parts.size() > 1) {
            Bar one = parts.remove(round.random.below(parts.size()));
            parts.get(round.random.below(parts.size())).merge(one);
        }
        return parts.get(0);
    }

    @Test
    void whatIsTakenAwayIsAsIfItHadNeverBeenAddedOrIsToBeBuiltAnew() {
        Generated random = new Generated(SEED);
        Map<String, Integer> seen = new TreeMap<>();
        for (int run = 0; run < Rounds.of(3_000); run++) {
            Round round = new Round(random, 12);
            List<Print> left = new ArrayList<>(random.shuffled(round.prints));
            Bar bar = round.bar(left);
            while (!left.isEmpty()) {
                Print print = left.remove(random.below(left.size()));
                boolean isBroken = bar.subtract(print.tick(), print.eligibility(), round.firsts);
                seen.merge(isBroken ? "built anew" : "as it is", 1, Integer::sum);
                if (isBroken) {
                    bar.clearTicks();
                    left.forEach(each -> round.add(bar, each));
                }
                assertThat(bar)
                        .as("run %d, seed %d: %s without %s", run, SEED, left, print)
                        .isEqualTo(round.bar(left))
                        .hasSameHashCodeAs(round.bar(left));
            }
            assertThat(bar.isEmpty()).isTrue();
            assertThat(bar).isEqualTo(new Bar());
        }
        assertThat(seen)
                .containsOnlyKeys("built anew", "as it is")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(Rounds.of(1_000)));
    }

    /** A bar is built anew only where it must be: the sums are right at once. */
    @Test
    void onlyTheEndsTheHighTheLowAndTheFirstOfADayHaveABarBuiltAnew() {
        Firsts firsts = new Firsts(1_000_000_000_000L);
        List<Tick> ticks = new Generated(SEED).usualMinute(50);
        Bar bar = new Bar();
        ticks.forEach(tick -> bar.add(tick, Eligibility.ALL, firsts));
        int broken = 0;
        for (Tick tick : ticks) {
            Bar copy = bar.copy();
            broken += copy.subtract(tick, Eligibility.ALL, firsts) ? 1 : 0;
            assertThat(copy.count()).isEqualTo(49);
        }
        assertThat(broken).isBetween(2, 4);
    }

    @Test
    void aTickThatIsNotThereIsNotTakenAway() {
        Tick tick = new Generated(SEED).ticks(1).get(0);
        Eligibility none = new Eligibility(false, Last.NO, false, false);
        assertThatThrownBy(() -> new Bar().subtract(tick, Eligibility.ALL, new Firsts(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Bar().subtract(tick, none, new Firsts(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Generated random = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            Round round = new Round(random, 20);
            Bar bar = round.bar(round.prints);
            bar.addMissing(random.oneIn(2) ? 0 : random.below(1_000));
            assertThat(read(written(bar))).as("run %d, seed %d", run, SEED).isEqualTo(bar);
            assertThat(bar.copy()).as("run %d, seed %d", run, SEED).isEqualTo(bar);
        }
    }

    /** With nothing aside, a bar is written as it was before there was anything. */
    @Test
    void aPlainBarTakesNotAByteMore() throws IOException {
        List<Tick> ticks = new Generated(SEED).usualMinute(50);
        Bar plain = new Bar();
        ticks.forEach(plain::add);
        Bar bar = new Bar();
        ticks.forEach(tick -> bar.add(tick, Eligibility.ALL, new Firsts(1)));

        assertThat(bar).isEqualTo(plain);
        assertThat(written(bar)).isEqualTo(written(plain)).startsWith(1, 50, 50);
    }

    @Test
    void anUnknownLayoutOfWhatIsAsideIsRefusedByItsNumber() throws IOException {
        Bar bar = new Bar();
        bar.addMissing(3);
        byte[] bytes = written(bar);
        assertThat(bytes).startsWith(2, 1);
        bytes[1] = 7;
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class).hasMessageContaining("layout 7");
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(written(bar), length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsMissingIsAddedUpAndIsNoTick() {
        Bar bar = new Bar();
        bar.addMissing(3);
        assertThat(bar.isEmpty()).isTrue();
        Bar other = new Bar();
        other.addMissing(4);
        other.merge(bar);
        assertThat(other.missing()).isEqualTo(7);
        other.addMissing(-5);
        assertThat(other.missing()).isEqualTo(2);
        assertThat(bar.missing()).isEqualTo(3);
        other.addMissing(-5);
        assertThat(other).isEqualTo(new Bar());
    }

    private static Summary summary(Bar bar, boolean ofDays, Round round) {
        return Summary.of(Instrument.unknown("BTC-USD"), "1m", 0, 1, 1, bar.view(ofDays, round.firsts), null, 0, 1);
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
}
