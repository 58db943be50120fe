package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.settings.JobOptions;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code tapewatch status}. */
@Command(
        name = StatusCommand.NAME,
        description = {
            "Shows how the job is: event time, lag, checkpoint, rules, records.",
            "It says which partition holds event time back and since when, when each rule flagged last, and what was rejected or late.",
            "The exit code is 0 when all is well, 1 when something is wrong, and 3 when it could not be found out."
        })
final class StatusCommand extends JobCommand {

    static final String NAME = "status";

    @Option(
            names = "--rest",
            paramLabel = "URL",
            description = "Where Flink is, the address of its web UI. Default: http://localhost:8081.")
    private String rest = "http://localhost:8081";

    @Option(names = "--json", description = "All of it as one JSON object.")
    private boolean json;

    @Option(
            names = "--max-checkpoint-age",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How old the last checkpoint may be. Default: three intervals, and at least 2m.")
    private @Nullable Duration checkpointAge;

    @Option(
            names = "--max-standstill",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long one partition may hold event time where it is. Default: 1m.")
    private Duration standstill = Duration.ofMinutes(1);

    @Option(
            names = "--max-lag",
            paramLabel = "N",
            description = "How many records may wait to be read. Default: any number.")
    private @Nullable Long lag;

    StatusCommand() {
        super(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.KAFKA_PROPERTIES,
                JobOptions.GROUP_ID,
                JobOptions.PRICES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.OUTPUT_PREFIX,
                JobOptions.RULES_MAX_COUNT,
                JobOptions.RULES_MAX_WINDOWS,
                JobOptions.RULES_MAX_OVER,
                JobOptions.WINDOWS,
                JobOptions.MOVERS_WINDOW);
    }

    @Override
    public Integer call() throws Failure {
        OptionReader asked = new OptionReader(line());
        URI address = asked.read("--rest", rest, FlinkRest::parseAddress);
        if (lag != null && lag < 0) {
            throw asked.wrong("--max-lag", "expected 0 or more, found " + lag);
        }
        Configuration job = job();
        String name = job.get(JobOptions.GROUP_ID);
        JobOnFlink.Found flink = null;
        String flinkProblem = null;
        try {
            flink = JobOnFlink.find(new FlinkRest(address), name);
        } catch (FlinkRest.Unusable e) {
            flinkProblem = e.getMessage();
        }
        JobOnKafka kafka = null;
        String kafkaProblem = null;
        try (KafkaConnection connection = connect(job)) {
            kafka = JobOnKafka.find(connection, job);
        } catch (KafkaUnusable e) {
            kafkaProblem = e.getMessage();
        }
        if (flink == null && kafkaProblem != null && !json) {
            complain(kafkaProblem);
            return Health.UNKNOWN.exitCode();
        }
        Status status = Status.of(
                name,
                System.currentTimeMillis(),
                address,
                flink,
                flinkProblem,
                kafka,
                kafkaProblem,
                new Status.Limits(checkpointAge == null ? null : checkpointAge.toMillis(), standstill.toMillis(), lag));
        if (json) {
            say(StatusJson.of(status));
        } else {
            new StatusScreen(status).printTo(line().getOut(), Ansi.AUTO);
        }
        return status.health().exitCode();
    }
}
