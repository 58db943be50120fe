package io.tapewatch.feed.simulated;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a simulated market is like.
 *
 * @param seed what makes it another market
 * @param symbols how many instruments there are, 1 to 10,000
 * @param rate ticks a second of event time in the whole market, above zero; repeats, bad records, quotes and the ticks of
 *     incidents come on top
 * @param start the event time of its beginning, in epoch milliseconds
 * @param end the event time before which all happens, in epoch milliseconds; {@link Long#MAX_VALUE} for a market that does
 *     not end
 * @param disorder the share of rows that arrive late, 0 to 1
 * @param maxDelayMillis by how much at most, in milliseconds, up to a day
 * @param repeats the share of ticks that are sent twice, 0 to 1
 * @param bad how many records that cannot be used come with a tick, 0 to 1
 * @param quotes whether there are quotes
 * @param incidents how many incidents of a kind there are an hour of event time in the whole market, 0 to 3,600; none of
 *     kinds that are not in it
 */
public record SimulationSettings(
        long seed,
        int symbols,
        double rate,
        long start,
        long end,
        double disorder,
        long maxDelayMillis,
        double repeats,
        double bad,
        boolean quotes,
        Map<IncidentKind, Double> incidents) {

    private static final int MAX_SYMBOLS = 10_000;
    private static final double MAX_RATE = 10_000_000;
    private static final long EARLIEST = 100_000_000_000L;
    private static final long AFTER_LATEST = 4_100_000_000_000L;
    private static final long MAX_DELAY = 24 * 60 * 60 * 1000;
    private static final double MAX_AN_HOUR = 3600;

    /** @throws IllegalArgumentException if one is out of its range, saying what is expected */
    public SimulationSettings {
        expect(symbols >= 1 && symbols <= MAX_SYMBOLS, "1 to 10,000 symbols", symbols);
        expect(rate > 0 && rate <= MAX_RATE, "a rate above 0, at most 10,000,000 ticks a second", rate);
        expect(
                start >= EARLIEST && start < AFTER_LATEST,
                "a start from 1973-03-03 to 2099-12-02 in epoch milliseconds",
                start);
        expect(end > start, "an end after the start", end);
        expect(disorder >= 0 && disorder <= 1, "a share of late rows from 0 to 1", disorder);
        expect(
                maxDelayMillis >= 0 && maxDelayMillis <= MAX_DELAY,
                "a longest delay from 0 to 86,400,000 milliseconds, a day",
                maxDelayMillis);
        expect(disorder == 0 || maxDelayMillis > 0, "a longest delay above 0 where rows are late", maxDelayMillis);
        expect(repeats >= 0 && repeats <= 1, "a share of repeats from 0 to 1", repeats);
        expect(bad >= 0 && bad <= 1, "0 to 1 bad records a tick", bad);
        Map<IncidentKind, Double> anHour = new EnumMap<>(IncidentKind.class);
        anHour.putAll(Objects.requireNonNull(incidents, "incidents"));
        anHour.forEach((kind, count) ->
                expect(count >= 0 && count <= MAX_AN_HOUR, "0 to 3,600 of " + kind.word() + " an hour", count));
        expect(
                quotes || anHour.getOrDefault(IncidentKind.OFF_QUOTE_PRINT, 0.0) == 0,
                "quotes with off-quote-print: without them there is no quote to be off",
                "none");
        incidents = Collections.unmodifiableMap(anHour);
    }

    /** A calm market: all rows in time and good, no quotes, no incidents. */
    public static SimulationSettings of(long seed, int symbols, double rate, long start, long end) {
        return new SimulationSettings(seed, symbols, rate, start, end, 0, 0, 0, 0, false, Map.of());
    }

    /** The same with rows that arrive late: this share, by at most so many milliseconds. */
    public SimulationSettings withDisorder(double share, long maxMillis) {
        return new SimulationSettings(
                seed, symbols, rate, start, end, share, maxMillis, repeats, bad, quotes, incidents);
    }

    /** The same with this share of ticks sent twice. */
    public SimulationSettings withRepeats(double share) {
        return new SimulationSettings(
                seed, symbols, rate, start, end, disorder, maxDelayMillis, share, bad, quotes, incidents);
    }

    /** The same with so many bad records a tick. */
    public SimulationSettings withBad(double aTick) {
        return new SimulationSettings(
                seed, symbols, rate, start, end, disorder, maxDelayMillis, repeats, aTick, quotes, incidents);
    }

    /** The same with quotes. */
    public SimulationSettings withQuotes() {
        return new SimulationSettings(
                seed, symbols, rate, start, end, disorder, maxDelayMillis, repeats, bad, true, incidents);
    }

    /** The same with so many incidents an hour of each kind, and none of others. */
    public SimulationSettings withIncidents(Map<IncidentKind, Double> anHour) {
        return new SimulationSettings(
                seed, symbols, rate, start, end, disorder, maxDelayMillis, repeats, bad, quotes, anHour);
    }

    private static void expect(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
