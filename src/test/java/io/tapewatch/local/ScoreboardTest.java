package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.feed.simulated.Incident;
import io.tapewatch.feed.simulated.IncidentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;

    private final Scoreboard board = new Scoreboard(List.of("A", "B", "C"));

    @Test
    void whatWasFlaggedInItsTimeIsFound() {
        plant(IncidentKind.SPIKE, "A", 10, 20, true);
        plant(IncidentKind.SPIKE, "B", 10, 20, false);
        plant(IncidentKind.SILENCE, "C", 30, 60, true);
        board.flagged("price-spike", "A", at(12));
        board.flagged("outlier", "A", at(13));
        board.flagged("price-spike", "A", at(14));
        board.flagged("silence", "C", at(35));
        assertThat(board.lines())
                .containsExactly(
                        "planted              clear    subtle   found by",
                        "spike               1 of 1    0 of 1   outlier 1, price-spike 1",
                        "silence             1 of 1    0 of 0   silence 1",
                        "all                 2 of 2    0 of 1",
                        "other flags on simulated symbols: 0");
    }

    @Test
    void itsTimeIsFromItsStartToFiveMinutesAfterItsEnd() {
        plant(IncidentKind.FAT_FINGER, "A", 10, 20, false);
        board.flagged("early", "A", at(10) - 1);
        board.flagged("late", "A", at(25) + 1);
        assertThat(board.lines())
                .contains(
                        "fat-finger          0 of 0    0 of 1",
                        "other flags on simulated symbols: 2 (early 1, late 1)");
        board.flagged("first", "A", at(10));
        board.flagged("last", "A", at(25));
        assertThat(board.lines())
                .contains(
                        "fat-finger          0 of 0    1 of 1   first 1, last 1",
                        "other flags on simulated symbols: 2 (early 1, late 1)");
    }

    @Test
    void anotherSymbolsFlagFindsNothingAndRealSymbolsAreNotScored() {
        plant(IncidentKind.SPIKE, "A", 10, 20, true);
        board.flagged("price-spike", "B", at(12));
        board.flagged("price-spike", "BTC-USD", at(12));
        assertThat(board.lines())
                .contains("all                 0 of 1    0 of 0")
                .contains("other flags on simulated symbols: 1 (price-spike 1)");
    }

    @Test
    void aFlagThatIsPublishedAgainIsStillOne() {
        board.flagged("silence", "A", at(3));
        board.flagged("silence", "A", at(3));
        assertThat(board.lines()).contains("other flags on simulated symbols: 1 (silence 1)");
    }

    @Test
    void aFlagIsOfTheIncidentThatBeganLast() {
        plant(IncidentKind.SPIKE, "A", 10, 20, true);
        plant(IncidentKind.FAT_FINGER, "A", 22, 22, true);
        board.flagged("price-spike", "A", at(23));
        assertThat(board.lines())
                .contains(
                        "spike               0 of 1    0 of 0",
                        "fat-finger          1 of 1    0 of 0   price-spike 1",
                        "other flags on simulated symbols: 0");
    }

    private void plant(IncidentKind kind, String symbol, int from, int to, boolean clear) {
        board.planted(new Incident(kind, symbol, at(from), at(to), 5, clear));
    }

    private static long at(int minute) {
        return START + minute * MINUTE;
    }
}
