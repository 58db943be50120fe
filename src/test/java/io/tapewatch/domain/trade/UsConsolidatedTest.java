package io.tapewatch.domain.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the consolidated tapes, against the design's table, which stands here once more. */
class UsConsolidatedTest {

    /** By the words of the tables below. */
    private static final Map<String, Eligibility> WORDS = Map.of(
            "all", new Eligibility(true, Last.YES, true, false),
            "first", new Eligibility(true, Last.FIRST_OF_DAY, true, false),
            "volume", new Eligibility(false, Last.NO, true, false),
            "minutes", new Eligibility(false, Last.NO, true, true),
            "nothing", new Eligibility(false, Last.NO, false, false),
            "prices", new Eligibility(true, Last.YES, false, false));

    /** What is not there: a code that the other tapes alone have. */
    private static final String NONE = "-";

    /** high/low, open/last and volume by condition: its CTA code, its UTP code, Massive's numbers, Finnhub's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            all     | regular                   | @ | @ | 0     | 1
            all     | acquisition               | - | A | 1     | 2
            all     | automatic execution       | E | - | 3     | 7
            all     | bunched                   | - | B | 4     | 4
            all     | cross                     | X | X | 9     | 28
            all     | distribution              | - | D | 11    | 6
            all     | intermarket sweep         | F | F | 14    | 8
            all     | rule 127 or 155           | K | K | 23 24 | 13 14
            all     | opening                   | O | O | 17 25 | 18 19
            all     | reopening                 | 5 | 5 | 18 28 | 33 34
            all     | closing                   | 6 | 6 | 8 19  | 35 36
            all     | split                     | - | S | 34    | 23
            all     | stopped                   | 1 | 1 | 27    | 31
            all     | yellow flag               | - | Y | 36    | 29
            all     | sold last                 | L | L | 30 31 | 15
            first   | sold out of sequence      | Z | Z | 32 33 | 30
            first   | prior reference price     | P | P | 22    | 21
            first   | derivatively priced       | 4 | 4 | 10    | 32
            first   | bunched sold              | - | G | 5     | 9
            volume  | average price             | B | W | 2     | 3
            volume  | cash                      | C | C | 7     | 5
            volume  | next day                  | N | N | 20    | 17
            volume  | seller                    | R | R | 29    | 22
            volume  | price variation           | H | H | 21    | 10
            volume  | odd lot                   | I | I | 37    | 12
            volume  | contingent                | V | V | 52    | 26
            volume  | qualified contingent      | 7 | 7 | 53    | 37
            minutes | extended hours            | T | T | 12    | 24
            volume  | extended hours, sold      | U | U | 13    | 25
            nothing | official open             | Q | Q | 16    | 20
            nothing | official close            | M | M | 15    | 16
            prices  | corrected close           | 9 | 9 | 38    | 39
            """)
    void everyConditionAllowsWhatTheDesignSays(
            String allows, String condition, String cta, String utp, String massive, String finnhub) {
        Eligibility expected = WORDS.get(allows);
        for (String tape : new String[] {"A", "B", "1", "2"}) {
            expect(ConditionAlphabet.SIP, tape, cta, expected);
        }
        for (String tape : new String[] {"C", "3"}) {
            expect(ConditionAlphabet.SIP, tape, utp, expected);
        }
        for (String tape : new String[] {"A", "B", "C", null}) {
            for (String number : massive.split(" ")) {
                expect(ConditionAlphabet.MASSIVE, tape, number, expected);
            }
            for (String number : finnhub.split(" ")) {
                expect(ConditionAlphabet.FINNHUB, tape, number, expected);
            }
        }
    }

    private static void expect(ConditionAlphabet alphabet, String tape, String code, Eligibility expected) {
        if (!code.equals(NONE)) {
            HeardConditions heard = new HeardConditions();
            assertThat(new ConditionLookup(UsConsolidated.of(alphabet), heard)
                            .ofTape(tape)
                            .of(code))
                    .as("%s of tape %s, %s", code, tape, alphabet)
                    .isEqualTo(expected);
            assertThat(heard.unknown).isEmpty();
        }
    }

    @Test
    void noTapeHasACodeThatTheDesignDoesNotName() {
        assertThat(codes(ConditionAlphabet.SIP, "A"))
                .isEqualTo(signs("@ E X F K O 5 6 1 L Z P 4 B C N R H I V 7 T U Q M 9"));
        assertThat(codes(ConditionAlphabet.SIP, "B")).isEqualTo(codes(ConditionAlphabet.SIP, "A"));
        assertThat(codes(ConditionAlphabet.SIP, "C"))
                .isEqualTo(signs("@ A B X D F K O 5 6 S 1 Y L Z P 4 G W C N R H I V 7 T U Q M 9"));
    }

    /** Of Massive: also those that say something else of a print than what it may update. */
    @Test
    void noVendorHasANumberThatItsSourcesDoNotAgreeOn() {
        TreeSet<String> massive = new TreeSet<>();
        Stream.iterate(0, number -> number <= 38, number -> number + 1).forEach(number -> massive.add("" + number));
        massive.remove("26");
        massive.addAll(signs("41 52 53 55"));
        assertThat(codes(ConditionAlphabet.MASSIVE, null)).isEqualTo(massive);
        assertThat(codes(ConditionAlphabet.FINNHUB, null))
                .hasSize(41 - 4)
                .doesNotContain("0", "11", "27", "38", "40", "42");
    }

    private static TreeSet<String> codes(ConditionAlphabet alphabet, String tape) {
        TreeSet<String> codes = new TreeSet<>();
        for (Row row : UsConsolidated.of(alphabet).rows()) {
            if (row.tape() == null ? tape == null : row.tape().equals(tape)) {
                codes.add(row.code());
            }
        }
        return codes;
    }

    private static TreeSet<String> signs(String signs) {
        return new TreeSet<>(Arrays.asList(signs.split(" ")));
    }

    @Test
    void itsDaysAreThoseOfNewYork() {
        assertThat(UsConsolidated.of(ConditionAlphabet.AUTO).zone()).isEqualTo("America/New_York");
        assertThat(UsConsolidated.of(ConditionAlphabet.AUTO).name()).isEqualTo("us-consolidated");
    }
}
