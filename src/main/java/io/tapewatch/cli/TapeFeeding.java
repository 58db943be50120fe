package io.tapewatch.cli;

import static io.tapewatch.local.Account.counted;

import io.tapewatch.feed.FeedSource;
import io.tapewatch.feed.PriceFeed;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.RecordingException;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** A command that puts rows on the tape until there are no more, or until Ctrl-C. */
abstract class TapeFeeding extends JobCommand {

    /** @param more settings of the job that the command takes besides Kafka's and the topics of prices and quotes */
    TapeFeeding(ConfigOption<?>... more) {
        super(Stream.concat(
                        Stream.of(
                                JobOptions.BOOTSTRAP_SERVERS,
                                JobOptions.KAFKA_PROPERTIES,
                                JobOptions.PRICES_TOPIC,
                                JobOptions.QUOTES_TOPIC),
                        Stream.of(more))
                .toArray(ConfigOption<?>[]::new));
    }

    /** The topics of prices and, if there are quotes, of these. */
    final List<String> topics(Configuration job, boolean quotes) {
        return Stream.of(job.get(JobOptions.PRICES_TOPIC), quotesTopic(job, quotes))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The topic that quotes go to, if there are any. */
    private static @Nullable String quotesTopic(Configuration job, boolean quotes) {
        return quotes ? quotesTopic(job) : null;
    }

    /** The topic of quotes, whether or not it is named. */
    static String quotesTopic(Configuration job) {
        return job.contains(JobOptions.QUOTES_TOPIC) ? job.get(JobOptions.QUOTES_TOPIC) : "quotes";
    }

    @Override
    public final Integer call() throws Exception {
        return CtrlC.stops(Thread.currentThread()::interrupt, this::feedOrComplain);
    }

    /** Said here: once this has ended after Ctrl-C, the JVM waits for nobody. */
    private int feedOrComplain() {
        try {
            return feed();
        } catch (Failure | IOException e) {
            complain(e.getMessage());
        } catch (InterruptedException e) {
            complain("stopped before Kafka had taken every record; is it running?");
        }
        return FAILED;
    }

    /** Does what the command is for, and returns the exit code. */
    abstract int feed() throws Failure, IOException, InterruptedException;

    /** Sends all rows, says how many, and returns the exit code. */
    final int send(FeedSource source, boolean quotes, Speed speed, KafkaConnection kafka, Configuration job)
            throws Failure, IOException, InterruptedException {
        String pricesTopic = job.get(JobOptions.PRICES_TOPIC);
        String quotesTopic = quotesTopic(job, quotes);
        try (PriceFeed feed = new PriceFeed(kafka, pricesTopic, quotesTopic, speed)) {
            try {
                boolean stopped = sendAll(feed, source);
                feed.flush();
                say((stopped ? "stopped; " : "") + sent(feed, pricesTopic, quotesTopic));
                return stopped ? CtrlC.EXIT_CODE : 0;
            } catch (RecordingException e) {
                feed.flush();
                throw new Failure(e.getMessage() + "; " + sent(feed, pricesTopic, quotesTopic), e);
            }
        }
    }

    /** Whether it was stopped on the way. */
    private static boolean sendAll(PriceFeed feed, FeedSource source) throws IOException {
        try {
            feed.send(source);
            return false;
        } catch (InterruptedException e) {
            return true;
        } catch (IOException e) {
            // A file that is being read is closed by the interruption, and says so in words of its own.
            if (Thread.interrupted()) {
                return true;
            }
            throw e;
        }
    }

    private static String sent(PriceFeed feed, String pricesTopic, @Nullable String quotesTopic) {
        String prices = counted(feed.prices().sent(), "price") + " sent to topic '" + pricesTopic + "'";
        return quotesTopic == null
                ? prices
                : prices + ", " + counted(feed.quotes().sent(), "quote") + " to '" + quotesTopic + "'";
    }
}
