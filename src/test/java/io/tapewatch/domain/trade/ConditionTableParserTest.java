package io.tapewatch.domain.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTableParserTest {

    private static final String HEAD = "zone,Europe/Paris\ntape,code,high-low,open-last,volume,in-minutes\n";

    private static ConditionTable parse(String text) {
        return ConditionTableParser.parse("mine.csv", text.lines().toList());
    }

    @Test
    void everyLineIsACode() {
        ConditionTable table = parse("""
                # Ours.
                zone,Europe/Paris

                tape,code,high-low,open-last,volume,in-minutes
                A,B,no,no,yes,no
                *, Z , yes, first-of-day, yes, no
                # Extended hours.
                C,T,no,no,yes,yes
                C,@,yes,yes,yes,yes
                C,M,no,no,no,no
                """);
        assertThat(table.name()).isEqualTo("mine.csv");
        assertThat(table.zone()).isEqualTo("Europe/Paris");
        assertThat(table.isBuiltIn()).isFalse();
        assertThat(table.numbers()).isEmpty();
        assertThat(table.rows())
                .containsExactly(
                        new Row("A", "B", new Eligibility(false, Last.NO, true, false)),
                        new Row(null, "Z", new Eligibility(true, Last.FIRST_OF_DAY, true, false)),
                        new Row("C", "T", new Eligibility(false, Last.NO, true, true)),
                        new Row("C", "@", Eligibility.ALL),
                        new Row("C", "M", new Eligibility(false, Last.NO, false, false)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A,B,no,no,yes          | 6 columns, tape,code,high-low,open-last,volume,in-minutes, found 5
            A,B,no,no,yes,no,      | 6 columns, tape,code,high-low,open-last,volume,in-minutes, found 7
            ,B,no,no,yes,no        | a tape, or * for every tape, in column 'tape', found nothing
            A,,no,no,yes,no        | a code in column 'code', found nothing
            A,B,maybe,no,yes,no    | yes or no in column 'high-low', found 'maybe'
            A,B,no,no,1,no         | yes or no in column 'volume', found '1'
            A,B,no,no,yes,TRUE     | yes or no in column 'in-minutes', found 'TRUE'
            A,B,yes,first,yes,no   | yes, first-of-day or no in column 'open-last', found 'first'
            """)
    void aLineThatIsNoneIsNamed(String line, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(HEAD + "A,A,yes,yes,yes,no\n\n" + line))
                .withMessage("mine.csv, line 5: expected " + expected);
    }

    @Test
    void whatContradictsItselfIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(HEAD + "A,A,no,yes,yes,no"))
                .withMessage(
                        "mine.csv, line 3: open-last is 'yes', and high-low is 'no'; expected open-last 'no': a print"
                                + " that sets the last price sets high and low, too");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(HEAD + "A,A,no,no,yes,no\n*,A,no,no,yes,no\n*,A,yes,yes,yes,no"))
                .withMessage("mine.csv, line 5: code 'A' of tape '*' is in line 4, too; expected it once");
    }

    @Test
    void whatIsMissingIsNamed() {
        String zone = "expected the time zone of the table's days, such as zone,America/New_York";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(""))
                .withMessage("mine.csv: ends after line 0; " + zone);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("tape,code"))
                .withMessage("mine.csv, line 1: " + zone + ", found 'tape,code'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("zone,Mars/Olympus"))
                .withMessage("mine.csv, line 1: 'Mars/Olympus' is no time zone; expected one such as America/New_York");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("zone,UTC\ncode,tape"))
                .withMessage(
                        "mine.csv, line 2: expected the columns tape,code,high-low,open-last,volume,in-minutes, found"
                                + " 'code,tape'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("zone,UTC\n"))
                .withMessage("mine.csv: ends after line 1; expected the columns"
                        + " tape,code,high-low,open-last,volume,in-minutes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(HEAD))
                .withMessage("mine.csv: ends after line 2; expected a code");
    }
}
