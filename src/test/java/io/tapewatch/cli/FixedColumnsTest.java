package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixedColumnsTest {

    private static final FixedColumns<List<String>> COLUMNS = columns(0);

    private static FixedColumns<List<String>> columns(int room) {
        return new FixedColumns<>(
                2,
                room,
                List.of(
                        text("ID", 4, row -> row.get(0)),
                        figure("PRICE", 6, row -> row.get(1)),
                        prose("WHY", 5, row -> row.get(2))));
    }

    @Test
    void textIsOnTheLeftFiguresAreOnTheRightAndNothingIsCut() {
        assertThat(COLUMNS.heading()).containsExactly("ID     PRICE  WHY");
        assertThat(COLUMNS.lines(List.of("a", "1.5", "so"))).containsExactly("a        1.5  so");
        assertThat(COLUMNS.lines(List.of("abcd", "123456", "12345"))).containsExactly("abcd  123456  12345");
        assertThat(COLUMNS.lines(List.of("abcde", "12345678", "123456"))).containsExactly("abcde  12345678  123456");
    }

    @Test
    void noCellIsNothingAndNoLineEndsInBlanks() {
        assertThat(COLUMNS.lines(List.of("", "", "so"))).containsExactly("              so");
        assertThat(COLUMNS.lines(List.of("a", "", ""))).containsExactly("a");
        assertThat(COLUMNS.lines(List.of("", "", ""))).containsExactly("");
    }

    @Test
    void aCharacterThatTakesTwoCountsAsOne() {
        assertThat(COLUMNS.lines(List.of("📈📈", "", "so"))).containsExactly("📈📈            so");
    }

    @Test
    void proseThatIsTooLongForTheTerminalIsWrappedBetweenWords() {
        assertThat(columns(30).lines(List.of("a", "1.5", "it rose and then it fell, and rose")))
                .containsExactly("a        1.5  it rose and then", "    it fell, and rose");
    }

    @Test
    void columnsThatTheTerminalHasNoRoomForAreOnALineOfTheirOwnInTheHeadingToo() {
        FixedColumns<List<String>> narrow = new FixedColumns<>(
                2,
                20,
                List.of(
                        text("ID", 8, row -> row.get(0)),
                        figure("PRICE", 8, row -> row.get(1)),
                        figure("SIZE", 6, row -> row.get(2)),
                        text("SIDE", 4, row -> row.get(3))));
        assertThat(narrow.heading()).containsExactly("ID           PRICE", "      SIZE  SIDE");
        assertThat(narrow.lines(List.of("a", "1.5", "10", "buy")))
                .containsExactly("a              1.5", "        10  buy");
        assertThat(narrow.lines(List.of("a", "1.5", "", "")))
                .as("no empty line")
                .containsExactly("a              1.5");
        assertThat(narrow.lines(List.of("a-long-name-that", "1.5", "10", "buy")))
                .as("what pushes one line leaves the next alone")
                .containsExactly("a-long-name-that", "    1.5", "        10  buy");
    }
}
