package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColumnsTest {

    @Test
    void aColumnIsAsWideAsWhatIsInItAndNoLineEndsInBlanks() {
        Columns columns = new Columns("ID", "IS", "WHY");
        columns.add("a", "rejected", "a long reason");
        columns.add("longer", "", "so");
        columns.add("b", "accepted", "");
        columns.add("c");
        assertThat(printed(columns, Ansi.OFF)).isEqualTo("""
                        ID      IS        WHY
                        a       rejected  a long reason
                        longer            so
                        b       accepted
                        c
                        """);
    }

    @Test
    void onATerminalTheHeadingIsBoldAndWhatIsGoodOrBadIsColoured() {
        Columns columns = new Columns("IS", "WHY");
        columns.add("rejected", "a reason");
        columns.add("accepted", "");
        assertThat(printed(columns, Ansi.ON))
                .isEqualTo("\u001b[1mIS\u001b[0m        \u001b[1mWHY\u001b[0m\n"
                        + "\u001b[31mrejected\u001b[0m  a reason\n\u001b[32maccepted\u001b[0m\n");
    }

    private static String printed(Columns columns, Ansi ansi) {
        StringWriter text = new StringWriter();
        columns.printTo(new PrintWriter(text), ansi);
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
