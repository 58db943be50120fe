package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.TopicTail;
import io.tapewatch.settings.JobOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** A command that shows the records of one of the job's topics: the latest, and then what is new. */
abstract class WatchingCommand extends JobCommand {

    private static final int DEFAULT_LAST = 20;
    private static final int HIGHEST_LAST = 1_000_000;

    /** What a shell says of a program whose output nobody takes any more. */
    private static final int OUTPUT_CLOSED = 141;

    private final Function<Configuration, String> topic;

    @Option(
            names = "--last",
            paramLabel = "N",
            description =
                    "Begin with the last N that are there; 0 for none but new ones. Default: " + DEFAULT_LAST + ".")
    private @Nullable Integer last;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceTime.class,
            description = "Begin with what was published since then, instead: how long ago, such as 15m, or an ISO-8601"
                    + " time with an offset. What counts is when Kafka got a record, not its event time.")
    private @Nullable Long since;

    @Option(names = "--no-follow", description = "End with what is there, do not wait for more.")
    private boolean noFollow;

    @Option(names = "--json", description = "A JSON object a line, instead of a table.")
    private boolean json;

    /** @param topic the name of an output topic without the prefix */
    WatchingCommand(String topic) {
        this(job -> job.get(JobOptions.OUTPUT_PREFIX) + topic, JobOptions.OUTPUT_PREFIX);
    }

    /**
     * @param topic names the topic
     * @param settings the job's settings that the command takes besides Kafka's
     */
    WatchingCommand(Function<Configuration, String> topic, ConfigOption<?>... settings) {
        super(Stream.concat(Stream.of(JobOptions.BOOTSTRAP_SERVERS, JobOptions.KAFKA_PROPERTIES), Stream.of(settings))
                .toArray(ConfigOption<?>[]::new));
        this.topic = topic;
    }

    /** The topic whose records are shown. */
    final String topic() {
        return topic.apply(job());
    }

    /** Whether the options ask for this record. */
    abstract boolean isWanted(Received record);

    /**
     * How such records are shown in a table.
     *
     * @param room how many characters a line of the terminal has; 0 for lines as long as they are
     */
    abstract Layout layout(int room);

    /** Whether the records can be shown that are no JSON objects. */
    boolean showsAnything() {
        return false;
    }

    /** A record on a line, in JSON. */
    String json(Received record) {
        return JsonLine.ofJson(record.text());
    }

    @Override
    public final Integer call() throws Exception {
        OptionReader asked = new OptionReader(line());
        if (last != null && since != null) {
            throw asked.wrong("--last", "--since says where to begin, too; give one of them");
        }
        int count = asked.inRange("--last", last == null ? DEFAULT_LAST : last, 0, HIGHEST_LAST);
        Configuration job = job();
        try (KafkaConnection kafka = connect(job);
                TopicTail tail = since == null
                        ? TopicTail.ofLast(kafka, topic(), count, record -> isWanted(new Received(record)))
                        : TopicTail.since(kafka, topic(), since)) {
            return show(tail);
        }
    }

    private int show(TopicTail tail) throws Exception {
        Layout layout = layout(TerminalColumns.of(line().getCommandSpec()));
        boolean coloured = Ansi.AUTO.enabled();
        if (!json) {
            layout.heading().stream()
                    .map(heading -> coloured ? Ansi.Style.bold.on() + heading + Ansi.Style.reset.on() : heading)
                    .forEach(this::show);
        }
        AtomicBoolean asked = new AtomicBoolean();
        return CtrlC.stops(() -> asked.set(true), () -> show(tail, layout, coloured, asked));
    }

    private int show(TopicTail tail, Layout layout, boolean coloured, AtomicBoolean stopAsked) {
        while (!(noFollow && tail.hasCaughtUp())) {
            for (ConsumerRecord<byte[], byte[]> each : tail.poll(this::complain)) {
                if (stopAsked.get()) {
                    break;
                }
                Received record = new Received(each);
                if (isWanted(record)) {
                    lines(record, layout, coloured).forEach(this::show);
                }
            }
            if (stopAsked.get()) {
                return CtrlC.EXIT_CODE;
            }
            if (line().getOut().checkError()) {
                return OUTPUT_CLOSED;
            }
        }
        return 0;
    }

    private Stream<String> lines(Received record, Layout layout, boolean coloured) {
        if (!record.isObject() && !showsAnything()) {
            String notJson = record.coordinates() + ": not JSON";
            if (json) {
                complain(notJson);
                return Stream.of();
            }
            return Stream.of(notJson);
        }
        if (json) {
            return Stream.of(json(record));
        }
        List<String> lines = layout.lines(record);
        return lines.stream().map(line -> coloured ? layout.paint(record, line) : line);
    }

    /** A line that may have colours of ours; a layout has made harmless what is in a record. */
    private void show(String line) {
        line().getOut().println(line);
    }
}
