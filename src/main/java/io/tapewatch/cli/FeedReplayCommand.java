package io.tapewatch.cli;

import io.tapewatch.JobOptions;
import io.tapewatch.feed.InstrumentFeed;
import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.io.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tapewatch feed replay}. */
@Command(name = "replay", description = "Sends recorded prices, and quotes, in the order of their files.")
final class FeedReplayCommand extends TapeFeeding {

    private static final String DEFAULT_SPEED = "1";
    private static final long MEGABYTE = 1 << 20;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = ReplayOptions.FILES)
    private List<Path> files;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Times real time, or as fast as it goes. Default: " + DEFAULT_SPEED + ".")
    private String speed = DEFAULT_SPEED;

    FeedReplayCommand() {
        super(JobOptions.INSTRUMENTS_TOPIC);
    }

    @Override
    int feed() throws Failure, IOException, InterruptedException {
        Configuration job = job();
        OptionReader asked = new OptionReader(line());
        Speed speed = asked.read("--speed", this.speed, Speed::parse);
        Recordings recordings = replay.recordings(asked, "FILE", files);
        List<InstrumentRow> instruments = replay.instruments(asked);
        AtomicLong read = new AtomicLong();
        try (KafkaConnection kafka = connect(job);
                FeedProgress progress = progress()) {
            if (!instruments.isEmpty()) {
                send(instruments, kafka, job);
            }
            return send(
                    progress.watch(recordings.counted(read::addAndGet), row -> read.get()),
                    !recordings.quotes().isEmpty(),
                    speed,
                    kafka,
                    job);
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

    /** A bar as long as the files, if they are such that have a length. */
    private FeedProgress progress() {
        List<Path> all = replay.quoteFiles == null
                ? files
                : Stream.concat(files.stream(), replay.quoteFiles.stream()).toList();
        long bytes = 0;
        for (Path file : all) {
            try {
                if (!Files.isRegularFile(file)) {
                    return FeedProgress.endless(line().getOut());
                }
                bytes += Files.size(file);
            } catch (IOException e) {
                return FeedProgress.endless(line().getOut());
            }
        }
        return FeedProgress.to(bytes, " MB", MEGABYTE, line().getOut());
    }
}
