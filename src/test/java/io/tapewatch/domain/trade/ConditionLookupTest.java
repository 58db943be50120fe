package io.tapewatch.domain.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.Rounds;
import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionLookupTest {

    private static final long SEED = 20261201;
    private static final Eligibility VOLUME = new Eligibility(false, Last.NO, true, false);
    private static final Eligibility FIRST = new Eligibility(true, Last.FIRST_OF_DAY, true, false);
    private static final Eligibility MINUTES = new Eligibility(false, Last.NO, true, true);
    private static final Eligibility NOTHING = new Eligibility(false, Last.NO, false, false);

    private final HeardConditions heard = new HeardConditions();
    private final ConditionLookup us = us(ConditionAlphabet.AUTO);

    private ConditionLookup us(ConditionAlphabet alphabet) {
        return new ConditionLookup(UsConsolidated.of(alphabet), heard);
    }

    @Test
    void allCodesOfAPrintMustAllow() {
        TapeCodes nasdaq = us.ofTape("C");
        assertThat(nasdaq.of("@")).isSameAs(Eligibility.ALL);
        assertThat(nasdaq.of("@,F")).isSameAs(Eligibility.ALL);
        assertThat(nasdaq.of("@,F,I")).isEqualTo(VOLUME);
        assertThat(nasdaq.of("@,4")).isEqualTo(FIRST);
        assertThat(nasdaq.of("@,F,T")).isEqualTo(MINUTES);
        assertThat(nasdaq.of("@,F,T,I")).isEqualTo(VOLUME);
        assertThat(nasdaq.of("M,9")).isEqualTo(NOTHING);
        assertThat(heard.prints).hasSize(7);
        assertThat(heard.unknownPrints).isZero();
    }

    @Test
    void aBlankIsARegularSale() {
        assertThat(us.ofTape("A").of("")).isSameAs(Eligibility.ALL);
        assertThat(us.ofTape("A").of(" ")).isSameAs(Eligibility.ALL);
        assertThat(us.ofTape("A").of(" , ,")).isSameAs(Eligibility.ALL);
        assertThat(us.ofTape("A").of(" , I ")).isEqualTo(VOLUME);
        assertThat(heard.unknown).isEmpty();
    }

    @Test
    void theSameCodeMeansDifferentThingsOnDifferentTapes() {
        assertThat(us.ofTape("A").of("B")).as("average price").isEqualTo(VOLUME);
        assertThat(us.ofTape("B").of("B")).as("average price").isEqualTo(VOLUME);
        assertThat(us.ofTape("C").of("B")).as("bunched").isSameAs(Eligibility.ALL);
        assertThat(heard.unknown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "", "4"})
    void withoutATapeACodeThatMeansOneThingIsKnownAndAnotherAllowsWhatBothAllow(String noTape) {
        assertThat(us.ofTape(null)).isSameAs(us.ofTape(noTape));
        assertThat(us.ofTape(null).of("I")).as("the same on all").isEqualTo(VOLUME);
        assertThat(us.ofTape(null).of("W")).as("on tape C alone").isEqualTo(VOLUME);
        assertThat(us.ofTape(null).of("E")).as("on tapes A and B alone").isSameAs(Eligibility.ALL);
        assertThat(heard.unknown).isEmpty();
        assertThat(us.ofTape(null).of("B")).isEqualTo(VOLUME);
        assertThat(heard.unknown).containsExactly("B of null, ambiguous");
        assertThat(heard.unknownPrints).isEqualTo(1);
    }

    @Test
    void anUnknownCodeAllowsAllAndIsCountedEachTime() {
        TapeCodes nyse = us.ofTape("A");
        assertThat(nyse.of("W")).as("a code of tape C").isSameAs(Eligibility.ALL);
        assertThat(nyse.of("W,I")).isEqualTo(VOLUME);
        assertThat(nyse.of("W")).isSameAs(Eligibility.ALL);
        assertThat(heard.unknownPrints).isEqualTo(3);
        assertThat(heard.unknown).as("once for each text").containsExactly("W of A", "W of A");
    }

    @Test
    void lettersNeedNoCommasBetweenThem() {
        assertThat(us.ofTape("C").of("@FTI")).isEqualTo(VOLUME);
        assertThat(us.ofTape("A").of("@ T ")).isEqualTo(MINUTES);
        assertThat(us.ofTape("A").of("@FX,T")).isEqualTo(MINUTES);
        assertThat(heard.unknown).isEmpty();
    }

    // Alphabets.

    @Test
    void aNumberOfTwoDigitsMakesAllCodesOfItsPrintMassives() {
        assertThat(us.ofTape(null).of("53,52,41")).isEqualTo(VOLUME);
        assertThat(us.ofTape(null).of("37")).isEqualTo(VOLUME);
        assertThat(us.ofTape("C").of("4,14")).as("bunched, and a sweep").isSameAs(Eligibility.ALL);
        assertThat(us.ofTape("C").of("4")).as("derivatively priced").isEqualTo(FIRST);
        assertThat(heard.unknown).isEmpty();
        assertThat(heard.numbers).contains("53");
    }

    @ParameterizedTest
    @CsvSource({
        // codes, as the tapes', Massive's and Finnhub's; ? for one that is unknown
        "4, first, all, all",
        "9, prices, all, first",
        "7, volume, volume, all",
        "12, ?, minutes, volume",
        "37, ?, volume, volume",
        "52, ?, volume, ?",
        "24, ?, all, minutes",
        "I, volume, ?, ?",
    })
    void theSameSignIsAnotherCodeInAnotherAlphabet(String code, String sip, String massive, String finnhub) {
        assertThat(inWords(ConditionAlphabet.SIP, code)).isEqualTo(sip);
        assertThat(inWords(ConditionAlphabet.MASSIVE, code)).isEqualTo(massive);
        assertThat(inWords(ConditionAlphabet.FINNHUB, code)).isEqualTo(finnhub);
    }

    private String inWords(ConditionAlphabet alphabet, String code) {
        heard.unknown.clear();
        Eligibility found = us(alphabet).ofTape("A").of(code);
        if (alphabet == ConditionAlphabet.SIP && code.length() > 1) {
            // Each of its digits is a code there, some of which are known.
            return "?";
        }
        if (!heard.unknown.isEmpty()) {
            return "?";
        }
        return found == Eligibility.ALL
                ? "all"
                : found.equals(FIRST)
                        ? "first"
                        : found.equals(MINUTES) ? "minutes" : found.equals(VOLUME) ? "volume" : "prices";
    }

    // Other tables.

    @Test
    void whatATableSaysOfATapeCountsMoreThanWhatItSaysOfAll() {
        ConditionTable table = new ConditionTable(
                "mine",
                "UTC",
                List.of(new Row(null, "X", NOTHING), new Row("L", "X", FIRST), new Row("L", "LONG", VOLUME)));
        ConditionLookup lookup = new ConditionLookup(table, heard);
        assertThat(lookup.ofTape("L").of("X")).isEqualTo(FIRST);
        assertThat(lookup.ofTape("M").of("X")).isEqualTo(NOTHING);
        assertThat(lookup.ofTape(null).of("X")).isEqualTo(NOTHING);
        assertThat(lookup.ofTape("L").of("LONG")).isEqualTo(VOLUME);
        assertThat(lookup.ofTape("L").of("LONGER")).isSameAs(Eligibility.ALL);
        assertThat(heard.unknown).containsExactly("LONGER of L");
    }

    @Test
    void aCodeStandsOnceInATable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConditionTable(
                        "mine", "UTC", List.of(new Row("L", "X", FIRST), new Row("L", "X", NOTHING))))
                .withMessage("code X of tape L stands there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Row("L", "A,B", FIRST))
                .withMessage("'A,B' is no code; a code has no comma, and no space around it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConditionTable("mine", "Mars", List.of()))
                .withMessageStartingWith("'Mars' is no time zone; expected one such as ");
    }

    @Test
    void manyDifferentTextsAreReadRightTooAndLongOnes() {
        TapeCodes codes = us.ofTape("A");
        for (int i = 0; i < 10_100; i++) {
            assertThat(codes.of("I,?".replace("?", Character.toString(0x4e00 + i))))
                    .isEqualTo(VOLUME);
        }
        assertThat(codes.of("@,".repeat(1_000) + "I")).isEqualTo(VOLUME);
        assertThat(codes.of("@,".repeat(1_000) + "I")).isEqualTo(VOLUME);
        assertThat(heard.unknownPrints).isEqualTo(10_100);
    }

    /** Against a naive reading of the table, for made-up tables and prints. */
    @Test
    void everyPrintMayUpdateWhatANaiveReadingOfTheTableSays() {
        for (int round = 0; round < Rounds.of(500); round++) {
            long seed = SEED + round;
            SplittableRandom random = new SplittableRandom(seed);
            String[] tapes = {null, "A", "B", "Z"};
            List<Row> rows = new ArrayList<>();
            for (String tape : new String[] {null, "A", "B"}) {
                for (String code : new String[] {"a", "b", "cc", "d1", "7"}) {
                    if (random.nextInt(3) > 0) {
                        rows.add(new Row(tape, code, anEligibility(random)));
                    }
                }
            }
            HeardConditions told = new HeardConditions();
            ConditionLookup lookup = new ConditionLookup(new ConditionTable("made up", "UTC", rows), told);
            for (int print = 0; print < 40; print++) {
                String tape = tapes[random.nextInt(tapes.length)];
                List<String> codes = new ArrayList<>();
                for (int left = random.nextInt(4); left > 0; left--) {
                    codes.add(new String[] {"a", "b", "cc", "d1", "7", "x", " "}[random.nextInt(7)]);
                }
                int before = told.unknownPrints;
                Eligibility found = lookup.ofTape(tape).of(String.join(",", codes));
                boolean isUnknown =
                        codes.stream().anyMatch(code -> !code.isBlank() && NaiveConditions.isUnknown(rows, tape, code));
                assertThat(found)
                        .as("seed %d, %s on tape %s of %s", seed, codes, tape, rows)
                        .isEqualTo(NaiveConditions.of(rows, tape, codes));
                assertThat(told.unknownPrints - before)
                        .as("seed %d, %s on tape %s of %s", seed, codes, tape, rows)
                        .isEqualTo(isUnknown ? 1 : 0);
            }
        }
    }

    static Eligibility anEligibility(SplittableRandom random) {
        boolean highLow = random.nextBoolean();
        return new Eligibility(
                highLow,
                highLow ? Last.values()[random.nextInt(3)] : Last.NO,
                random.nextInt(4) > 0,
                !highLow && random.nextBoolean());
    }
}
