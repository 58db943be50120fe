package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixedColumnsTest {

    private static final FixedColumns<List<String>> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("ID", 4, row -> row.get(0)),
                    figure("PRICE", 6, row -> row.get(1)),
                    text("WHY", 5, row -> row.get(2))));

    @Test
    void textIsOnTheLeftAndCutAndFiguresAreOnTheRightAndWhole() {
        assertThat(COLUMNS.heading()).isEqualTo("ID     PRICE  WHY");
        assertThat(COLUMNS.line(List.of("a", "1.5", "so"))).isEqualTo("a        1.5  so");
        assertThat(COLUMNS.line(List.of("abcd", "123456", "12345"))).isEqualTo("abcd  123456  12345");
        assertThat(COLUMNS.line(List.of("abcde", "12345678", "123456"))).isEqualTo("abc…  12345678  1234…");
        assertThat(COLUMNS.width()).isEqualTo(19);
    }

    @Test
    void noCellIsNothingAndNoLineEndsInBlanks() {
        assertThat(COLUMNS.line(List.of("", "", "so"))).isEqualTo("              so");
        assertThat(COLUMNS.line(List.of("a", "", ""))).isEqualTo("a");
    }

    @Test
    void aCharacterThatTakesTwoIsNotCutInHalf() {
        assertThat(COLUMNS.line(List.of("📈📈📈📈", "", "📉📉📉📉📉📉"))).isEqualTo("📈📈📈📈          📉📉📉📉…");
    }
}
