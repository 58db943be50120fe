package io.tapewatch.cli;

import static io.tapewatch.local.Account.counted;

import io.tapewatch.domain.Durations;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.simulated.IncidentKind;
import io.tapewatch.feed.simulated.Simulation;
import io.tapewatch.feed.simulated.SimulationSettings;
import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tapewatch feed simulate}. */
@Command(
        name = "simulate",
        description = {
            "Sends the prices of a simulated market, with incidents planted in it for rules to find, and heartbeats with"
                    + " the time that it has reached.",
            "The same seed, start and options make the same records, to the byte. Every symbol has '.SIM' in its name."
                    + " Quotes go to topic 'quotes', unless another is named."
        })
final class FeedSimulateCommand extends TapeFeeding {

    private static final String REAL_TIME = "1";
    private static final String NO_INCIDENTS = "none";
    private static final double INCIDENTS_AN_HOUR = 2;

    @Option(names = "--symbols", paramLabel = "N", description = "How many symbols there are. Default: 500.")
    private int symbols = 500;

    @Option(names = "--rate", paramLabel = "N", description = "Ticks a second, of all symbols. Default: 1000.")
    private double rate = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "What makes it another market. Default: 7.")
    private long seed = 7;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "The event time of its beginning, ISO-8601 such as 2024-01-02T09:30:00Z. Default: now, or at"
                    + " another speed as long ago as it lasts.")
    private @Nullable String start;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long it lasts in event time, such as 8h. Default: until Ctrl-C.")
    private @Nullable String duration;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Times real time, or as fast as it goes. Default: " + REAL_TIME + ".")
    private String speed = REAL_TIME;

    @Option(
            names = "--disorder",
            paramLabel = "SHARE",
            description = "The share of records that arrive late. Default: 0.02.")
    private double disorder = 0.02;

    @Option(
            names = "--max-delay",
            paramLabel = "TIME",
            converter = Time.class,
            description = "By how much they are late at most. Default: 1500ms.")
    private Duration maxDelay = Duration.ofMillis(1500);

    @Option(names = "--repeats", paramLabel = "SHARE", description = "The share of ticks sent twice. Default: 0.")
    private double repeats;

    @Option(names = "--bad", paramLabel = "SHARE", description = "How many bad records come with a tick. Default: 0.")
    private double bad;

    @Option(names = "--quotes", description = "Send quotes, too: about two with each tick.")
    private boolean quotes;

    @Option(
            names = "--incidents",
            paramLabel = "KIND=N[,...]",
            description = "How many an hour are planted: spike, flash-crash, pump-and-dump, volume-burst, silence,"
                    + " fat-finger and, with --quotes, off-quote-print; or none. Default: 2 of each.")
    private @Nullable String incidents;

    @Option(
            names = "--planted",
            paramLabel = "FILE",
            description = "Where each incident is listed, a JSON object a line; what is there is replaced. Default:"
                    + " planted.jsonl.")
    private Path planted = Path.of("planted.jsonl");

    @Override
    int feed() throws Failure, IOException, InterruptedException {
        Configuration job = job();
        OptionReader asked = new OptionReader(line());
        Speed speed = asked.read("--speed", this.speed, Speed::parse);
        SimulationSettings settings = settings(asked, speed);
        try (KafkaConnection kafka = connect(job)) {
            // Before the list of another run is gone.
            kafka.expectTopics(topics(job, quotes));
            return send(settings, speed, kafka, job);
        }
    }

    private int send(SimulationSettings settings, Speed speed, KafkaConnection kafka, Configuration job)
            throws Failure, IOException, InterruptedException {
        try (PlantedFile list = PlantedFile.at(planted);
                FeedProgress progress = progress(settings)) {
            int exitCode = send(
                    progress.watch(new Simulation(settings, list::add), row -> row.time() - settings.start()),
                    quotes,
                    speed,
                    kafka,
                    job);
            say(counted(list.count(), "incident") + " planted, listed in " + planted);
            return exitCode;
        } catch (UncheckedIOException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private SimulationSettings settings(OptionReader asked, Speed speed) {
        long length = duration == null ? 0 : asked.read("--for", duration, Durations::parse);
        if (duration != null && length == 0) {
            throw asked.wrong("--for", "expected a duration above zero");
        }
        long start = start(asked, speed, length);
        Map<IncidentKind, Double> planting = incidents == null ? usualIncidents() : incidents(incidents, asked);
        try {
            SimulationSettings settings = SimulationSettings.of(
                            seed, symbols, rate, start, duration == null ? Long.MAX_VALUE : start + length)
                    .withDisorder(disorder, maxDelay.toMillis())
                    .withRepeats(repeats)
                    .withBad(bad);
            return (quotes ? settings.withQuotes() : settings).withIncidents(planting);
        } catch (IllegalArgumentException e) {
            throw asked.wrong(e.getMessage());
        }
    }

    private long start(OptionReader asked, Speed speed, long length) {
        if (start != null) {
            return asked.read("--start", start, FeedSimulateCommand::time);
        }
        long now = System.currentTimeMillis();
        if (speed.times() == 1) {
            return now;
        }
        if (length == 0) {
            throw asked.wrong(
                    "--speed",
                    "a market without an end that is faster or slower than the clock leaves the present; give it"
                            + " --for, --start, or speed 1");
        }
        return now - length;
    }

    private static long time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected an ISO-8601 time such as 2024-01-02T09:30:00Z, found '" + text + "'", e);
        }
    }

    private Map<IncidentKind, Double> usualIncidents() {
        Map<IncidentKind, Double> usual = new EnumMap<>(IncidentKind.class);
        for (IncidentKind kind : IncidentKind.values()) {
            if (quotes || kind != IncidentKind.OFF_QUOTE_PRINT) {
                usual.put(kind, INCIDENTS_AN_HOUR);
            }
        }
        return usual;
    }

    private Map<IncidentKind, Double> incidents(String incidents, OptionReader asked) {
        Map<IncidentKind, Double> rates = new EnumMap<>(IncidentKind.class);
        if (incidents.equals(NO_INCIDENTS)) {
            return rates;
        }
        for (String each : incidents.split(",", -1)) {
            String[] parts = each.split("=", -1);
            if (parts.length != 2) {
                throw asked.wrong(
                        "--incidents", "expected kind=number, such as spike=6,silence=0.5, found '" + each + "'");
            }
            IncidentKind kind = asked.read("--incidents", parts[0].strip(), IncidentKind::parse);
            double anHour = asked.read("--incidents", parts[1].strip(), FeedSimulateCommand::number);
            if (rates.put(kind, anHour) != null) {
                throw asked.wrong("--incidents", kind.word() + " is there twice");
            }
        }
        return rates;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found '" + text + "'", e);
        }
    }

    private FeedProgress progress(SimulationSettings settings) {
        return settings.end() == Long.MAX_VALUE
                ? FeedProgress.endless(line().getOut())
                : FeedProgress.to(settings.end() - settings.start(), " s", 1_000, line().getOut());
    }
}
