package io.tapewatch.cli;

import static io.tapewatch.local.Account.counted;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.InstrumentFeed;
import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.recorded.Replay;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapewatch feed replay}. */
@Command(name = "replay", description = "Sends recorded prices, and quotes, merged by time.")
final class FeedReplayCommand extends TapeFeeding {

    private static final String DEFAULT_SPEED = "1";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = ReplayOptions.FILES)
    @SuppressWarnings("NullAway.Init") // Required.
    private List<String> files;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Times real time, or as fast as it goes. Default: " + DEFAULT_SPEED + ".")
    private String speed = DEFAULT_SPEED;

    FeedReplayCommand() {
        super(JobOptions.INSTRUMENTS_TOPIC, JobOptions.OUT_OF_ORDERNESS);
    }

    @Override
    int feed() throws Failure, IOException, InterruptedException {
        Configuration job = job();
        OptionReader asked = new OptionReader(line());
        Speed speed = asked.read("--speed", this.speed, Speed::parse);
        AtomicLong read = new AtomicLong();
        Recordings files = replay.recordings(asked, "FILE", this.files).counted(read::addAndGet);
        List<InstrumentRow> instruments = replay.instruments(asked);
        boolean quotes = !files.quotes().isEmpty();
        try (KafkaConnection kafka = connect(job);
                Replay order = replay.replay(asked, job)) {
            // Before files are read through, which may take long.
            kafka.expectTopics(topics(job, quotes));
            if (!instruments.isEmpty()) {
                send(instruments, kafka, job);
            }
            Recordings recordings = replay.inOrder(asked, order, files);
            read.set(0);
            try (FeedProgress progress = progress(recordings)) {
                return send(progress.watch(recordings, position(recordings, read)), quotes, speed, kafka, job);
            }
        } catch (InterruptedIOException e) {
            say("stopped; no price sent");
            return CtrlC.EXIT_CODE;
        }
    }

    private void send(List<InstrumentRow> instruments, KafkaConnection kafka, Configuration job)
            throws IOException, InterruptedException {
        String topic =
                job.contains(JobOptions.INSTRUMENTS_TOPIC) ? job.get(JobOptions.INSTRUMENTS_TOPIC) : "instruments";
        kafka.expectTopics(List.of(topic));
        InstrumentFeed.send(kafka, topic, instruments);
        say(counted(instruments.size(), "instrument") + " sent to topic '" + topic + "'");
    }

    /** A bar as long as there are rows, or as the files, if they are such that have a length. */
    private FeedProgress progress(Recordings recordings) {
        PrintWriter out = line().getOut();
        if (recordings.rows().isPresent()) {
            return FeedProgress.to(recordings.rows().getAsLong(), " rows", 1, out);
        }
        if (recordings.bytes().isEmpty()) {
            return FeedProgress.endless(out);
        }
        long bytes = recordings.bytes().getAsLong();
        FeedProgress.Unit unit = FeedProgress.Unit.of(bytes);
        return FeedProgress.to(bytes, unit.name(), unit.size(), out);
    }

    private static ToLongFunction<FeedRow> position(Recordings recordings, AtomicLong bytes) {
        AtomicLong rows = new AtomicLong();
        return recordings.rows().isPresent() ? row -> rows.incrementAndGet() : row -> bytes.get();
    }
}
