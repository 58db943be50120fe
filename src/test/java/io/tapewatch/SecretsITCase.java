package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobArguments;
import io.tapewatch.settings.JobOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The job with a properties file that holds secrets: it runs with them, it fails over them, and they are searched for
 * wherever someone might see them. What is searched is searched for a decoy as well, which is found.
 */
@ExtendWith(LongPatience.class)
class SecretsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    private static final String PASSWORD = "pelican+7%Qz/harbour";
    private static final String STORE_PASSWORD = "cormorant+8%Qz/island";
    private static final String[] FURTHER = {
        "ssl.key.password=puffin+2%Qz/burrow",
        "sasl.oauthbearer.client.credentials.client.secret=fulmar+3%Qz/ledge",
        "sasl.jaas.confg=shearwater+4%Qz/night",
        "basic.auth.user.info=petrel+5%Qz/storm"
    };
    private static final Secrets SECRETS = new Secrets(Stream.concat(
                    Stream.of(PASSWORD, STORE_PASSWORD), Stream.of(FURTHER).map(line -> line.split("=")[1]))
            .toArray(String[]::new));

    /** What Kafka's clients, and what a sink that waits for the lease, say of wrong credentials. */
    private static final String[] REFUSED = {"SaslAuthenticationException", "it refuses the credentials"};

    /** Where Flink tells the metrics of tasks. */
    private static final String METRICS = "/jobs/\\w+/vertices/\\w+/metrics\\?get=.*";

    /** What the metrics of Kafka's clients are called. */
    private static final List<String> CLIENTS = List.of("KafkaSourceReader", "KafkaProducer");

    /** What is put where secrets would be searched for, to show that they would be found. */
    private static final String DECOY = "albatross+9%Qz/mast";

    private static final Secrets DECOYS = new Secrets(DECOY);
    private static final Secrets SECRETS_AND_DECOY = SECRETS.and(DECOYS);

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;
    private static MiniCluster flink;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.create(folder);
        kafka.writeTruststore(folder.resolve("truststore.p12"), STORE_PASSWORD);
        flink = startFlink();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        kafka.close();
    }

    @Test
    void aJobThatRunsAndThenFailsShowsNoSecret() throws Exception {
        kafka.admit("tapewatch", PASSWORD);
        Path file = folder.resolve("kafka.properties");
        Files.writeString(
                file,
                credentials() + "ssl.keystore.type=PKCS12\nssl.keystore.location=" + folder.resolve("truststore.p12")
                        + "\nssl.keystore.password=" + STORE_PASSWORD + "\n" + String.join("\n", FURTHER));
        Map<String, String> shown = new TreeMap<>();
        try (LogSearch log = LogSearch.start(SECRETS_AND_DECOY);
                Printed printed = Printed.start();
                TestJob job = new TestJob(kafka.kafka(), folder, 2)) {
            String[] arguments = arguments(job, file);
            shown.put("arguments", String.join(" ", arguments));
            URI rest = flink.getRestAddress().get();
            StreamExecutionEnvironment env = environment(rest);
            TapewatchJob.build(env, JobArguments.parse(arguments));
            feed(job);
            job.start(env);
            job.await("summaries", summary -> summary.get("count").asInt() == 1);
            // Flink asks its tasks for their metrics when somebody wants to see them, and does not wait for the answer.
            Map<String, String> running = Waiting.until("Flink knows the metrics of Kafka's clients", () -> Optional.of(
                            RestAnswers.of(rest, job.id().toString()))
                    .filter(answers -> CLIENTS.stream().allMatch(all(answers, METRICS)::contains)));
            running.forEach((path, answer) -> shown.put("running " + path, answer));

            kafka.admit("tapewatch", "another");
            shown.put("failure", everythingOf(job.awaitFailure()));
            RestAnswers.of(rest, job.id().toString()).forEach((path, answer) -> shown.put("failed " + path, answer));
            shown.put("refusal", everythingOf(refusal(rest, arguments)));
            shown.put(
                    "checkpoints",
                    FileTexts.of(Folders.files(folder.resolve("checkpoints")).toList())
                            .toString());
            LoggerFactory.getLogger(SecretsITCase.class).trace("a line", new IOException("with " + DECOY));
            System.out.println("a line with " + DECOY);
            shown.put("printed", printed.text());

            assertThat(log.found()).singleElement().asString().contains("IOException: with " + DECOY);
            assertThat(log.loggers())
                    .contains(
                            "INFO org.apache.kafka.common.config.AbstractConfig",
                            "DEBUG org.apache.kafka.common.security.scram.internals.ScramSaslClient",
                            "TRACE org.apache.kafka.common.security.authenticator.LoginManager",
                            "INFO org.apache.flink.runtime.executiongraph.ExecutionGraph");
        }
        assertThat(shown.get("refusal")).contains("it refuses the credentials");
        assertThat(shown.get("failure")).containsAnyOf(REFUSED);
        assertThat(shown).satisfies(SecretsITCase::holdsWhatFlinkHasToSay);
        assertThat(shown.keySet().stream()
                        .filter(at -> !DECOYS.in(shown.get(at)).isEmpty()))
                .contains(
                        "printed",
                        "running /jobmanager/config",
                        "running /jobmanager/log",
                        "failed /jobmanager/config",
                        "failed /jobmanager/log");
        shown.forEach((at, text) -> assertThat(SECRETS.in(text)).as(at).isEmpty());
    }

    private static void holdsWhatFlinkHasToSay(Map<String, String> shown) {
        assertThat(shown).hasSizeGreaterThan(200);
        assertThat(all(shown, "failed /jobs/\\w+/exceptions")).containsAnyOf(REFUSED);
        assertThat(all(shown, "running /jobs/\\w+/checkpoints/details/\\d+")).contains("COMPLETED");
        assertThat(all(shown, "running " + METRICS)).contains(CLIENTS);
        assertThat(all(shown, "running /jobs/\\w+/plan")).contains("prices");
        assertThat(all(shown, "running /taskmanagers/[^/]+/thread-dump")).contains("kafka-producer-network-thread");
        assertThat(shown.get("checkpoints")).contains("prices");
    }

    private static String all(Map<String, String> shown, String path) {
        return shown.entrySet().stream()
                .filter(entry -> entry.getKey().matches(path))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aSecretFromAFileOfItsOwnDoesNotTravelWithTheJob() throws Exception {
        kafka.admit("tapewatch", PASSWORD);
        Path plain = folder.resolve("plain.properties");
        Files.writeString(plain, credentials());
        Path referring = folder.resolve("referring.properties");
        Files.writeString(referring, credentials().replace(PASSWORD, "") + atFolder(SecurityPage.example("file")));
        Files.writeString(folder.resolve("secrets.properties"), "kafka-password=" + PASSWORD);
        try (LogSearch log = LogSearch.start(SECRETS_AND_DECOY);
                TestJob job = new TestJob(kafka.kafka(), folder, 2)) {
            feed(job);
            assertThat(graph(job, plain)).contains(PASSWORD, STORE_PASSWORD);
            assertThat(graph(job, referring)).doesNotContain(PASSWORD).contains("${file:", STORE_PASSWORD);

            job.options().set(JobOptions.KAFKA_PROPERTIES, referring.toString());
            job.runToTheEnd();
            job.await("summaries", summary -> summary.get("count").asInt() == 1);
            assertThat(log.found()).isEmpty();
            assertThat(log.loggers()).contains("INFO org.apache.kafka.common.config.AbstractConfig");
        }
    }

    @Test
    void aSecretIsFoundInEveryFormAndPlace() {
        String basic = Base64.getEncoder().encodeToString(("user:" + DECOY).getBytes(StandardCharsets.UTF_8));
        String plain = Base64.getEncoder().encodeToString(("\0u\0" + DECOY + "!").getBytes(StandardCharsets.UTF_8));
        String mechanism = Base64.getEncoder().encodeToString((DECOY + "?!").getBytes(StandardCharsets.UTF_8));
        for (String form : List.of(DECOY, URLEncoder.encode(DECOY, StandardCharsets.UTF_8), basic, plain, mechanism)) {
            assertThat(DECOYS.in("{\"key\":\"" + form + "\"}")).as(form).hasSize(1);
        }
        assertThat(DECOYS.in("albatross")).isEmpty();
    }

    private static String credentials() {
        return atFolder(SecurityPage.example("credentials"))
                .replace("change-me-too", STORE_PASSWORD)
                .replace("change-me", PASSWORD);
    }

    private static String atFolder(String example) {
        return example.replace("/etc/tapewatch", folder.toString());
    }

    private static String[] arguments(TestJob job, Path file) {
        job.options().set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers("SASL_SSL"));
        job.options().set(JobOptions.KAFKA_PROPERTIES, file.toString());
        job.options().set(JobOptions.WINDOWS, "1m");
        job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
        return job.options().toMap().entrySet().stream()
                .flatMap(option -> Stream.of("--" + option.getKey(), option.getValue()))
                .toArray(String[]::new);
    }

    private static void feed(TestJob job) {
        for (int partition = 0; partition < 2; partition++) {
            job.send("prices", partition, "X" + partition, "{\"price\":100,\"time\":%d}".formatted(NOON));
            job.send("prices", partition, "X" + partition, "{\"price\":101,\"time\":%d}".formatted(NOON + 300_000));
        }
        job.flush();
    }

    private static MiniCluster startFlink() throws Exception {
        Path log = folder.resolve("flink.log");
        Files.writeString(log, "a line with " + DECOY);
        Configuration settings = new Configuration();
        settings.setString("decoy", DECOY);
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(WebOptions.LOG_PATH, log.toString());
        settings.set(WebOptions.TMP_DIR, folder.toString());
        // Else an answer may tell of the job as it was up to three seconds ago: before it failed.
        settings.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(1));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
        return cluster;
    }

    private static StreamExecutionEnvironment environment(URI rest) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createRemoteEnvironment(rest.getHost(), rest.getPort(), settings);
        return env.setParallelism(2);
    }

    private static Throwable refusal(URI rest, String... arguments) {
        return catchThrowable(() -> TapewatchJob.build(environment(rest), JobArguments.parse(arguments)));
    }

    /** The job as it is submitted. */
    private static String graph(TestJob job, Path file) throws IOException {
        StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
        TapewatchJob.build(env, JobArguments.parse(arguments(job, file)));
        return new String(
                InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph()), StandardCharsets.ISO_8859_1);
    }

    private static String everythingOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** What goes to the terminal until it is closed. */
    private record Printed(PrintStream out, PrintStream err, ByteArrayOutputStream bytes) implements AutoCloseable {

        static Printed start() {
            Printed printed = new Printed(System.out, System.err, new ByteArrayOutputStream());
            PrintStream both = new PrintStream(printed.bytes, true, StandardCharsets.UTF_8);
            System.setOut(both);
            System.setErr(both);
            return printed;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
