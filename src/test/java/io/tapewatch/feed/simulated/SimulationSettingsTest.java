package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationSettingsTest {

    private static final SimulationSettings CALM = SimulationSettings.of(7, 500, 50_000, START, Long.MAX_VALUE);

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void whatIsOutOfItsRangeIsRefusedAndSaysWhatIsExpected(String message, Supplier<SimulationSettings> settings) {
        assertThatThrownBy(settings::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused(
                        "expected 1 to 10,000 symbols, found 0",
                        () -> SimulationSettings.of(7, 0, 1, START, START + 1)),
                refused(
                        "expected 1 to 10,000 symbols, found 10001",
                        () -> SimulationSettings.of(7, 10_001, 1, START, START + 1)),
                refused(
                        "expected a rate above 0, at most 10,000,000 ticks a second, found 0.0",
                        () -> SimulationSettings.of(7, 1, 0, START, START + 1)),
                refused(
                        "expected a rate above 0, at most 10,000,000 ticks a second, found NaN",
                        () -> SimulationSettings.of(7, 1, Double.NaN, START, START + 1)),
                refused(
                        "expected a start from 1973-03-03 to 2099-12-02 in epoch milliseconds, found 1700000000",
                        () -> SimulationSettings.of(7, 1, 1, 1_700_000_000, START)),
                refused(
                        "expected an end after the start, found 1700000000000",
                        () -> SimulationSettings.of(7, 1, 1, START, START)),
                refused("expected a share of late rows from 0 to 1, found 1.1", () -> CALM.withDisorder(1.1, 1)),
                refused(
                        "expected a longest delay above 0 where rows are late, found 0",
                        () -> CALM.withDisorder(0.1, 0)),
                refused(
                        "expected a longest delay from 0 to 86,400,000 milliseconds, a day, found -1",
                        () -> CALM.withDisorder(0, -1)),
                refused("expected a share of repeats from 0 to 1, found -0.1", () -> CALM.withRepeats(-0.1)),
                refused("expected 0 to 1 bad records a tick, found 2.0", () -> CALM.withBad(2)),
                refused(
                        "expected 0 to 3,600 of flash-crash an hour, found 3601.0",
                        () -> CALM.withIncidents(Map.of(IncidentKind.FLASH_CRASH, 3601.0))),
                refused(
                        "expected quotes with off-quote-print: without them there is no quote to be off, found none",
                        () -> CALM.withIncidents(Map.of(IncidentKind.OFF_QUOTE_PRINT, 1.0))));
    }

    private static Arguments refused(String message, Supplier<SimulationSettings> settings) {
        return arguments(message, settings);
    }

    @Test
    void whatIsAddedIsAddedToWhatIsThere() {
        Map<IncidentKind, Double> incidents = Map.of(IncidentKind.SPIKE, 2.0, IncidentKind.OFF_QUOTE_PRINT, 1.0);

        assertThat(CALM.withDisorder(0.1, 2000)
                        .withRepeats(0.02)
                        .withBad(0.03)
                        .withQuotes()
                        .withIncidents(incidents))
                .isEqualTo(new SimulationSettings(
                        7, 500, 50_000, START, Long.MAX_VALUE, 0.1, 2000, 0.02, 0.03, true, incidents));
    }

    @Test
    void theIncidentsCannotBeChangedAfterwards() {
        Map<IncidentKind, Double> incidents = new EnumMap<>(IncidentKind.class);
        incidents.put(IncidentKind.SPIKE, 2.0);
        SimulationSettings settings = CALM.withIncidents(incidents);

        incidents.put(IncidentKind.SPIKE, 3.0);

        assertThat(settings.incidents()).containsExactly(Map.entry(IncidentKind.SPIKE, 2.0));
    }
}
