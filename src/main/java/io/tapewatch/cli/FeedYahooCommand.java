package io.tapewatch.cli;

import io.tapewatch.domain.Symbols;
import io.tapewatch.feed.yahoo.ChartRequests;
import io.tapewatch.feed.yahoo.Reporter;
import io.tapewatch.feed.yahoo.RequestHeaders;
import io.tapewatch.feed.yahoo.YahooFeed;
import io.tapewatch.feed.yahoo.YahooFeed.Ending;
import io.tapewatch.feed.yahoo.YahooSettings;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tapewatch feed yahoo}. */
@Command(
        name = "yahoo",
        description = {
            "Asks Yahoo for prices, and sends those that are new to a topic on Kafka, each under its symbol, until Ctrl-C.",
            "When nobody has written to the topic for --max-stale, a heartbeat a second tells every partition that event"
                    + " time has come to now less --max-stale, so that the last windows close. Yahoo's terms"
                    + " apply, and prices of several exchanges come minutes late: give the job a --prices.out-of-orderness"
                    + " of as much. The exit code is 1 if Yahoo knows none of the symbols, or, with --once, tells no"
                    + " price of one of them."
        })
final class FeedYahooCommand extends JobCommand {

    private static final Duration SHORTEST_EVERY = Duration.ofSeconds(1);

    @Option(
            names = "--symbols",
            required = true,
            split = ",",
            hideParamSyntax = true,
            paramLabel = "SYMBOL[,SYMBOL...]",
            description = "What to ask for, as Yahoo calls it: BTC-USD,AAPL,^GSPC,EURUSD=X.")
    @SuppressWarnings("NullAway.Init") // Required.
    private List<String> symbols;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How often each symbol is asked for; all of them are spread over this time. Default: 30s.")
    private Duration every = Duration.ofSeconds(30);

    @Option(
            names = "--once",
            description = "Ask for each symbol once, one after the other, and end. The exit code is 0 if Yahoo told a"
                    + " price of each, also where it is too old to be sent.")
    private boolean once;

    @Option(
            names = "--max-stale",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How old a price may be; an older one is not sent, its market is closed. Default: 15m.")
    private Duration maxStale = Duration.ofMinutes(15);

    @Option(
            names = "--plain",
            description =
                    "Send the bare price, as the simplest producers do; its time is then when it was sent, not when"
                            + " it traded. Default: JSON with symbol, price and time.")
    private boolean plain;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long a request may take. Default: 10s.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the service is. Default: " + ChartRequests.YAHOO + ".")
    private String baseUrl = ChartRequests.YAHOO;

    @Option(
            names = "--user-agent",
            paramLabel = "TEXT",
            description = "What the feed calls itself. Default: what a browser does.")
    private String userAgent = ChartRequests.BROWSER;

    @Option(
            names = "--headers-file",
            paramLabel = "FILE",
            description = "Further headers of each request, one a line, such as Cookie: VALUE. They are told to nobody"
                    + " else; with them, no redirect is followed.")
    private @Nullable Path headersFile;

    FeedYahooCommand() {
        super(JobOptions.BOOTSTRAP_SERVERS, JobOptions.KAFKA_PROPERTIES, JobOptions.PRICES_TOPIC);
    }

    @Override
    public Integer call() throws Exception {
        Configuration job = job();
        YahooSettings settings = settings();
        ChartRequests requests = requests();
        String topic = job.get(JobOptions.PRICES_TOPIC);
        try (KafkaConnection kafka = connect(job);
                YahooFeed feed = new YahooFeed(
                        kafka,
                        topic,
                        settings,
                        requests,
                        new Reporter(this::say, this::complain),
                        InstantSource.system())) {
            return CtrlC.stops(feed::stop, () -> run(feed));
        }
    }

    private int run(YahooFeed feed) throws IOException, Failure {
        try {
            Ending ending = feed.run();
            say(feed.counts().toString());
            return switch (ending) {
                case STOPPED -> CtrlC.EXIT_CODE;
                case ALL_ANSWERED -> 0;
                case SOME_FAILED -> FAILED;
                case NONE_LEFT ->
                    throw new Failure(
                            "no symbol is left: Yahoo knows none of them; correct --symbols, and see that --base-url is right");
            };
        } catch (InterruptedException e) {
            // Said here: once this has ended, the JVM waits for nobody.
            complain("stopped before Kafka had taken every record; is it running?");
            return FAILED;
        }
    }

    private YahooSettings settings() {
        OptionReader asked = new OptionReader(line());
        Set<String> each = new LinkedHashSet<>();
        for (String symbol : symbols) {
            String problem = Symbols.problem(symbol.strip());
            if (problem != null) {
                throw asked.wrong("--symbols", problem);
            }
            each.add(symbol.strip());
        }
        if (every.compareTo(SHORTEST_EVERY) < 0) {
            throw asked.wrong("--every", "expected 1s to 24h, found " + every.toMillis() + "ms");
        }
        return new YahooSettings(List.copyOf(each), every, once, maxStale, plain);
    }

    private ChartRequests requests() {
        OptionReader asked = new OptionReader(line());
        if (!RequestHeaders.canBeSet("User-Agent", userAgent) || userAgent.isBlank()) {
            throw asked.wrong("--user-agent", "expected visible characters");
        }
        return new ChartRequests(
                asked.read("--base-url", baseUrl, ChartRequests::parseBaseUrl),
                userAgent,
                headersFile == null ? RequestHeaders.none() : headers(asked),
                timeout,
                ChartRequests.BACK_OFF);
    }

    private RequestHeaders headers(OptionReader asked) {
        try {
            return RequestHeaders.parse(Files.readAllLines(headersFile));
        } catch (NoSuchFileException e) {
            throw asked.wrong("--headers-file", headersFile + ": there is no such file");
        } catch (IOException e) {
            throw asked.wrong("--headers-file", headersFile + ": cannot be read; expected a file of text in UTF-8");
        } catch (IllegalArgumentException e) {
            throw asked.wrong("--headers-file", headersFile + ", " + e.getMessage());
        }
    }
}
