package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.HOUR;
import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static io.tapewatch.feed.simulated.SimulatedTape.price;
import static io.tapewatch.feed.simulated.SimulatedTape.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.RawRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That what is said to be planted can be seen on the tape, and nothing else: measured against the market with the same seed
 * in which nothing was planted.
 */
@Tag("slow")
class IncidentsOnTheTapeTest {

    private static final long SEED = 23;
    private static final long DAY = 24 * HOUR;
    private static final SimulationSettings CALM = SimulationSettings.of(SEED, 40, 4, START, START + DAY);

    private static final SimulatedTape CALM_TAPE = SimulatedTape.of(CALM);
    private static final SimulatedTape TAPE = SimulatedTape.of(CALM.withIncidents(oneAnHourWithoutQuotes()));

    private static final Map<String, TreeMap<Long, Double>> CALM_PRICES = new HashMap<>();
    private static final Map<String, Double> CALM_VOLUMES = new HashMap<>();
    private static final Map<String, List<PriceRow>> TICKS = new HashMap<>();

    static {
        for (PriceRow tick : CALM_TAPE.ticks()) {
            CALM_PRICES
                    .computeIfAbsent(tick.symbol(), symbol -> new TreeMap<>())
                    .put(tick.time(), price(tick));
            CALM_VOLUMES.merge(tick.symbol(), size(tick), Double::sum);
        }
        for (PriceRow tick : TAPE.ticks()) {
            TICKS.computeIfAbsent(tick.symbol(), symbol -> new ArrayList<>()).add(tick);
        }
    }

    private static Map<IncidentKind, Double> oneAnHourWithoutQuotes() {
        Map<IncidentKind, Double> incidents = new EnumMap<>(IncidentKind.class);
        for (IncidentKind kind : IncidentKind.values()) {
            incidents.put(kind, kind == IncidentKind.OFF_QUOTE_PRINT ? 0.0 : 1.0);
        }
        return incidents;
    }

    private static void forEach(IncidentKind kind, Consumer<Incident> check) {
        List<Incident> planted = TAPE.planted().stream()
                .filter(incident -> incident.kind() == kind)
                .toList();
        assertThat(planted).hasSize(24);
        planted.forEach(check);
    }

    private static List<PriceRow> ticks(String symbol, long from, long to) {
        return TICKS.get(symbol).stream()
                .filter(tick -> tick.time() >= from && tick.time() <= to)
                .toList();
    }

    private static List<PriceRow> ticksOf(Incident incident) {
        return ticks(incident.symbol(), incident.start(), incident.end());
    }

    /** How far a tick's price is from that of the calm market then, in per cent of it. */
    private static double movePercent(PriceRow tick) {
        TreeMap<Long, Double> prices = CALM_PRICES.get(tick.symbol());
        Map.Entry<Long, Double> calm = prices.floorEntry(tick.time());
        return (price(tick) / (calm == null ? prices.firstEntry() : calm).getValue() - 1) * 100;
    }

    private static double most(Stream<PriceRow> ticks, double sign) {
        return ticks.mapToDouble(tick -> Math.signum(sign) * movePercent(tick))
                .max()
                .orElseThrow();
    }

    private static String of(Incident incident) {
        return incident + " with seed " + SEED;
    }

    @Test
    void aSpikeMovesThePriceAsFarAsItSaysAndWearsOff() {
        forEach(IncidentKind.SPIKE, spike -> {
            List<PriceRow> ticks = ticksOf(spike);
            double size = Math.abs(spike.size());

            assertThat(most(ticks.stream(), spike.size())).as(of(spike)).isCloseTo(size, within(0.05 * size + 0.25));
            assertThat(ticks.stream()
                            .filter(tick -> Math.abs(movePercent(tick)) > 0.9 * size - 0.2)
                            .count())
                    .as("ticks of the stay, %s", of(spike))
                    .isGreaterThan(20);
            long lastTenth = spike.end() - (spike.end() - spike.start()) / 10;
            assertThat(ticks.stream()
                            .filter(tick -> tick.time() > lastTenth)
                            .mapToDouble(tick -> Math.abs(movePercent(tick)))
                            .max()
                            .orElse(0))
                    .as("when worn off, %s", of(spike))
                    .isLessThan(0.05 * size + 0.25);
        });
    }

    @Test
    void aFlashCrashFallsAsFarAsItSaysAndComesBackNearToWhereItWas() {
        forEach(IncidentKind.FLASH_CRASH, crash -> {
            List<PriceRow> ticks = ticksOf(crash);

            assertThat(most(ticks.stream(), -1))
                    .as(of(crash))
                    .isCloseTo(crash.size(), within(0.05 * crash.size() + 0.25));
            assertThat(most(ticks.stream(), 1)).as("never up, %s", of(crash)).isLessThan(0.25);
            assertThat(movePercent(ticks.get(ticks.size() - 1)))
                    .as("its last tick, %s", of(crash))
                    .isCloseTo(0, within(0.3 + 0.25));
        });
    }

    @Test
    void aPumpRisesForLongOnTheVolumeItSaysAndFalls() {
        forEach(IncidentKind.PUMP_AND_DUMP, pump -> {
            List<PriceRow> ticks = ticksOf(pump);
            PriceRow top = ticks.stream()
                    .max((a, b) -> Double.compare(movePercent(a), movePercent(b)))
                    .orElseThrow();
            double volume = ticks(pump.symbol(), pump.start(), pump.start() + HOUR - 1).stream()
                    .mapToDouble(SimulatedTape::size)
                    .sum();
            double usual = CALM_VOLUMES.get(pump.symbol()) / 24;

            assertThat(movePercent(top)).as(of(pump)).isCloseTo(pump.size(), within(0.05 * pump.size() + 0.25));
            assertThat((double) (top.time() - pump.start()) / (pump.end() - pump.start()))
                    .as("when it is at its top, %s", of(pump))
                    .isBetween(0.4, 0.85);
            if (pump.end() < START + DAY - HOUR) {
                assertThat(volume / usual)
                        .as("times the usual volume, %s", of(pump))
                        .isBetween(pump.clear() ? 3.0 : 0.5, pump.clear() ? 9.5 : 2.5);
            }
        });
    }

    @Test
    void aVolumeBurstHasTheVolumeItSaysAtTheUsualPrice() {
        forEach(IncidentKind.VOLUME_BURST, burst -> {
            List<PriceRow> ticks = ticksOf(burst);
            double volume = ticks.stream().mapToDouble(SimulatedTape::size).sum();
            double usual = CALM_VOLUMES.get(burst.symbol()) / (DAY / (5 * 60 * 1000.0));

            assertThat(volume / usual)
                    .as("times the usual volume, %s", of(burst))
                    .isBetween(burst.size() * 0.6, burst.size() * 1.6);
            assertThat(ticks).as(of(burst)).hasSizeGreaterThan(burst.clear() ? 50 : 5);
            assertThat(Math.max(most(ticks.stream(), 1), most(ticks.stream(), -1)))
                    .as("move of the price, %s", of(burst))
                    .isLessThan(0.25);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"SPIKE", "FLASH_CRASH", "PUMP_AND_DUMP", "VOLUME_BURST"})
    void whatIsSubtleBringsFewTicksOfItsOwn(IncidentKind kind) {
        forEach(kind, incident -> {
            long own = ticksOf(incident).stream()
                    .filter(tick -> tick.id().contains("-"))
                    .count();
            if (incident.clear()) {
                assertThat(own).as(of(incident)).isGreaterThan(30);
            } else {
                int usual = CALM_PRICES
                        .get(incident.symbol())
                        .subMap(incident.start(), true, incident.end(), true)
                        .size();
                assertThat(own).as("besides %d, %s", usual, of(incident)).isBetween(3L, 30L + 3L * usual);
            }
        });
    }

    @Test
    void aSilenceHasNoTickWhereThereWereSome() {
        forEach(IncidentKind.SILENCE, silence -> {
            assertThat(silence.symbol()).as("a coin: %s", of(silence)).endsWith("-USD");
            assertThat(ticksOf(silence)).as(of(silence)).isEmpty();
            assertThat(CALM_PRICES.get(silence.symbol()).subMap(silence.start(), true, silence.end(), true))
                    .as("what would have been, %s", of(silence))
                    .hasSizeGreaterThan(silence.clear() ? 9 : 0);
        });
    }

    @Test
    void aFatFingerIsOneLargeTradeAsFarOffAsItSays() {
        forEach(IncidentKind.FAT_FINGER, finger -> {
            List<PriceRow> ticks =
                    ticksOf(finger).stream().filter(SimulatedTape::isOfIncident).toList();
            PriceRow slip = ticks.get(0);
            double meanSize = CALM_VOLUMES.get(finger.symbol())
                    / CALM_PRICES.get(finger.symbol()).size();

            assertThat(ticks).as(of(finger)).hasSize(1);
            assertThat(finger.end()).isEqualTo(finger.start()).isEqualTo(slip.time());
            assertThat(movePercent(slip)).as(of(finger)).isCloseTo(finger.size(), within(0.25));
            assertThat(size(slip) / meanSize)
                    .as("times the mean size, %s", of(finger))
                    .isBetween(finger.clear() ? 4.2 : 1.7, finger.clear() ? 24.0 : 4.8);
        });
    }

    @Test
    void anOffQuotePrintIsOutsideTheQuoteBeforeItByWhatItSaysAndNothingElseIs() throws IOException {
        List<Incident> planted = new ArrayList<>();
        SimulationSettings settings = SimulationSettings.of(SEED, 40, 1, START, START + DAY)
                .withQuotes()
                .withIncidents(Map.of(IncidentKind.OFF_QUOTE_PRINT, 2.0, IncidentKind.SPIKE, 1.0));
        Map<String, QuoteRow> last = new HashMap<>();
        Map<String, QuoteRow> lastOfTime = new HashMap<>();
        int outside = 0;
        try (FeedRows rows = new Simulation(settings, planted::add).open()) {
            for (FeedRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof QuoteRow quote) {
                    QuoteRow before = lastOfTime.put(quote.symbol(), quote);
                    if (before != null && before.time() < quote.time()) {
                        last.put(quote.symbol(), before);
                    }
                } else if (row instanceof PriceRow tick) {
                    QuoteRow quote = lastOfTime.get(tick.symbol());
                    quote = quote.time() < tick.time() ? quote : last.get(tick.symbol());
                    double bid = Double.parseDouble(quote.bid());
                    double ask = Double.parseDouble(quote.ask());
                    double bps = Math.max(price(tick) - ask, bid - price(tick)) / ((bid + ask) / 2) * 1e4;
                    if (bps > 1e-6) {
                        outside++;
                        assertThat(planted)
                                .as("%s after %s with seed %d", tick, quote, SEED)
                                .anySatisfy(print -> {
                                    assertThat(print.kind()).isEqualTo(IncidentKind.OFF_QUOTE_PRINT);
                                    assertThat(print.symbol()).isEqualTo(tick.symbol());
                                    assertThat(print.start())
                                            .isEqualTo(print.end())
                                            .isEqualTo(tick.time());
                                    assertThat(print.size()).isCloseTo(bps, within(0.01));
                                });
                    }
                }
            }
        }
        assertThat(outside).isEqualTo(48).isEqualTo((int) planted.stream()
                .filter(incident -> incident.kind() == IncidentKind.OFF_QUOTE_PRINT)
                .count());
    }

    @Test
    void onlyIncidentsBringTicksOfTheirOwnAndOnlyDuringThem() {
        assertThat(CALM_TAPE.ticks()).noneMatch(SimulatedTape::isOfIncident);
        assertThat(TAPE.ticks().stream().filter(SimulatedTape::isOfIncident))
                .as("with seed " + SEED)
                .hasSizeGreaterThan(5000)
                .allMatch(tick -> TAPE.planted().stream().anyMatch(incident -> touches(incident, tick, 0)));
        assertThat(TAPE.ticks().stream().map(PriceRow::id)).doesNotHaveDuplicates();
    }

    @Test
    void outsideTheIncidentsTheMarketIsTheCalmOneWithAllItsFaults() {
        SimulationSettings calm = SimulationSettings.of(SEED, 40, 5, START, START + 6 * HOUR)
                .withQuotes()
                .withDisorder(0.1, 3000)
                .withRepeats(0.05)
                .withBad(0.05);
        Map<IncidentKind, Double> incidents = oneAnHourWithoutQuotes();
        incidents.put(IncidentKind.OFF_QUOTE_PRINT, 1.0);
        SimulatedTape eventful = SimulatedTape.of(calm.withIncidents(incidents));

        SimulatedTape calmTape = SimulatedTape.of(calm);
        List<Incident> touched = eventful.planted().stream()
                .map(incident -> untilQuotedAnew(incident, calmTape))
                .toList();

        List<FeedRow> expected = outside(eventful.planted(), touched, calmTape);
        List<FeedRow> rows = outside(eventful.planted(), touched, eventful);
        assertThat(rows.size()).isEqualTo(expected.size()).isGreaterThan(200_000);
        for (int i = 0; i < rows.size(); i++) {
            assertSame(rows.get(i), expected.get(i));
        }
    }

    private static void assertSame(FeedRow row, FeedRow expected) {
        if (!(expected instanceof RawRow)) {
            assertThat(row).as("with seed " + SEED).isEqualTo(expected);
        } else {
            assertThat(row).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    /** The incident, as if it ended when a trade after it brings a quote: until then the last quote stands. */
    private static Incident untilQuotedAnew(Incident incident, SimulatedTape calm) {
        long anew = calm.ticks(incident.symbol()).stream()
                .mapToLong(PriceRow::time)
                .filter(time -> time > incident.end() + 1)
                .min()
                .orElse(Long.MAX_VALUE - 1);
        return new Incident(
                incident.kind(), incident.symbol(), incident.start() - 500, anew, incident.size(), incident.clear());
    }

    /** The rows of a tape that no incident touches. */
    private static List<FeedRow> outside(List<Incident> incidents, List<Incident> ofQuotes, SimulatedTape tape) {
        return tape.rows().stream()
                .filter(row -> (row instanceof QuoteRow ? ofQuotes : incidents)
                        .stream().noneMatch(incident -> touches(incident, row, 1)))
                .toList();
    }

    private static boolean touches(Incident incident, FeedRow row, long margin) {
        return incident.symbol().equals(row.symbol())
                && row.time() >= incident.start() - margin
                && row.time() <= incident.end() + margin;
    }
}
