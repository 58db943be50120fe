package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.settings.JobArguments;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.configuration.YamlParserUtils;
import org.apache.flink.state.rocksdb.sstmerge.RocksDBManualCompactionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flink-conf/config.yaml} as Flink reads it, and {@code docker-compose.yml} where it speaks of the job. */
class FlinkConfTest {

    private static final Map<String, ConfigOption<?>> KNOWN = Stream.of(
                    BlobServerOptions.class,
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    RestOptions.class,
                    RestartStrategyOptions.class,
                    RocksDBManualCompactionOptions.class,
                    SecurityOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class)
            .flatMap(options -> Arrays.stream(options.getFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class)
            .filter(field -> !field.isAnnotationPresent(Deprecated.class))
            .<ConfigOption<?>>map(field -> {
                try {
                    return (ConfigOption<?>) field.get(null);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            })
            .collect(Collectors.toMap(ConfigOption::key, option -> option, (one, other) -> one, TreeMap::new));

    private static final String PROMETHEUS = "metrics.reporter.prom.";
    private static final Set<String> OF_PROMETHEUS =
            Set.of("factory.class", "port", "filterLabelValueCharacters", "scope.variables.excludes");

    private final Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");

    @Test
    void everyKeyIsOneThatFlinkKnowsWithAValueItCanRead() {
        assertThat(unreadable(conf)).isEmpty();
        assertThat(conf.keySet()).hasSizeGreaterThan(20);
    }

    @Test
    void aMisspelledKeyOrABadValueWouldBeFound(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"),
                "execution:\n  checkpointing:\n    intervall: 10s\n    timeout: soon\n    mode: EXACTLY_ONCE\n");

        assertThat(unreadable(GlobalConfiguration.loadConfiguration(folder.toString())))
                .containsExactlyInAnyOrder("execution.checkpointing.intervall", "execution.checkpointing.timeout");
    }

    private static List<String> unreadable(Configuration conf) {
        return conf.keySet().stream().filter(key -> !isReadable(conf, key)).toList();
    }

    private static boolean isReadable(Configuration conf, String key) {
        if (key.startsWith(PROMETHEUS)) {
            return OF_PROMETHEUS.contains(key.substring(PROMETHEUS.length()));
        }
        ConfigOption<?> option = KNOWN.get(key);
        try {
            return option != null && conf.getOptional(option).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void exactlyOnceHasTheCheckpointsItNeeds() {
        assertThat(conf.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
        assertThat(conf.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isNotBlank();
        assertThat(conf.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isGreaterThanOrEqualTo(conf.get(CoreOptions.DEFAULT_PARALLELISM));
    }

    @Test
    void whatWaitsForACheckpointIsNotLostWhileAttemptsFail() {
        long attempts = 1 + conf.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
        Duration atMost = conf.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).multipliedBy(attempts);

        // transaction.timeout.ms of the job, and some minutes for the restart that follows.
        assertThat(atMost).isLessThan(Duration.ofMinutes(15 - 5));
    }

    @Test
    void checkpointsStayAndStateIsOnDisk() {
        assertThat(conf.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(conf.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS)).isGreaterThan(1);
        assertThat(conf.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        assertThat(conf.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(conf.get(RocksDBManualCompactionOptions.MIN_INTERVAL))
                .as("zero is never")
                .isPositive();
    }

    @Test
    void restartsHaveAnEnd() {
        assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
        assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
                .isBetween(5, 100);
        assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theWebUiIsNotOpenToTheWorldAndTakesNoJobs() {
        assertThat(conf.toMap()).as("that of task managers has no common name").allSatisfy((key, value) -> assertThat(
                        key.equals(TaskManagerOptions.BIND_HOST.key())
                                || !List.of("0.0.0.0", "::").contains(value))
                .as("%s: %s", key, value)
                .isTrue());
        // What is unset is 0.0.0.0.
        assertThat(conf.getOptional(RestOptions.BIND_ADDRESS)).isPresent();
        assertThat(conf.getOptional(JobManagerOptions.BIND_HOST)).isPresent();
        assertThat(conf.get(WebOptions.SUBMIT_ENABLE)).isFalse();
        assertThat(conf.get(WebOptions.CANCEL_ENABLE)).isFalse();
    }

    @Test
    void composeSubmitsTheJobWithOptionsThatItHas() throws Exception {
        String[] arguments = command("job").stream()
                .flatMap(line -> Stream.of(line.split("\\s+")))
                .filter(argument -> argument.startsWith("--"))
                .toArray(String[]::new);

        assertThat(arguments).isNotEmpty();
        assertThat(JobArguments.parse(arguments).keySet()).hasSize(arguments.length);
    }

    @SuppressWarnings("unchecked")
    private static List<String> command(String service) throws Exception {
        Map<String, Object> compose = YamlParserUtils.loadYamlFile(new File("docker-compose.yml"));
        Map<String, Map<String, Object>> services = (Map<String, Map<String, Object>>) compose.get("services");
        return (List<String>) services.get(service).get("command");
    }
}
