package io.tapewatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.TapewatchJob;
import io.tapewatch.WholeForm;
import io.tapewatch.bench.contender.Answers.Answer;
import io.tapewatch.bench.contender.Answers.Window;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the contenders work, and that their answers are those of the job wherever they promise the same. */
@Timeout(600)
@WholeForm
@ExtendWith({LongPatience.class, KafkaBroker.class})
class ContendersITCase {

    private static final String PRICES = "contenders-prices";
    private static final KnownTicks TICKS = new KnownTicks(20231115);
    private static Map<Window, Answer> ours;

    static Stream<String> contendersOnFlink() {
        return names().filter(name -> name.startsWith("flink-") || name.startsWith("sql-"));
    }

    static Stream<String> contendersOnKafkaStreams() {
        return names().filter(name -> name.startsWith("streams-"));
    }

    private static Stream<String> names() {
        return Contenders.all().stream().map(Contender::name);
    }

    @BeforeAll
    static void runTheJob(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
        TICKS.sendTo(kafka, PRICES);
        String prefix = "contenders-ours.";
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        options.set(JobOptions.PRICES_TOPIC, PRICES);
        options.set(JobOptions.RULES_TOPIC, prefix + "rules");
        options.set(JobOptions.OUTPUT_PREFIX, prefix);
        options.set(JobOptions.GROUP_ID, prefix + "group");
        options.set(JobOptions.WINDOWS, Contenders.FIVE + ",5s/1s");
        options.set(JobOptions.DELIVERY_SUMMARIES, DeliveryGuarantee.AT_LEAST_ONCE);
        options.set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
        kafka.createTopics(JobTopics.ANY.all(new InputTopics(PRICES, prefix + "rules"), prefix).stream()
                .filter(topic -> !topic.name().equals(PRICES))
                .toList());
        Task task = new Task(kafka.bootstrapServers(), PRICES, prefix, folder, 2);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, MiniFlink.settings(task, "hashmap"));
        TapewatchJob.build(env, options);
        env.execute();
        try (Answers answers = new Answers(kafka.bootstrapServers(), prefix)) {
            // At its end the job publishes windows, too, that are open.
            ours = matching(answers.readAll(), window -> window.asOf() < KnownTicks.end());
        }
    }

    @ParameterizedTest
    @MethodSource("contendersOnFlink")
    void theAnswersOfFlinkAreOursWhereItPromisesTheSame(String name, EmbeddedKafka kafka, @TempDir Path folder)
            throws Exception {
        Contender contender = Contenders.named(name);
        Task task = new Task(kafka.bootstrapServers(), PRICES, name + ".", folder, 2);
        Map<Window, Answer> expected = expected(contender);
        try (Contender.Running running = contender.start(task);
                Answers answers = new Answers(task.bootstrapServers(), task.prefix())) {
            Map<Window, Answer> seen = answers.await(running, expected);
            assertThat(Answers.wrong(seen, expected, contender.promises(), KnownTicks::isEasy))
                    .isEmpty();
            assertThat(stepless(seen.keySet()).filter(window -> !ours.containsKey(window)))
                    .as("windows that are not ours")
                    .isEmpty();
            assertThat(running.stateBytes().orElse(0)).isPositive();
            assertThat(new ReadSoFar(PRICES).records())
                    .as("records, each read once")
                    .isEqualTo(TICKS.records());
        }
    }

    @ParameterizedTest
    @MethodSource("contendersOnKafkaStreams")
    void theAnswersOfKafkaStreamsAreOursWhereItPromisesTheSame(String name, EmbeddedKafka kafka, @TempDir Path folder)
            throws Exception {
        Contender contender = Contenders.named(name);
        Task task = new Task(kafka.bootstrapServers(), PRICES, name + ".", folder, 2);
        Map<Window, Answer> expected = expected(contender);

        assertThat(ContenderOnce.run(contender, task)).isPositive();

        try (Answers answers = new Answers(task.bootstrapServers(), task.prefix())) {
            // It publishes windows, too, that are open.
            Map<Window, Answer> seen = matching(answers.readAll(), window -> window.asOf() < KnownTicks.end());
            assertThat(Answers.wrong(seen, expected, contender.promises(), KnownTicks::isEasy))
                    .isEmpty();
            assertThat(seen.keySet()).isEqualTo(expected.keySet());
        }
    }

    /** Our answers, where the contender promises the same. */
    private static Map<Window, Answer> expected(Contender contender) {
        Set<String> windows = windows(contender.name());
        Map<Window, Answer> expected =
                matching(ours, window -> windows.contains(window.window()) && isPromised(contender, window));
        assertThat(expected.keySet().stream().map(Window::window)).containsAll(windows);
        return expected;
    }

    private static Set<String> windows(String contender) {
        String windows =
                contender.contains("-5-windows") ? Contenders.FIVE : contender.contains("-5s-1s") ? "5s/1s" : "1m";
        return WindowSpec.parseList(windows).stream().map(WindowSpec::name).collect(Collectors.toSet());
    }

    /** Flink's operators have no steps: see {@link FlinkWindows}. */
    private static boolean isPromised(Contender contender, Window window) {
        return (contender.promises().contains(Promise.LATE_TICKS) || !TICKS.isTouchedByLateTick(window))
                && (!(contender instanceof FlinkWindows) || window.asOf() == window.end());
    }

    /** Of cumulating windows, others publish steps without new ticks. */
    private static Stream<Window> stepless(Set<Window> windows) {
        return windows.stream().filter(window -> window.asOf() == window.end());
    }

    private static Map<Window, Answer> matching(Map<Window, Answer> answers, Predicate<Window> which) {
        Map<Window, Answer> matching = new HashMap<>(answers);
        matching.keySet().removeIf(which.negate());
        return matching;
    }
}
