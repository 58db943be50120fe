package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    @Test
    void aSliceEndsWhereAnyWindowStartsOrEnds() {
        // 1m  |-----------|-----------|-----------|
        // 90s |-----------------|-----------------|
        //     0           60    90    120         180
        Windows windows = windows("1m,90s");
        assertThat(slices(windows, 0, 3 * MINUTE))
                .containsExactly("0-60000", "60000-90000", "90000-120000", "120000-180000");
        assertThat(windows.sliceStart(89_999)).isEqualTo(60_000);
        assertThat(windows.sliceEnd(89_999)).isEqualTo(90_000);
        assertThat(windows.sliceStart(90_000)).isEqualTo(90_000);
    }

    @Test
    void slicesAreCutBeforeTheEpochToo() {
        assertThat(slices(windows("1m,90s"), -3 * MINUTE, 0))
                .containsExactly("-180000--120000", "-120000--90000", "-90000--60000", "-60000-0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void slicesAreWhatLiesBetweenNeighbouringBoundariesWhateverTheWindows(long seed) {
        Generated generated = new Generated(seed);
        for (int run = 0; run < 100; run++) {
            List<Integer> lengths = new ArrayList<>();
            for (int count = 1 + generated.below(5); count > 0; count--) {
                lengths.add(1 + generated.below(40));
            }
            Set<Integer> distinct = new TreeSet<>(lengths);
            Windows windows = windows(
                    String.join(",", distinct.stream().map(each -> each + "ms").toList()));
            for (long time = -200; time < 200; time++) {
                long start = time;
                while (!isBoundary(start, distinct)) {
                    start--;
                }
                long end = time + 1;
                while (!isBoundary(end, distinct)) {
                    end++;
                }
                assertThat(windows.sliceStart(time) + "-" + windows.sliceEnd(time))
                        .as("the slice of %d with windows of %s, seed %d", time, distinct, seed)
                        .isEqualTo(start + "-" + end);
            }
        }
    }

    private static boolean isBoundary(long time, Set<Integer> lengths) {
        return lengths.stream().anyMatch(length -> time % length == 0);
    }

    @Test
    void aWindowClosesWithItsLastMillisecondAndIsFinalALatenessLater() {
        Windows windows = new Windows(WindowSpec.parseList("1m,7s"), 10 * SECOND, Map.of("7s", 2 * SECOND), SECOND);
        assertThat(Windows.closesAt(MINUTE)).isEqualTo(59_999);
        assertThat(windows.finalAt(windows.indexOf("1m"), MINUTE)).isEqualTo(69_999);
        assertThat(windows.finalAt(windows.indexOf("7s"), 63 * SECOND)).isEqualTo(64_999);
    }

    @Test
    void aTimeIsFinalWithTheLastOfItsWindows() {
        // The tick at 58 s is in 56–63 s, final a millisecond before 65 s, and in 0–60 s, before 70 s.
        Windows windows = new Windows(WindowSpec.parseList("1m,7s"), 10 * SECOND, Map.of("7s", 2 * SECOND), SECOND);
        assertThat(windows.finalAt(58 * SECOND)).isEqualTo(69_999);
        Windows others = new Windows(WindowSpec.parseList("1m,7s"), 10 * SECOND, Map.of("7s", MINUTE), SECOND);
        assertThat(others.finalAt(58 * SECOND)).isEqualTo(122_999);
    }

    @Test
    void aLatenessIsOfOneOfTheWindows() {
        assertThatThrownBy(() -> new Windows(WindowSpec.parseList("1m,90s"), 0, Map.of("60s", 1L), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a lateness for window 60s, which is not among the windows 1m, 90s");
    }

    @Test
    void aJobHasAWindow() {
        assertThatThrownBy(() -> new Windows(List.of(), 0, Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no windows; expected at least one, such as 1m");
    }

    private static Windows windows(String specs) {
        return new Windows(WindowSpec.parseList(specs), 0, Map.of(), 0);
    }

    private static List<String> slices(Windows windows, long from, long to) {
        List<String> slices = new ArrayList<>();
        for (long start = from; start < to; start = windows.sliceEnd(start)) {
            slices.add(windows.sliceStart(start) + "-" + windows.sliceEnd(start));
        }
        return slices;
    }
}
