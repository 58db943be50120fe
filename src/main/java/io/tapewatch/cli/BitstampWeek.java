package io.tapewatch.cli;

import io.tapewatch.feed.recorded.EpochUnit;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingFormat;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.simulated.IncidentKind;
import io.tapewatch.feed.simulated.SimulationSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The recording that is at hand without any file: bitcoin on Bitstamp, in the week in which it first crossed 1,000 USD. */
final class BitstampWeek {

    static final String DESCRIPTION = "100,000 bitcoin trades of November 2013";

    static final Recordings RECORDINGS = Recordings.ofPrices(
            List.of(Recording.resource("/bitstamp_trades_from_20131125_usd.csv")),
            new RecordingFormat(Map.of(Field.TIME, "timestamp", Field.SIZE, "amount"), EpochUnit.SECONDS, "BTC-USD"));

    /** The time of its first trade, in epoch milliseconds. */
    static final long FIRST = 1_385_337_600_000L;

    /** The time of its last trade, in epoch milliseconds. */
    static final long LAST = 1_385_913_725_000L;

    private static final long SEED = 7;
    private static final double TICKS_A_SECOND_AND_SYMBOL = 1 / 32.0;
    private static final double LATE = 0.02;
    private static final long LATE_BY_MILLIS = 1_500;
    private static final double BAD = 1 / 50_000.0;

    /** Twelve of each kind in the 160 hours. */
    private static final double INCIDENTS_AN_HOUR = 0.075;

    private BitstampWeek() {}

    /** A simulated market of the same days, with incidents of every kind that shows without quotes. */
    static SimulationSettings marketBeside(int symbols) {
        return SimulationSettings.of(SEED, symbols, symbols * TICKS_A_SECOND_AND_SYMBOL, FIRST, LAST)
                .withDisorder(LATE, LATE_BY_MILLIS)
                .withBad(BAD)
                .withIncidents(EnumSet.complementOf(EnumSet.of(IncidentKind.OFF_QUOTE_PRINT)).stream()
                        .collect(Collectors.toMap(kind -> kind, kind -> INCIDENTS_AN_HOUR)));
    }
}
