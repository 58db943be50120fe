package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.HOUR;
import static io.tapewatch.feed.simulated.SimulatedTape.MINUTE;
import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When incidents are, how many, how large, and to which instruments they happen. */
class IncidentPlanTest {

    private static final long SEED = 17;
    private static final String WITH_SEED = "with seed " + SEED;

    private static final SimulatedTape TEN_DAYS = tape(1, 10 * 24 * HOUR);

    private static SimulatedTape tape(double anHour, long millis) {
        Map<IncidentKind, Double> incidents =
                Arrays.stream(IncidentKind.values()).collect(Collectors.toMap(kind -> kind, kind -> anHour));
        return SimulatedTape.of(SimulationSettings.of(SEED, 100, 0.05, START, START + millis)
                .withQuotes()
                .withIncidents(incidents));
    }

    private static List<Incident> of(IncidentKind kind, SimulatedTape tape) {
        return tape.planted().stream()
                .filter(incident -> incident.kind() == kind)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void thereIsOneInEachHourAndOfEveryTwoOneIsClear(IncidentKind kind) {
        List<Incident> planted = of(kind, TEN_DAYS);

        assertThat(planted).as(WITH_SEED).hasSize(240);
        for (int i = 0; i < 240; i++) {
            assertThat((planted.get(i).start() - START) / HOUR).as(WITH_SEED).isEqualTo(i);
            if (i % 2 == 1) {
                assertThat(planted.get(i).clear())
                        .as(WITH_SEED)
                        .isNotEqualTo(planted.get(i - 1).clear());
            }
        }
        assertThat(planted.stream()
                        .filter(incident -> planted.indexOf(incident) % 2 == 0)
                        .filter(Incident::clear))
                .as("which of the two it is, is left to chance, " + WITH_SEED)
                .hasSizeBetween(35, 85);
    }

    @ParameterizedTest
    @CsvSource({
        "SPIKE, 6, 15, 0.4, 1.5",
        "FLASH_CRASH, 5, 12, 0.4, 1.5",
        "PUMP_AND_DUMP, 8, 20, 0.6, 2",
        "VOLUME_BURST, 40, 100, 2, 5",
        "SILENCE, 900, 3600, 30, 150",
        // The step of the price can be as large as two basis points.
        "OFF_QUOTE_PRINT, 39, 151, 1.7, 7",
        "FAT_FINGER, 5, 20, 0.4, 1.5",
    })
    void theirSizesFillTheirRanges(
            IncidentKind kind, double leastClear, double mostClear, double leastSubtle, double mostSubtle) {
        for (boolean clear : new boolean[] {true, false}) {
            double least = clear ? leastClear : leastSubtle;
            double most = clear ? mostClear : mostSubtle;
            double[] sizes = of(kind, TEN_DAYS).stream()
                    .filter(incident -> incident.clear() == clear)
                    .mapToDouble(incident -> Math.abs(incident.size()))
                    .sorted()
                    .toArray();

            assertThat(sizes[0]).as(WITH_SEED).isBetween(least, least + (most - least) * 0.2);
            assertThat(sizes[sizes.length - 1]).as(WITH_SEED).isBetween(most - (most - least) * 0.25, most);
            assertThat(sizes[sizes.length / 2])
                    .as("the middle one, " + WITH_SEED)
                    .isBetween(Math.sqrt(least * most) * 0.75, Math.sqrt(least * most) * 1.25);
        }
    }

    @Test
    void spikesAndFatFingersGoEitherWay() {
        for (IncidentKind kind : List.of(IncidentKind.SPIKE, IncidentKind.FAT_FINGER)) {
            assertThat(of(kind, TEN_DAYS).stream().filter(incident -> incident.size() < 0))
                    .as(WITH_SEED)
                    .hasSizeBetween(90, 150);
        }
    }

    @ParameterizedTest
    @CsvSource({"SPIKE, 1340, 2760", "FLASH_CRASH, 100, 210", "PUMP_AND_DUMP, 1380, 2400", "VOLUME_BURST, 120, 240"})
    void theyLastAsLongAsTheirKindDoes(IncidentKind kind, long leastSeconds, long mostSeconds) {
        assertThat(of(kind, TEN_DAYS)).as(WITH_SEED).allSatisfy(incident -> assertThat(
                        incident.end() - incident.start() + 1)
                .isBetween(leastSeconds * 1000 - 3, mostSeconds * 1000));
    }

    @Test
    void aSilenceLastsAsManySecondsAsItsSize() {
        assertThat(of(IncidentKind.SILENCE, TEN_DAYS)).as(WITH_SEED).allSatisfy(incident -> assertThat(
                        (incident.end() - incident.start() + 1) / 1000.0)
                .isEqualTo(incident.size()));
    }

    @ParameterizedTest
    @CsvSource({"1, 60", "6, 1", "60, 0"})
    void noneIsWhereAnotherIsAndWhereThereIsRoomTheyAreFarApart(double anHour, long leastMinutesApart) {
        SimulatedTape tape = anHour == 1 ? TEN_DAYS : tape(anHour, 12 * HOUR);
        Map<String, List<Incident>> bySymbol = tape.planted().stream().collect(Collectors.groupingBy(Incident::symbol));

        assertThat(tape.planted()).hasSizeGreaterThan(300);
        bySymbol.forEach((symbol, ofSymbol) -> {
            for (int i = 1; i < ofSymbol.size(); i++) {
                assertThat(ofSymbol.get(i).start() - ofSymbol.get(i - 1).end())
                        .as("%s, then %s, %s", ofSymbol.get(i - 1), ofSymbol.get(i), WITH_SEED)
                        .isGreaterThanOrEqualTo(Math.max(1000, leastMinutesApart * MINUTE));
            }
        });
    }

    @Test
    void whatHappensToAnySymbolHappensToAll() {
        for (IncidentKind kind : List.of(IncidentKind.SPIKE, IncidentKind.FLASH_CRASH, IncidentKind.FAT_FINGER)) {
            assertThat(of(kind, TEN_DAYS).stream().map(Incident::symbol).distinct())
                    .as("of 100 symbols, by 240 of " + kind.word() + ", " + WITH_SEED)
                    .hasSizeGreaterThan(75);
        }
    }

    @Test
    void theyAreToldOnceInTheOrderOfTheirStartsAndAreWithinTheMarket() {
        assertThat(TEN_DAYS.planted())
                .as(WITH_SEED)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(a.start(), b.start()))
                .allSatisfy(incident -> {
                    assertThat(TEN_DAYS.symbols()).contains(incident.symbol());
                    assertThat(incident.start()).isGreaterThan(START);
                    assertThat(incident.end()).isLessThan(START + 10 * 24 * HOUR);
                });
    }

    @ParameterizedTest
    @CsvSource({"2.9, 2", "3, 3", "0.5, 0"})
    void anIntervalThatIsNotWholeBeforeTheEndHasNone(double hours, int planted) {
        SimulatedTape tape = SimulatedTape.of(SimulationSettings.of(SEED, 100, 1, START, START + (long) (hours * HOUR))
                .withIncidents(Map.of(IncidentKind.FLASH_CRASH, 1.0)));

        assertThat(tape.planted()).as(WITH_SEED).hasSize(planted);
    }

    @Test
    void theOtherKindsDoNotChangeWhenOneOfThemIs() {
        SimulatedTape alone = SimulatedTape.of(SimulationSettings.of(SEED, 100, 0.05, START, START + 10 * 24 * HOUR)
                .withIncidents(Map.of(IncidentKind.SPIKE, 1.0)));

        assertThat(alone.planted())
                .extracting(Incident::start, Incident::end, Incident::size)
                .isEqualTo(of(IncidentKind.SPIKE, TEN_DAYS).stream()
                        .map(incident -> tuple(incident.start(), incident.end(), incident.size()))
                        .toList());
    }
}
