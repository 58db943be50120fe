package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappingTest {

    private static final String LINE =
            "2013-11-25T02:44:21Z  ticks 13,765  quotes 34,567  summaries 3,920  flags 3  dead"
                    + " letters 0  2,745 ticks/s";

    @Test
    void aLineThatFitsStays() {
        assertThat(new Wrapping(LINE.length()).lines(LINE, 22)).containsExactly(LINE);
    }

    @Test
    void aLineIsBrokenBestBetweenColumns() {
        assertThat(new Wrapping(100).lines(LINE, 22))
                .containsExactly(
                        "2013-11-25T02:44:21Z  ticks 13,765  quotes 34,567  summaries 3,920  flags 3  dead letters 0",
                        "                      2,745 ticks/s");
    }

    @Test
    void withoutColumnsALineIsBrokenBetweenWords() {
        assertThat(new Wrapping(20).lines("the replay is over: 2,000 ticks fed", 4))
                .containsExactly("the replay is over:", "    2,000 ticks fed");
    }

    @Test
    void aWordThatIsLongerThanALineStaysWhole() {
        assertThat(new Wrapping(10).lines("a 123456789012345 b", 2)).containsExactly("a", "  123456789012345", "  b");
        assertThat(new Wrapping(10).lines("123456789012345", 2)).containsExactly("123456789012345");
    }

    @Test
    void anIndentThatLeavesNoRoomIsGivenUp() {
        assertThat(new Wrapping(20).lines("0123456789 0123456789 01234", 15))
                .containsExactly("0123456789", "  0123456789 01234");
    }

    @Test
    void whatIsNoTerminalHasNoColumns() {
        assertThat(Wrapping.NONE.lines(LINE.repeat(20), 4)).containsExactly(LINE.repeat(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20, 40, 64, 79, 100})
    void noWordIsCutAndNoneIsLost(int columns) {
        List<String> lines = new Wrapping(columns).lines(LINE, 22);
        assertThat(String.join(" ", lines).split(" +")).containsExactly(LINE.split(" +"));
        assertThat(lines).allSatisfy(line -> assertThat(
                        line.length() <= columns || line.strip().indexOf(' ') < 0)
                .as(line)
                .isTrue());
    }
}
