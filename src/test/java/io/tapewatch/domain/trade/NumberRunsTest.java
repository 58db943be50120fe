package io.tapewatch.domain.trade;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.trade.NumberRuns.Seen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumberRunsTest {

    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private NumberRuns numbers = new NumberRuns();

    /** A number and the event time of its tick. */
    private record Numbered(long number, long time) {}

    private Seen see(long number, long time) {
        return numbers.take(number, time, this::change);
    }

    private void change(long time, long by) {
        missing.merge(time, by, Long::sum);
        missing.values().removeIf(count -> count == 0);
    }

    @Test
    void nothingIsMissingBeforeTheFirstNumber() {
        assertThat(numbers.isEmpty()).isTrue();
        assertThat(see(1_000, 10)).isEqualTo(Seen.IN_TURN);
        assertThat(see(1_001, 11)).isEqualTo(Seen.IN_TURN);
        assertThat(missing).isEmpty();
        assertThat(numbers.isEmpty()).isFalse();
    }

    @Test
    void whatIsMissingBelongsToTheNumberThatFollows() {
        see(10, 100);
        assertThat(see(15, 150)).isEqualTo(Seen.AFTER_GAP);
        assertThat(missing).containsExactly(Map.entry(150L, 4L));
        assertThat(numbers.missingSince(150)).isEqualTo(4);
        assertThat(numbers.missingSince(151)).isZero();
    }

    @Test
    void aNumberThatComesLateFillsItsHoleAndTakesWhatIsMissingBelowToItsOwnTime() {
        see(10, 100);
        see(15, 150);
        assertThat(see(13, 130)).isEqualTo(Seen.FILLED);
        assertThat(missing).containsExactly(Map.entry(130L, 2L), Map.entry(150L, 1L));
        assertThat(see(13, 130)).isEqualTo(Seen.AGAIN);
        see(14, 140);
        see(12, 120);
        see(11, 110);
        assertThat(missing).isEmpty();
    }

    @Test
    void numbersThatWereOvertakenAtTheStartCountToo() {
        see(10, 100);
        assertThat(see(8, 80)).isEqualTo(Seen.AFTER_GAP);
        assertThat(missing).containsExactly(Map.entry(100L, 1L));
        assertThat(see(7, 101)).as("later, and yet a lower number").isEqualTo(Seen.IN_TURN);
        assertThat(see(9, 90)).isEqualTo(Seen.FILLED);
        assertThat(missing).isEmpty();
    }

    @Test
    void aKnownNumberAtALaterTimeBeginsANewRun() {
        for (int i = 1; i <= 50; i++) {
            see(i, i * 10);
        }
        assertThat(see(20, 200)).as("sent twice").isEqualTo(Seen.AGAIN);
        assertThat(see(50, 900)).as("the highest again").isEqualTo(Seen.AGAIN);
        assertThat(see(1, 1_000)).isEqualTo(Seen.RESTARTED);
        assertThat(see(2, 1_010)).isEqualTo(Seen.IN_TURN);
        assertThat(see(52, 520)).as("late, of the run before").isEqualTo(Seen.AFTER_GAP);
        assertThat(see(4, 1_020)).isEqualTo(Seen.AFTER_GAP);
        assertThat(missing).containsExactly(Map.entry(520L, 1L), Map.entry(1_020L, 1L));
    }

    @Test
    void aJumpThatIsTooLargeBeginsANewRun() {
        see(5, 10);
        assertThat(see(5 + NumberRuns.LARGEST_HOLE + 2, 20)).isEqualTo(Seen.RESTARTED);
        assertThat(missing).isEmpty();
        assertThat(see(6, 11)).as("late, of the run before").isEqualTo(Seen.IN_TURN);
        assertThat(see(8, 12)).isEqualTo(Seen.AFTER_GAP);
    }

    @Test
    void theLargestHoleIsOne() {
        see(5, 10);
        assertThat(see(5 + NumberRuns.LARGEST_HOLE + 1, 20)).isEqualTo(Seen.AFTER_GAP);
        assertThat(missing).containsExactly(Map.entry(20L, NumberRuns.LARGEST_HOLE));
    }

    @Test
    void aNumberFarBelowAtALaterTimeBeginsANewRun() {
        see(1_000, 10);
        assertThat(see(1_000 - NumberRuns.OVERTAKEN, 20)).as("overtaken").isEqualTo(Seen.AFTER_GAP);
        assertThat(missing).containsExactly(Map.entry(10L, NumberRuns.OVERTAKEN - 1));
        assertThat(see(1_000 - 2 * NumberRuns.OVERTAKEN - 1, 30)).isEqualTo(Seen.RESTARTED);
        assertThat(missing).containsExactly(Map.entry(10L, NumberRuns.OVERTAKEN - 1));
    }

    @Test
    void aLateNumberFillsAHoleOfTheRunBefore() {
        see(1, 10);
        see(4, 40);
        assertThat(see(1, 1_000)).isEqualTo(Seen.RESTARTED);
        assertThat(see(3, 30)).isEqualTo(Seen.FILLED);
        assertThat(missing).containsExactly(Map.entry(30L, 1L));
    }

    /** A job that begins between two runs may see the new one first. */
    @Test
    void aRunThatIsEarlierThanTheFirstThatWasSeenIsKnownByItsTimes() {
        see(5_000, 1_000);
        see(5_001, 2_000);
        assertThat(see(10, 1_500)).as("far, and in the midst of the run").isEqualTo(Seen.AGAIN);
        assertThat(see(10, 500)).isEqualTo(Seen.RESTARTED);
        assertThat(see(11, 510)).isEqualTo(Seen.IN_TURN);
        assertThat(see(5_002, 2_010)).isEqualTo(Seen.IN_TURN);
        assertThat(missing).isEmpty();
    }

    @Test
    void aNumberThatIsOfNeitherRunChangesNothing() {
        see(10_000, 100);
        see(10_001, 110);
        assertThat(see(5_000, 1_000)).isEqualTo(Seen.RESTARTED);
        assertThat(see(50, 105)).as("at a time of the run before").isEqualTo(Seen.AGAIN);
        assertThat(see(50, 500)).as("between both").isEqualTo(Seen.AGAIN);
        assertThat(see(10_002, 120)).as("both go on").isEqualTo(Seen.IN_TURN);
        assertThat(see(5_001, 1_010)).isEqualTo(Seen.IN_TURN);
        assertThat(missing).isEmpty();
    }

    @Test
    void theOldestOfManyHolesAreFinal() {
        int holes = NumberRun.MOST_HOLES + 10;
        for (int i = 0; i <= holes; i++) {
            see(2L * i, i);
        }
        assertThat(missing).hasSize(holes);
        assertThat(see(19, 10)).as("the tenth hole is final").isEqualTo(Seen.AGAIN);
        assertThat(see(21, 10)).as("the one after that is open").isEqualTo(Seen.FILLED);
        assertThat(missing).hasSize(holes - 1);
        assertThat(numbers.missingSince(0)).isEqualTo(NumberRun.MOST_HOLES - 1);
    }

    @Test
    void aSequenceIsForgottenLongAfterItsLastTick() {
        assertThat(numbers.due()).isEqualTo(EventTimes.NEVER);
        see(1, 10);
        long due = numbers.due();
        assertThat(due).isEqualTo(10 + NumberRuns.KEPT_FOR);
        numbers.forget(due - 1);
        assertThat(numbers.isEmpty()).isFalse();
        numbers.forget(due);
        assertThat(numbers.isEmpty()).isTrue();
    }

    @Test
    void theNumberOfATickIsItsSeqOrAnIdThatIsAWholeNumber() {
        assertThat(NumberSequence.of(tick("A").seq(17).id("5").tick())).isEqualTo(17);
        assertThat(NumberSequence.of(tick("A").id("0042").tick())).isEqualTo(42);
        for (String id : List.of("", "x1", "-4", "1.5", "1 ", "1234567890123456", "٣")) {
            assertThat(NumberSequence.of(tick("A").id(id).tick())).as(id).isEqualTo(NumberSequence.NO_NUMBER);
        }
        assertThat(NumberSequence.of(tick("A").seq(-1).tick())).isEqualTo(NumberSequence.NO_NUMBER);
        assertThat(NumberSequence.of(tick("A").tick())).isEqualTo(NumberSequence.NO_NUMBER);
    }

    /** Drops, repeats, numbers that are overtaken, two runs, restarts of the job: the numbers alone decide, not their order. */
    @Test
    void theSameNumbersInAnyOrderLeaveTheSameHoles() throws IOException {
        Map<Seen, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(4_000); seed++) {
            Random random = new Random(seed);
            NaiveNumbers first = new NaiveNumbers();
            NaiveNumbers second = new NaiveNumbers();
            boolean isFromOne = random.nextBoolean();
            List<Numbered> stream = run(random, first, isFromOne ? 1 : 10_000, 0);
            long later = 1_000_000;
            if (random.nextBoolean()) {
                stream.addAll(run(random, second, 1, later));
            }
            numbers = new NumberRuns();
            missing.clear();
            int restarts = 0;
            for (Numbered each : stream) {
                Seen what = see(each.number(), each.time());
                seen.merge(what, 1, Integer::sum);
                restarts += what == Seen.RESTARTED ? 1 : 0;
                if (random.nextInt(20) == 0) {
                    NumberRuns copy = numbers.copy();
                    NumberRuns read = written(numbers);
                    numbers.take(each.number() + 3, each.time(), (time, by) -> {});
                    numbers = random.nextBoolean() ? copy : read;
                }
            }
            TreeMap<Long, Long> expected = first.missing();
            expected.putAll(second.missing());
            assertThat(missing).as("seed %d: %s", seed, stream).isEqualTo(expected);
            assertThat(numbers.missingSince(Long.MIN_VALUE))
                    .as("seed %d", seed)
                    .isEqualTo(expected.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(restarts)
                    .as("seed %d", seed)
                    .isEqualTo(
                            second.missing().isEmpty()
                                            && stream.get(stream.size() - 1).time() < later
                                    ? 0
                                    : 1);
        }
        assertThat(seen).containsOnlyKeys(Seen.values());
    }

    /** Up to 300 numbers, of which some are lost, some come twice, and most change places with their neighbours. */
    private static List<Numbered> run(Random random, NaiveNumbers naive, long from, long timeFrom) {
        record Placed(Numbered numbered, double place) {}
        List<Placed> placed = new ArrayList<>();
        int count = 45 + random.nextInt(250);
        int overtaken = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            // The first forty are all there, so that a run that begins with them anew is known by it.
            if (i > 40 && random.nextInt(8) == 0) {
                i += random.nextInt(5);
            }
            long time = timeFrom + i * 10L + random.nextInt(25);
            Numbered numbered = new Numbered(from + i, time);
            naive.see(numbered.number(), time);
            int times = random.nextInt(10) == 0 ? 2 : 1;
            for (int n = 0; n < times; n++) {
                placed.add(new Placed(numbered, i + overtaken * random.nextDouble()));
            }
        }
        placed.sort(Comparator.comparingDouble(Placed::place));
        return new ArrayList<>(placed.stream().map(Placed::numbered).toList());
    }

    private static NumberRuns written(NumberRuns numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        numbers.writeTo(new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        NumberRuns read = NumberRuns.readFrom(in);
        assertThat(in.available()).isZero();
        return read;
    }

    @Test
    void anUnknownLayoutIsRefused() {
        assertThatThrownBy(() -> NumberRuns.readFrom(new DataInputStream(new ByteArrayInputStream(new byte[] {9, 0}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 9");
        assertThatThrownBy(
                        () -> SymbolTrades.readFrom(new DataInputStream(new ByteArrayInputStream(new byte[] {9, 0}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 9");
    }
}
