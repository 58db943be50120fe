package io.tapewatch.feed.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollScheduleTest {

    private static final List<String> ABC = List.of("A", "B", "C");

    /** The clock may begin anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000, -5, Long.MAX_VALUE - 20})
    void turnsAreSpreadEvenlyOverTheInterval(long start) {
        assertThat(taken(PollSchedule.again(ABC, 30, start), start, 0, 70))
                .containsExactly("A at 0", "B at 10", "C at 20", "A at 30", "B at 40", "C at 50", "A at 60", "B at 70");
    }

    @Test
    void onceIsOnce() {
        PollSchedule turns = PollSchedule.once(ABC, 7, 0);
        assertThat(taken(turns, 0, 0, 13)).containsExactly("A at 0", "B at 7");
        assertThat(turns.areOver()).isFalse();
        assertThat(taken(turns, 0, 14, 100)).containsExactly("C at 14");
        assertThat(turns.areOver()).isTrue();
    }

    @Test
    void turnsThatWereMissedAreNotMadeUpForAndTheSpreadStays() {
        PollSchedule turns = PollSchedule.again(ABC, 30, 0);
        assertThat(taken(turns, 0, 95, 95)).containsExactlyInAnyOrder("A at 95", "B at 95", "C at 95");
        assertThat(taken(turns, 0, 96, 130)).containsExactly("B at 100", "C at 110", "A at 120", "B at 130");
    }

    @Test
    void whoIsDroppedHasNoTurnAndTheOthersKeepTheirs() {
        PollSchedule turns = PollSchedule.again(ABC, 30, 0);
        turns.drop("A");
        assertThat(taken(turns, 0, 0, 40)).containsExactly("B at 10", "C at 20", "B at 40");
        turns.drop("B");
        turns.drop("C");
        assertThat(turns.areOver()).isTrue();
    }

    @Test
    void everyTurnIsPostponed() {
        PollSchedule turns = PollSchedule.again(ABC, 30, 0);
        assertThat(taken(turns, 0, 0, 4)).containsExactly("A at 0");
        turns.postpone(100);
        assertThat(turns.nanosUntilNext(4)).isEqualTo(106);
        assertThat(taken(turns, 0, 5, 140)).containsExactly("B at 110", "C at 120", "A at 130", "B at 140");
    }

    private static List<String> taken(PollSchedule turns, long start, int from, int to) {
        List<String> taken = new ArrayList<>();
        for (int now = from; now <= to; now++) {
            for (String symbol = turns.take(start + now); symbol != null; symbol = turns.take(start + now)) {
                taken.add(symbol + " at " + now);
            }
        }
        return taken;
    }
}
