package io.tapewatch;

import static io.tapewatch.feed.yahoo.StubYahoo.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapewatch.cli.ToolInProcess;
import io.tapewatch.cli.ToolInProcess.Said;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.feed.yahoo.StubYahoo;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.settings.JobArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job and every tool, each with the rights that docs/security.md gives it and no others: enough, and none too many. */
@Timeout(600)
@ExtendWith(LongPatience.class)
@WholeForm
class AccessListsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final String PASSWORD = "pelican";
    private static final long PATIENCE_SECONDS = Waiting.PATIENCE.toSeconds();
    private static final List<String> USERS = List.of("tapewatch", "admin", "analyst", "feed", "viewer", "operator");
    private static final List<String> OUTPUTS =
            List.of("summaries", "movers", "flags", "shadow-flags", "quoted-trades", "dead-letters", "rule-status");
    private static final String[] INPUTS = {"--quotes.topic=quotes", "--instruments.topic=instruments"};

    @TempDir
    Path folder;

    private SecuredKafka kafka;
    private Admin admin;
    private StubYahoo yahoo;
    private List<AclBinding> rights;

    @BeforeEach
    void start() throws Exception {
        kafka = SecuredKafka.createWithAccessLists(folder);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers("PLAINTEXT")));
        yahoo = new StubYahoo()
                .answers("BTC-USD", price("BTC-USD", "64250.12", Instant.now().getEpochSecond()));
        rights = AccessLists.ofThePage();
        AccessLists.set(admin, rights);
        for (String user : USERS) {
            kafka.admit(user, PASSWORD);
            kafka.writeClientFile(folder.resolve(user + ".properties"), user, PASSWORD, "of-the-truststore");
        }
        write("rules.json", """
                [{"id":"shown","version":1,"when":{"metric":"price","is":">","limit":0}},
                 {"id":"shadowed","version":1,"status":"shadow","when":{"metric":"price","is":">","limit":0}},
                 {"id":"short-lived","version":1,"when":{"metric":"price","is":">","limit":0}}]""");
        write("prices.csv", "time,symbol,price\n" + NOON + ",A,1\n" + (NOON + 300_000) + ",A,2\n");
        write("quotes.csv", "time,symbol,bid,ask\n" + (NOON - 1) + ",A,1,2\n" + (NOON + 300_000) + ",A,1,2\n");
        write("instruments.csv", "symbol,name\nA,Alfa\n");
    }

    @AfterEach
    void stop() throws IOException {
        yahoo.close();
        admin.close();
        kafka.close();
    }

    @Test
    void thePageGivesTheJobAndEveryToolTheRightsTheyNeed() throws Exception {
        assertThat(tool("admin", "topics create", INPUTS).exitCode()).isZero();
        JobClient job = environment(INPUTS).executeAsync();
        try {
            for (List<String> command : tools()) {
                Said said = run(command);
                assertThat(said.exitCode()).as("%s: %s", command, said).isZero();
                assertThat(said.err()).as(command.toString()).isEmpty();
            }
            sendABadPrice();
            for (String output : OUTPUTS) {
                Waiting.untilTrue("a record of " + output, () -> {
                    Said said = tool("viewer", "watch " + output, "--no-follow", "--json");
                    assertThat(said.exitCode()).as("%s: %s", output, said).isZero();
                    return !said.out().isEmpty();
                });
            }
            Waiting.untilTrue(
                    "the group has got somewhere",
                    () ->
                            admin
                                    .listConsumerGroupOffsets("tapewatch")
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .keySet()
                                    .stream()
                                    .map(partition -> partition.topic())
                                    .collect(Collectors.toSet())
                                    .equals(Set.of("prices", "quotes")));
        } finally {
            job.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutAnyOneOfItsRightsAToolFailsInOneLine() throws Exception {
        // Each topic but those before it is missing, as they are created in the order of the page.
        for (AclBinding right : rightsOf(user -> user.equals("admin"))) {
            if (right.entry().operation() == AclOperation.CREATE) {
                take(right);
                assertSaid(right, List.of(tool("admin", "topics create", INPUTS)));
            }
        }
        AccessLists.set(admin, rights);
        assertThat(tool("admin", "topics create", INPUTS).exitCode()).isZero();
        JobClient job = environment(INPUTS).executeAsync();
        try {
            for (AclBinding right :
                    rightsOf(user -> !Set.of("tapewatch", "operator").contains(user))) {
                if (right.entry().operation() != AclOperation.CREATE) {
                    take(right);
                    assertSaid(
                            right,
                            tools().stream()
                                    .filter(command -> command.get(0).equals(user(right)))
                                    .map(this::run)
                                    .filter(said -> said.exitCode() != 0)
                                    .toList());
                }
            }
        } finally {
            job.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutAnyOneOfItsRightsAStatusSaysWhatItCannotKnow() throws Exception {
        assertThat(tool("admin", "topics create", INPUTS).exitCode()).isZero();
        assertThat(status()).noneMatch(line -> line.contains("is not open to this user"));
        for (AclBinding right : rightsOf(user -> user.equals("operator"))) {
            take(right);
            assertThat(status()).as("without %s", right).anySatisfy(line -> assertThat(line)
                    .contains("'" + right.pattern().name() + "'")
                    .contains("is not open to this user"));
        }
    }

    /** What is said without Flink, which is a matter of its own. */
    private List<String> status() {
        Said said = tool("operator", "status", "--json", "--rest=http://localhost:1", INPUTS[0]);
        assertThat(said.exitCode()).as("%s", said).isEqualTo(3);
        return Stream.concat(said.out().stream(), said.err().stream()).toList();
    }

    private static void assertSaid(AclBinding right, List<Said> failed) {
        assertThat(failed).as("without %s", right).isNotEmpty().allSatisfy(said -> {
            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.err())
                    .singleElement()
                    .asString()
                    .startsWith("tapewatch: ")
                    .contains("topic '" + nameOf(right) + "'");
        });
    }

    private static String user(AclBinding right) {
        return right.entry().principal().replace("User:", "");
    }

    /** The rights of some users, but those that a user can do without. */
    private List<AclBinding> rightsOf(Predicate<String> users) {
        return rights.stream()
                .filter(right -> users.test(user(right)))
                .filter(right -> right.entry().operation() != AclOperation.DESCRIBE_CONFIGS)
                .toList();
    }

    /** All have all their rights but this one. */
    private void take(AclBinding right) throws Exception {
        AccessLists.set(
                admin, rights.stream().filter(each -> !each.equals(right)).toList());
    }

    /** What is missed without a right: of topics the first. */
    private static String nameOf(AclBinding right) {
        String name = right.pattern().name();
        return name.equals("tapewatch.") ? "tapewatch.summaries" : name;
    }

    @Test
    void withoutAnyOneOfItsRightsTheJobDoesNotStart() throws Exception {
        assertThat(tool("admin", "topics create", INPUTS).exitCode()).isZero();
        for (AclBinding right : rightsOf(user -> user.equals("tapewatch"))) {
            take(right);
            if (right.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID) {
                JobClient job = environment(INPUTS).executeAsync();
                assertThat(catchThrowable(() -> job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                        .rootCause()
                        .hasMessageContaining("Transactional Id authorization failed");
            } else {
                assertThat(catchThrowable(() -> environment(INPUTS)))
                        .as("without %s", right)
                        .isInstanceOf(KafkaUnusable.class)
                        .hasMessageContaining("'" + nameOf(right) + "' on Kafka at ")
                        .hasMessageContaining("is not open to this user");
            }
        }
    }

    /** A command of each tool that its user runs while the job runs: the user, the tool, and what it is told. */
    private List<List<String>> tools() {
        return List.of(
                List.of("admin", "topics create", INPUTS[0], INPUTS[1]),
                List.of("admin", "topics describe", INPUTS[0], INPUTS[1]),
                List.of("analyst", "rules put", "--timeout=5m", file("rules.json")),
                List.of("analyst", "rules put", "--no-wait", file("rules.json")),
                List.of("analyst", "rules list"),
                List.of(
                        "feed",
                        "feed replay",
                        file("prices.csv"),
                        "--replay-quotes=" + file("quotes.csv"),
                        "--instruments=" + file("instruments.csv"),
                        "--speed=max"),
                List.of(
                        "feed",
                        "feed simulate",
                        "--for=10s",
                        "--rate=10",
                        "--symbols=2",
                        "--speed=max",
                        "--start=2023-11-15T13:00:00Z",
                        "--quotes",
                        "--incidents=none",
                        "--planted=" + file("planted.jsonl")),
                List.of(
                        "feed",
                        "feed yahoo",
                        "--once",
                        "--timeout=1m",
                        "--max-stale=1h",
                        "--symbols=BTC-USD",
                        "--base-url=" + yahoo.url()),
                List.of("analyst", "rules delete", "--timeout=5m", "short-lived"),
                List.of("viewer", "watch summaries", "--no-follow"),
                List.of("viewer", "watch prices", "--no-follow"),
                List.of("viewer", "watch quotes", "--no-follow"));
    }

    private Said run(List<String> command) {
        return tool(
                command.get(0),
                command.get(1),
                command.subList(2, command.size()).toArray(String[]::new));
    }

    private Said tool(String user, String tool, String... arguments) {
        List<String> all = new ArrayList<>(List.of(tool.split(" ")));
        all.addAll(List.of(arguments));
        all.addAll(as(user));
        return ToolInProcess.run(all);
    }

    private List<String> as(String user) {
        return List.of(
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers("SASL_SSL"),
                "--kafka.properties-file=" + file(user + ".properties"));
    }

    /** One in which the job was built. */
    private StreamExecutionEnvironment environment(String... arguments) {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
        TapewatchJob.build(
                env,
                JobArguments.parse(Stream.of(List.of(arguments), as("tapewatch"))
                        .flatMap(List::stream)
                        .toArray(String[]::new)));
        return env;
    }

    private void sendABadPrice() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers("PLAINTEXT")),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("prices", "A", "no price")).get();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
