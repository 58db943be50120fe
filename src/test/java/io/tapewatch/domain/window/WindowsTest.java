package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Generated;
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
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @Test
    void aSliceEndsWhereAnyWindowStartsOrEnds() {
        // 1m  |-----------|-----------|-----------|
        // 90s |-----------------|-----------------|
        //     0           60    90    120         180
        Windows windows = windows("1m,90s", 0);
        assertThat(slices(windows, 0, 3 * MINUTE))
                .containsExactly("0-60000", "60000-90000", "90000-120000", "120000-180000");
        assertThat(windows.cutAtOrBefore(89_999)).isEqualTo(60_000);
        assertThat(windows.cutAfter(89_999)).isEqualTo(90_000);
        assertThat(windows.cutAtOrBefore(90_000)).isEqualTo(90_000);
    }

    @Test
    void aZoneOf0545CostsOneCutADay() {
        Windows windows = windows("1h,1d@Asia/Kathmandu", 0);
        long day = 20_000 * DAY;
        List<String> slices = slices(windows, day, day + DAY);
        assertThat(slices).hasSize(25);
        long midnight = day + 18 * HOUR + 15 * MINUTE;
        assertThat(slices).contains((midnight - 15 * MINUTE) + "-" + midnight, midnight + "-" + (day + 19 * HOUR));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void slicesAreWhatLiesBetweenNeighbouringBoundariesWhateverTheWindows(long seed) {
        Generated generated = new Generated(seed);
        for (int run = 0; run < Rounds.of(100); run++) {
            Set<Integer> lengths = new TreeSet<>();
            for (int count = 1 + generated.below(5); count > 0; count--) {
                lengths.add(1 + generated.below(40));
            }
            Windows windows = windows(
                    String.join(",", lengths.stream().map(each -> each + "ms").toList()), 0);
            for (long time = -200; time < 200; time++) {
                long start = time;
                while (!isBoundary(start, lengths)) {
                    start--;
                }
                long end = time + 1;
                while (!isBoundary(end, lengths)) {
                    end++;
                }
                assertThat(windows.cutAtOrBefore(time) + "-" + windows.cutAfter(time))
                        .as("the slice of %d with windows of %s, seed %d", time, lengths, seed)
                        .isEqualTo(start + "-" + end);
            }
        }
    }

    private static boolean isBoundary(long time, Set<Integer> lengths) {
        return lengths.stream().anyMatch(length -> time % length == 0);
    }

    @Test
    void aWindowClosesWithItsLastMillisecondAndIsFinalALatenessLater() {
        Windows windows = new Windows(WindowSpec.parseList("1m,7s"), 10 * SECOND, Map.of("7s", 2 * SECOND), SECOND, 0);
        assertThat(Windows.closesAt(MINUTE)).isEqualTo(59_999);
        assertThat(windows.finalAt(windows.indexOf("1m"), MINUTE)).isEqualTo(69_999);
        assertThat(windows.finalAt(windows.indexOf("7s"), 63 * SECOND)).isEqualTo(64_999);
    }

    @Test
    void aCutIsNeededAsLongAsAWindowThatIsNotFinalStartsOrEndsThere() {
        Windows windows = windows("1s,1m,1d+1h", MINUTE);
        long noon = DAY + 12 * HOUR;
        assertThat(windows.cutAtOrBefore(noon + 1_500, noon + 1_500)).isEqualTo(noon + 1_000);
        // The second ends at 2,000 and is final a minute later; the minute a minute after that.
        assertThat(windows.cutAtOrBefore(noon + 1_500, noon + 61_998)).isEqualTo(noon + 1_000);
        assertThat(windows.cutAtOrBefore(noon + 1_500, noon + 61_999)).isEqualTo(noon);
        // The step that begins at noon is over at one; after that only the day is left, until a minute after its end.
        assertThat(windows.cutAtOrBefore(noon + 1_500, noon + HOUR - 2)).isEqualTo(noon);
        assertThat(windows.cutAtOrBefore(noon + 1_500, noon + HOUR - 1)).isEqualTo(DAY);
        assertThat(windows.cutAtOrBefore(noon + 1_500, 2 * DAY + MINUTE - 2)).isEqualTo(DAY);
        assertThat(windows.cutAtOrBefore(noon + 1_500, 2 * DAY + MINUTE - 1)).isEqualTo(Windows.NO_CUT);
    }

    @Test
    void windowsThatStayGoOnAndNewOnesBeginWithThoseThatHaveNotEnded() {
        Windows before = windows("1m,7s", MINUTE);
        Windows same = windows("7s,1m", MINUTE);
        assertThat(same.restore(before.kept(), HOUR)).isFalse();
        assertThat(same.kept()).containsExactlyInAnyOrderElementsOf(before.kept());

        Windows others = windows("1m,1h,1d", MINUTE);
        assertThat(others.restore(before.kept(), HOUR + 1)).isTrue();
        assertThat(others.closedThrough(others.indexOf("1m"))).isEqualTo(EventTimes.BEGINNING);
        assertThat(others.closedThrough(others.indexOf("1h"))).isEqualTo(HOUR);
        assertThat(others.closedThrough(others.indexOf("1d"))).isZero();
        assertThat(others.finalAt(others.indexOf("1h"), HOUR)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aLatenessIsOfOneOfTheWindows() {
        assertThatThrownBy(() -> new Windows(WindowSpec.parseList("1m,90s"), 0, Map.of("60s", 1L), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a lateness for window 60s, which is not among the windows 1m, 90s");
    }

    @Test
    void aJobHasAWindow() {
        assertThatThrownBy(() -> new Windows(List.of(), 0, Map.of(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no windows; expected at least one, such as 1m");
    }

    private static Windows windows(String specs, long lateness) {
        return new Windows(WindowSpec.parseList(specs), lateness, Map.of(), 0, 0);
    }

    private static List<String> slices(Windows windows, long from, long to) {
        List<String> slices = new ArrayList<>();
        for (long start = from; start < to; start = windows.cutAfter(start)) {
            slices.add(windows.cutAtOrBefore(start) + "-" + windows.cutAfter(start));
        }
        return slices;
    }
}
