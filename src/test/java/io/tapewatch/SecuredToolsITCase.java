package io.tapewatch;

import static io.tapewatch.feed.yahoo.StubYahoo.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Tool.Said;
import io.tapewatch.cli.Main;
import io.tapewatch.cli.ToolInProcess;
import io.tapewatch.feed.yahoo.StubYahoo;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every tool beside a job that runs, on a broker that demands TLS and credentials: as a process with the right password,
 * and in this one with a wrong one. Each lets all its loggers log everything; what it prints and what it logs is searched
 * for secrets, and for a decoy that is found.
 */
@Timeout(600)
@ExtendWith(LongPatience.class)
@WholeForm
class SecuredToolsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final int TOOLS_AT_ONCE = 2;

    private static final String PASSWORD = "pelican+7%Qz/harbour";
    private static final String WRONG_PASSWORD = "gannet+1%Qz/cliff";
    private static final String STORE_PASSWORD = "cormorant+8%Qz/island";
    private static final Secrets SECRETS = new Secrets(PASSWORD, WRONG_PASSWORD, STORE_PASSWORD);

    /** The name of the folder of the truststore, which Kafka's clients log. */
    private static final String DECOY = "albatross-mast";

    private static final Secrets DECOYS = new Secrets(DECOY);

    /** Those that have no use for a broker's credentials: one asks no broker, one brings its own. */
    private static final Map<String, List<String>> WITHOUT_CREDENTIALS =
            Map.of("rules check", List.of("any.json"), "run", List.of(), "completion", List.of());

    private static final String LOG_EVERYTHING = """
            rootLogger.level = ALL
            rootLogger.appenderRef.file.ref = file
            appender.file.type = File
            appender.file.name = file
            appender.file.fileName = ${sys:log.file}
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %p %c [%t] %X %m%n%throwable
            """;

    /** It says what is wrong among what it has found. */
    private static final String DOCTOR = "doctor";

    private static final String SHOWN = """
            {"id":"shown","version":1,"when":{"metric":"price","is":">","limit":0}}""";
    private static final String SHADOWED = """
            {"id":"shadowed","version":1,"status":"shadow","when":{"metric":"price","is":">","limit":0}}""";

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;
    private static StubYahoo yahoo;
    private static TestJob job;
    private static Path rightFile;
    private static Path wrongFile;

    @BeforeAll
    static void start() throws Exception {
        Path stores = Files.createDirectories(folder.resolve(DECOY));
        kafka = SecuredKafka.create(stores);
        kafka.admit("tapewatch", PASSWORD);
        rightFile = kafka.writeClientFile(stores.resolve("right.properties"), "tapewatch", PASSWORD, STORE_PASSWORD);
        wrongFile =
                kafka.writeClientFile(stores.resolve("wrong.properties"), "tapewatch", WRONG_PASSWORD, STORE_PASSWORD);
        Files.writeString(folder.resolve("log.properties"), LOG_EVERYTHING);
        Files.writeString(folder.resolve("prices.csv"), "time,symbol,price\n1700000000000,A,1\n");
        Files.writeString(folder.resolve("rules.json"), SHOWN.replace("shown", "put"));
        kafka.kafka().createTopic("fed", 1, Map.of());
        yahoo = new StubYahoo()
                .answers("BTC-USD", price("BTC-USD", "64250.12", Instant.now().getEpochSecond()));
        job = runJob();
    }

    @AfterAll
    static void stop() throws IOException {
        job.close();
        yahoo.close();
        kafka.close();
    }

    /** A job that has written to each of its topics. */
    private static TestJob runJob() throws Exception {
        TestJob job = new TestJob(kafka.kafka(), folder, 1).withQuotesAndInstruments();
        job.options().set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers("SASL_SSL"));
        job.options().set(JobOptions.KAFKA_PROPERTIES, rightFile.toString());
        job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
        job.send("rules", 0, "shown", SHOWN);
        job.send("rules", 0, "shadowed", SHADOWED);
        job.send("rules", 0, "deleted", SHOWN.replace("shown", "deleted"));
        job.send("prices", 0, "X", "no price");
        job.send("quotes", 0, "X", "{\"bid\":99,\"ask\":101,\"time\":%d}".formatted(NOON));
        job.send("prices", 0, "X", "{\"price\":100,\"time\":%d}".formatted(NOON + 1));
        for (String topic : List.of("prices", "quotes")) {
            job.send(topic, 0, null, "{\"heartbeat\":true,\"time\":%d}".formatted(NOON + 300_000));
        }
        StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
        TapewatchJob.build(env, job.options());
        job.flush();
        job.start(env);
        for (String topic : List.of("summaries", "movers", "flags", "shadow-flags", "quoted-trades")) {
            job.await(topic, any -> true);
        }
        return job;
    }

    /** How a tool is run that is let in, and a text that it then shows. */
    private record Run(String shows, int exitCode, List<String> arguments) {

        static Run of(String shows, String... arguments) {
            return new Run(shows, 0, List.of(arguments));
        }

        /** What it returns when Kafka refuses it. */
        int exitCodeOfRefusal() {
            return exitCode == 0 ? 1 : exitCode;
        }
    }

    private static Map<String, Run> runs() {
        String prefix = "--output.prefix=" + job.topic("");
        String rules = "--rules.topic=" + job.topic("rules");
        String prices = "--prices.topic=" + job.topic("prices");
        String group = "--prices.group-id=" + job.topic("group");
        return Map.ofEntries(
                Map.entry(
                        "topics create",
                        Run.of("created", "--prices.topic=new", "--rules.topic=new-rules", "--output.prefix=new.")),
                Map.entry("topics describe", Run.of("LogAppendTime", prices, rules, prefix)),
                Map.entry(DOCTOR, Run.of("the job finds in Kafka all that it needs", prices, rules, prefix)),
                // Without an answer of Flink it says what Kafka tells.
                Map.entry(
                        "status",
                        new Run(
                                "shown, version 1",
                                3,
                                List.of("--rest=http://localhost:1", prices, rules, prefix, group))),
                Map.entry("rules put", Run.of("1  accepted", file("rules.json"), rules, prefix)),
                Map.entry("rules list", Run.of("shadowed", rules)),
                Map.entry("rules delete", Run.of("1  deleted", "deleted", rules, prefix)),
                Map.entry("feed replay", Run.of("1 price sent", file("prices.csv"), "--prices.topic=fed")),
                Map.entry(
                        "feed simulate",
                        Run.of(
                                "prices sent",
                                "--for=10s",
                                "--speed=max",
                                "--rate=10",
                                "--symbols=2",
                                "--incidents=none",
                                "--planted=" + file("planted-by-the-tool.jsonl"),
                                "--prices.topic=fed")),
                Map.entry(
                        "feed yahoo",
                        Run.of(
                                "1 prices sent",
                                "--once",
                                "--symbols=BTC-USD",
                                "--base-url=" + yahoo.url(),
                                "--prices.topic=fed")),
                watch("prices", "\"taken\":{\"symbol\":\"X\",\"price\":100", prices),
                watch("quotes", "\"bid\":99", "--quotes.topic=" + job.topic("quotes")),
                watch("summaries", "\"window\":\"1m\"", prefix),
                watch("movers", "\"mostActive\"", prefix),
                watch("flags", "\"ruleId\":\"shown\"", prefix),
                watch("shadow-flags", "\"ruleId\":\"shadowed\"", prefix),
                watch("quoted-trades", "\"mid\":100", prefix),
                watch("rule-status", "\"verdict\":\"accepted\"", prefix),
                watch("dead-letters", "malformed-json", prefix));
    }

    private static Map.Entry<String, Run> watch(String output, String shows, String prefix) {
        return Map.entry("watch " + output, Run.of(shows, "--no-follow", "--json", prefix));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void thereIsARunOfEveryTool() {
        assertThat(Stream.concat(runs().keySet().stream(), WITHOUT_CREDENTIALS.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        commands(new CommandLine(Main.class), "").toList());
    }

    private static Stream<String> commands(CommandLine command, String name) {
        Map<String, CommandLine> parts = command.getSubcommands();
        return parts.isEmpty()
                ? Stream.of(name.strip())
                : parts.entrySet().stream().flatMap(part -> commands(part.getValue(), name + " " + part.getKey()));
    }

    @Test
    void everyToolIsLetInWithTheRightPasswordAndShowsNoSecret() throws Exception {
        Map<String, Run> runs = runs();
        inParallel(runs.keySet().stream().sorted().toList(), tool -> {
            Path log = Files.createTempFile(folder, "tool", ".log");
            Said said = runTool(arguments(tool, runs.get(tool).arguments(), rightFile), log)
                    .ends(runs.get(tool).exitCode());
            assertThat(said.err()).as(tool).isEmpty();
            assertThat(String.join("\n", said.out())).contains(runs.get(tool).shows());
            String logged = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertThat(logged).as("the log of %s", tool).contains(DECOY, "SCRAM-SHA-512");
            assertThat(SECRETS.in(logged)).as("the log of %s", tool).isEmpty();
            assertThat(SECRETS.in(said.toString())).as(tool).isEmpty();
        });
    }

    @Test
    void everyToolSaysInOneLineThatThePasswordIsWrong() {
        try (LogSearch log = LogSearch.start(SECRETS.and(DECOYS))) {
            runs().forEach((tool, run) -> {
                ToolInProcess.Said said = ToolInProcess.run(arguments(tool, run.arguments(), wrongFile));
                assertThat(said.exitCode()).as(said.toString()).isEqualTo(run.exitCodeOfRefusal());
                String refusal = "Kafka at " + kafka.bootstrapServers("SASL_SSL")
                        + " cannot be used: it refuses the credentials; correct the user name and password of"
                        + " sasl.jaas.config in the file of --kafka.properties-file, and see that each ${...}"
                        + " there has a value on this machine";
                if (tool.equals(DOCTOR)) {
                    assertThat(said.err()).as(tool).isEmpty();
                    assertThat(said.out())
                            .filteredOn(line -> line.startsWith("FAIL"))
                            .singleElement()
                            .asString()
                            .matches("FAIL +Kafka +" + Pattern.quote(refusal));
                } else {
                    assertThat(said.out()).isEmpty();
                    assertThat(said.err()).as(tool).containsExactly("tapewatch: " + refusal);
                }
            });
            assertThat(log.found()).isNotEmpty().allSatisfy(line -> assertThat(SECRETS.in(line))
                    .isEmpty());
            assertThat(log.loggers())
                    .contains("DEBUG org.apache.kafka.common.security.scram.internals.ScramSaslClient");
        }
    }

    @Test
    void aToolThatHasNoUseForCredentialsRefusesThem() {
        WITHOUT_CREDENTIALS.forEach((tool, own) -> {
            ToolInProcess.Said said = ToolInProcess.run(arguments(tool, own, rightFile));
            assertThat(said.exitCode()).as(said.toString()).isEqualTo(2);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .singleElement()
                    .asString()
                    .startsWith("tapewatch: ")
                    .contains("--kafka.");
            assertThat(SECRETS.in(said.toString())).isEmpty();
        });
    }

    private static List<String> arguments(String tool, List<String> own, Path credentials) {
        List<String> arguments = new ArrayList<>(List.of(tool.split(" ")));
        arguments.addAll(own);
        arguments.add("--kafka.bootstrap-servers=" + kafka.bootstrapServers("SASL_SSL"));
        arguments.add("--kafka.properties-file=" + credentials);
        return arguments;
    }

    private static Said runTool(List<String> arguments, Path log) throws IOException, InterruptedException {
        ProcessBuilder process = Tool.process(folder, arguments.toArray(String[]::new));
        process.command()
                .addAll(
                        1,
                        List.of("-Dlog4j2.configurationFile=" + folder.resolve("log.properties"), "-Dlog.file=" + log));
        return Tool.start(folder, "", process).said();
    }

    /** What is done with a tool. */
    @FunctionalInterface
    private interface With {
        void accept(String tool) throws Exception;
    }

    private static void inParallel(List<String> tools, With with) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TOOLS_AT_ONCE);
        try {
            List<CompletableFuture<Void>> all = tools.stream()
                    .map(tool -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    with.accept(tool);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                } catch (Exception e) {
                                    throw new IllegalStateException(tool, e);
                                }
                            },
                            threads))
                    .toList();
            for (CompletableFuture<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
