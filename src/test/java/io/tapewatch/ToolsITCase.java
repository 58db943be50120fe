package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Tool.Said;
import io.tapewatch.cli.ToolInProcess;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tools as a user runs them: processes of their own that find Kafka by its address. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class ToolsITCase {

    private static final List<String> OUTPUTS =
            List.of("summaries", "movers", "flags", "shadow-flags", "dead-letters", "rule-status", "quoted-trades");
    private static final String RISE = """
            [{"id": "rise", "version": 1, "severity": "high", "symbols": ["BTC-*"], "cooldown": "5m",
              "description": "≥ 4 %", "when": {"metric": "changePct", "over": "5m", "is": ">", "limit": 4.0}},
             {"id": "dear", "version": 3, "when": {"metric": "price", "is": ">", "limit": 1100}}]
            """;

    @TempDir
    Path folder;

    @Test
    void topicsAreCreatedOnceAndAreThenAsTheJobNeedsThem(EmbeddedKafka kafka) throws Exception {
        String[] options = {
            "--kafka.bootstrap-servers",
            kafka.bootstrapServers(),
            "--prices.topic=new-prices",
            "--rules.topic=new-rules",
            "--quotes.topic",
            "new-quotes",
            "--instruments.topic=new-instruments",
            "--output.prefix",
            "new."
        };
        Said missing = tool(options, "topics", "describe").ends(1);
        assertThat(missing.out())
                .hasSize(12)
                .filteredOn(line -> line.endsWith("missing"))
                .hasSize(11);
        assertThat(missing.err())
                .containsExactly("tapewatch: 11 of 11 topics are missing; 'tapewatch topics create' creates them");

        Said created = tool(
                        options,
                        "topics",
                        "create",
                        "--partitions",
                        "3",
                        "--output.partitions=2",
                        "--prices.retention",
                        "30d",
                        "--replication-factor",
                        "1")
                .ends(0);
        assertThat(created.err()).isEmpty();
        assertThat(created.out())
                .hasSize(11)
                .allMatch(line -> line.contains("  created  "))
                .contains(
                        "new-rules          created  cleanup.policy=delete, compression.type=uncompressed,"
                                + " retention.bytes=-1, retention.ms=-1",
                        "new-instruments    created  cleanup.policy=compact, compression.type=uncompressed");
        assertThat(partitions(kafka, "new-prices")).isEqualTo(3);
        assertThat(partitions(kafka, "new-quotes")).isEqualTo(3);
        assertThat(partitions(kafka, "new-instruments")).isEqualTo(1);
        assertThat(partitions(kafka, "new.quoted-trades")).isEqualTo(2);
        assertThat(partitions(kafka, "new-rules")).isEqualTo(1);
        assertThat(partitions(kafka, "new.flags")).isEqualTo(2);
        assertThat(partitions(kafka, "new.rule-status")).isEqualTo(1);
        for (String input : List.of("new-prices", "new-quotes")) {
            assertThat(settings(kafka, input))
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("retention.ms", String.valueOf(TimeUnit.DAYS.toMillis(30)));
        }
        assertThat(settings(kafka, "new-instruments")).containsEntry("cleanup.policy", "compact");
        assertThat(settings(kafka, "new-rules"))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        for (String output : OUTPUTS) {
            assertThat(settings(kafka, "new." + output)).containsEntry("message.timestamp.type", "LogAppendTime");
        }

        for (String input : List.of("new-prices", "new-rules", "new-quotes", "new-instruments")) {
            assertThat(settings(kafka, input)).containsEntry("compression.type", "uncompressed");
        }
        for (String output : OUTPUTS) {
            assertThat(settings(kafka, "new." + output)).containsEntry("compression.type", "producer");
        }

        Said again = tool(options, "topics", "create").ends(0);
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).hasSize(11).allMatch(line -> line.endsWith("  exists"));

        Said described = tool(options, "topics", "describe").ends(0);
        assertThat(described.out().get(0).split(" +"))
                .containsExactly(
                        "TOPIC", "IS", "PARTITIONS", "REPLICATION", "RETENTION", "CLEANUP", "TIMESTAMPS", "DIFFERS");
        assertThat(described.out().get(1).split(" +"))
                .containsExactly("new-prices", "there", "3", "1", "30d", "delete", "LogAppendTime");
        assertThat(described.out().get(2).split(" +"))
                .containsExactly("new-rules", "there", "1", "1", "forever", "delete", "CreateTime");
        assertThat(described.out().get(3).split(" +"))
                .containsExactly("new-quotes", "there", "3", "1", "30d", "delete", "LogAppendTime");
        assertThat(described.out().get(4)).matches("new-instruments +there +1 +1 .* +compact +CreateTime");
    }

    @Test
    void whatDiffersInATopicIsToldAndLeftAsItIs(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("old-prices", 2, Map.of());
        kafka.createTopic("old-rules", 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopic("old-instruments", 2, Map.of());
        String[] options = {
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--prices.topic=old-prices",
            "--rules.topic=old-rules",
            "--instruments.topic=old-instruments",
            "--output.prefix=old."
        };
        Said created = tool(options, "topics", "create", "--partitions=4").ends(1);
        assertThat(created.out())
                .hasSize(9)
                .contains(
                        "old-instruments   differs  cleanup.policy=delete, expected compact",
                        "old-prices        differs  has 2 partitions, expected 4; message.timestamp.type=CreateTime,"
                                + " expected LogAppendTime",
                        "old-rules         differs  cleanup.policy=compact, expected delete; retention.ms=604800000,"
                                + " expected -1");
        assertThat(created.out().stream().filter(line -> line.contains("  created  ")))
                .hasSize(6);
        assertThat(created.err())
                .filteredOn(
                        line -> line.contains("' has compression.type=producer, so a record of a few kB may unpack"))
                .hasSize(3);
        assertThat(created.err())
                .hasSize(4)
                .last()
                .asString()
                .startsWith("tapewatch: 3 of 9 topics differ from what is expected, and were not changed; Kafka's");
        assertThat(partitions(kafka, "old-prices")).isEqualTo(2);
        assertThat(settings(kafka, "old-rules")).containsEntry("cleanup.policy", "compact");

        Said described = tool(options, "topics", "describe").ends(1);
        assertThat(described.err()).hasSize(4).startsWith(created.err().get(0));
        assertThat(described.out().get(1))
                .matches(
                        "old-prices +differs +2 +1 +7d +delete +CreateTime +message.timestamp.type=CreateTime, expected"
                                + " LogAppendTime");
    }

    @Test
    void rulesAreCheckedWithoutKafka() throws Exception {
        Said good = tool("rules", "check", file("good.json", RISE)).ends(0);
        assertThat(good.out()).containsExactly("rise  1  accepted", "dear  3  accepted", "2 rules, 0 rejected");

        Said bad = toolReading(
                        "[{\"id\":\"a\",\"version\":1,\"when\":{\"metric\":\"changePct\",\"over\":\"5m\",\"is\":\">\","
                                + "\"limit\":1}},\n{\"id\":\"a\",\"version\":1},{\"version\":1}]",
                        "rules",
                        "check",
                        "--rules.max-over=1m",
                        "-")
                .ends(1);
        assertThat(bad.out())
                .containsExactly(
                        "a       1  rejected  \"over\" 5m is longer than 1m (rules.max-over): use a shorter window",
                        "a       1  rejected  \"when\" is missing: the condition that raises a flag",
                        "rule 3     rejected  \"id\" is missing: name the rule there, or in the record's key",
                        "3 rules, 3 rejected");

        assertThat(tool("rules", "check", file("no.json", "version=1")).ends(1).err())
                .singleElement()
                .asString()
                .startsWith("tapewatch: " + folder.resolve("no.json") + ", line 1: expected JSON: ");
        assertThat(tool("rules", "check", "nowhere.json").ends(2).err())
                .containsExactly("tapewatch: nowhere.json: there is no such file");
        assertThat(folder.resolve("logs")).doesNotExist();
    }

    @Test
    void rulesAreSentToTheJobAndItsVerdictsAreShown(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            job.start();
            String[] options = {
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(), "--rules.topic=" + job.topic("rules"),
            };
            String prefix = "--output.prefix=" + job.topic("");
            // The job may take longer to start than a person waits for its verdicts.
            String timeout = "--timeout=2m";

            Said put = tool(options, "rules", "put", prefix, timeout, file("rules.json", RISE))
                    .ends(0);
            assertThat(put.err()).isEmpty();
            assertThat(put.out()).containsExactly("rise  1  accepted", "dear  3  accepted", "2 rules, 0 rejected");

            String changed = RISE.replace("\"version\": 1", "\"version\": 2")
                    .replace("1100", "1200")
                    .replaceFirst("\\[", "[{\"id\": \"bad\", \"version\": 1},");
            Said rejected = tool(options, "rules", "put", "--partial", prefix, timeout, file("rules.json", changed))
                    .ends(1);
            assertThat(rejected.out())
                    .containsExactly(
                            "bad   1  invalid   \"when\" is missing: the condition that raises a flag",
                            "rise  2  accepted",
                            "dear  3  rejected  version 3 is not higher than version 3, which is in force and differs"
                                    + " from it: send a higher one, or delete the rule first",
                            "3 rules, 1 rejected, 1 invalid and not sent");

            assertThat(tool(options, "rules", "list").ends(0).out())
                    .containsExactly(
                            "ID    VERSION  STATUS  SEVERITY  SYMBOLS  COOLDOWN  CONDITION",
                            "dear  3        active  medium    *        0s        price > 1100",
                            "rise  2        active  high      BTC-*    5m        changePct 5m > 4",
                            "2 rules in force");

            Said json = tool(options, "rules", "list", "--json").ends(0);
            assertThat(json.out()).hasSize(4).contains("[", "]");
            Said same = toolReading(String.join("\n", json.out()), options, "rules", "put", prefix, timeout, "-")
                    .ends(0);
            assertThat(same.out())
                    .containsExactly(
                            "dear  3  accepted  identical to the version in force",
                            "rise  2  accepted  identical to the version in force",
                            "2 rules, 0 rejected");

            Said deleted = tool(options, "rules", "delete", prefix, timeout, "rise", "dear", "rise")
                    .ends(1);
            assertThat(deleted.out())
                    .containsExactly(
                            "rise  2  deleted",
                            "dear  3  deleted",
                            "rise     rejected  there is no rule \"rise\" to delete",
                            "3 rules, 1 rejected");
        }
    }

    @Test
    void ifARuleIsInvalidNoneIsSentUnlessTheOthersAreAskedFor(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            String file = file("rules.json", RISE.replace("\"over\": \"5m\", ", ""));
            List<String> put = List.of(
                    "rules",
                    "put",
                    "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                    "--rules.topic=" + job.topic("rules"),
                    "--output.prefix=" + job.topic(""),
                    file);
            ToolInProcess.Said all = ToolInProcess.run(put);
            assertThat(all.exitCode()).isEqualTo(1);
            assertThat(all.out())
                    .containsExactly(
                            "rise  1  invalid  changePct needs \"over\", the length of its window, such as \"5m\"",
                            "dear  3  valid",
                            "2 rules, 1 invalid");
            assertThat(all.err())
                    .containsExactly("tapewatch: nothing was sent; correct the invalid rules in " + file
                            + ", or send the others alone with --partial");

            ToolInProcess.Said some = ToolInProcess.run(Stream.concat(put.stream(), Stream.of("--partial", "--no-wait"))
                    .toList());
            assertThat(some.exitCode()).isEqualTo(1);
            assertThat(some.err()).isEmpty();
            assertThat(some.out())
                    .containsExactly(
                            "rise  1  invalid  changePct needs \"over\", the length of its window, such as \"5m\"",
                            "1 sent to topic '" + job.topic("rules") + "', 1 invalid and not sent");

            job.runToTheEnd();
            assertThat(job.read("rule-status"))
                    .extracting(verdict -> verdict.path("ruleId").asText() + " "
                            + verdict.path("verdict").asText())
                    .containsExactly("dear accepted");
        }
    }

    @Test
    void aJobThatDoesNotRunGivesNoVerdict(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            String[] options = {
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--rules.topic=" + job.topic("rules"),
                "--output.prefix=" + job.topic("")
            };
            String file = file("rules.json", RISE);
            Said put = tool(options, "rules", "put", file, "--timeout", "1s").ends(1);
            assertThat(put.out())
                    .containsExactly(
                            "rise    no verdict", "dear    no verdict", "2 rules, 0 rejected, 2 without a verdict");
            assertThat(put.err())
                    .singleElement()
                    .asString()
                    .startsWith("tapewatch: no verdict on 2 of 2 came to topic '" + job.topic("rule-status")
                            + "' within 1s; is the job running, does it read topic '" + job.topic("rules") + "'");

            assertThat(tool(options, "rules", "put", "--no-wait", file).ends(0).out())
                    .containsExactly("2 sent to topic '" + job.topic("rules") + "'");
            job.runToTheEnd();
            assertThat(job.read("rule-status"))
                    .extracting(verdict -> verdict.path("verdict").asText())
                    .containsOnly("accepted")
                    .hasSize(4);
        }
    }

    @Test
    @WholeForm
    void aRunLeavesOneLogWithoutAWarning() throws Exception {
        StringBuilder prices = new StringBuilder("time,symbol,price,size\n");
        for (int i = 0; i < 600; i++) {
            prices.append(1_700_000_000_000L + i * 1_000L)
                    .append(",A,")
                    .append(100 + i % 7)
                    .append(",1\n");
        }
        Files.writeString(folder.resolve("prices.csv"), prices);
        tool("run", "--replay=prices.csv", "--speed=max", "--exit", "--web-port=0")
                .ends(0);

        Path logs = folder.resolve("logs");
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files).containsExactly(logs.resolve("tapewatch.log"));
        }
        assertThat(Files.readString(logs.resolve("tapewatch.log")).lines())
                .anyMatch(line -> line.contains("600 in = 600 counted + 0 dead letters; difference 0"))
                .noneMatch(line -> line.matches("\\S+ (WARN|ERROR|FATAL) .*"));
    }

    @Test
    void whatIsWrongWithKafkaIsOneLine(EmbeddedKafka kafka) throws Exception {
        int nobodysPort;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            nobodysPort = socket.getLocalPort();
        }
        ProcessBuilder impatient =
                Tool.impatient(folder, "topics", "create", "--kafka.bootstrap-servers", "localhost:" + nobodysPort);
        Said away = Tool.start(folder, "", impatient).said().ends(1);
        assertThat(away.out()).isEmpty();
        assertThat(away.err())
                .singleElement()
                .asString()
                .startsWith(
                        "tapewatch: Kafka at localhost:" + nobodysPort + " does not answer within 8 s; is it running");

        String servers = "--kafka.bootstrap-servers=" + kafka.bootstrapServers();
        Said nowhere = tool("rules", "list", servers, "--rules.topic=nowhere").ends(1);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err())
                .containsExactly("tapewatch: topic 'nowhere' does not exist on Kafka at " + kafka.bootstrapServers()
                        + "; create it, or name the one you mean");

        Said copies = tool(
                        "topics",
                        "create",
                        servers,
                        "--prices.topic=copied",
                        "--rules.topic=copied-rules",
                        "--output.prefix=copied.",
                        "--replication-factor=3")
                .ends(1);
        assertThat(copies.err())
                .singleElement()
                .asString()
                .startsWith("tapewatch: topic 'copied' on Kafka at " + kafka.bootstrapServers() + " cannot be used: ")
                .contains("3");
    }

    @Test
    void theDoctorSaysOfEachTopicAndSettingWhatIsWrongAndWhatToDo(EmbeddedKafka kafka) throws Exception {
        String[] options = {
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--prices.topic=doctor-prices",
            "--rules.topic=doctor-rules",
            "--output.prefix=doctor."
        };
        List<String> missing = doctor(1, options);
        assertThat(missing)
                .filteredOn(line -> line.startsWith("FAIL  topic "))
                .hasSize(8)
                .allMatch(line -> line.endsWith(" is missing; 'tapewatch topics create' creates it"));
        assertThat(missing).anyMatch(line -> line.matches("ok    Kafka +1 broker answers"));

        tool(options, "topics", "create").ends(0);
        assertThat(doctor(0, options))
                .allMatch(line -> line.startsWith("ok  ") || line.startsWith("warn  ") && line.contains("web port"))
                .anyMatch(line ->
                        line.matches("\\S+ +topic +doctor-prices: 1 partition, message.timestamp.type=LogAppendTime"))
                .anyMatch(line -> line.matches("\\S+ +rights +this user may read the inputs and write the outputs.*"))
                .anyMatch(
                        line -> line.matches("\\S+ +transactions +may last 900000 ms, and the brokers allow 900000 .*"))
                .anyMatch(line -> line.endsWith("  the job finds in Kafka all that it needs"));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "doctor-prices"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.type", "CreateTime"),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        // The broker hears of it a little later than it is confirmed.
        Waiting.untilTrue("the topic's stamps are others", () -> settings(kafka, "doctor-prices")
                .containsValue("CreateTime"));
        String tooLong = "--kafka.properties-file=" + file("doctor.properties", "transaction.timeout.ms=900001\n");
        List<String> withTimeout = new ArrayList<>(List.of(options));
        withTimeout.add(tooLong);
        assertThat(doctor(1, withTimeout.toArray(String[]::new)))
                .anyMatch(line -> line.matches("warn +topic +doctor-prices: message.timestamp.type=CreateTime, expected"
                        + " LogAppendTime; kafka-configs.sh changes it"))
                .anyMatch(
                        line -> line.matches(
                                "FAIL +transactions +Kafka at .* allows transactions of at most 900000 ms"
                                        + " \\(transaction.max.timeout.ms\\), and transaction.timeout.ms is 900001: set it lower .*"));
    }

    private List<String> doctor(int exitCode, String... options) {
        List<String> all = new ArrayList<>(List.of("doctor"));
        all.addAll(List.of(options));
        ToolInProcess.Said said = ToolInProcess.run(all);
        assertThat(said.exitCode()).as(said.toString()).isEqualTo(exitCode);
        assertThat(said.err()).isEmpty();
        return said.out();
    }

    @Test
    void credentialsComeFromThePropertiesFileAndNeverShow() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.create(folder)) {
            kafka.admit("tapewatch", "pelican");
            String servers = "--kafka.bootstrap-servers=" + kafka.bootstrapServers("SASL_PLAINTEXT");
            String properties = SecurityPage.example("credentials")
                    .replace("change-me\"", "pelican\"")
                    .replace("SASL_SSL", "SASL_PLAINTEXT");
            String right = "--kafka.properties-file=" + file("right.properties", properties);
            String wrong =
                    "--kafka.properties-file=" + file("wrong.properties", properties.replace("pelican", "cormorant"));

            assertThat(tool("topics", "create", servers, right).ends(0).out()).hasSize(8);
            tool("rules", "put", servers, right, "--no-wait", file("rules.json", RISE))
                    .ends(0);
            assertThat(tool("rules", "list", servers, right).ends(0).out()).hasSize(4);

            String prices = file("prices.csv", "time,symbol,price\n1700000000000,A,1\n");
            assertThat(tool("feed", "replay", prices, servers, right).ends(0).out())
                    .containsExactly("1 price sent to topic 'prices'");
            assertThat(tool("watch", "flags", servers, right, "--no-follow")
                            .ends(0)
                            .out())
                    .hasSize(1);

            for (String[] command :
                    new String[][] {{"rules", "list"}, {"feed", "replay", prices}, {"watch", "flags"}}) {
                Said refused = tool(new String[] {servers, wrong}, command).ends(1);
                assertThat(refused.out()).isEmpty();
                assertThat(refused.err())
                        .singleElement()
                        .asString()
                        .contains("it refuses the credentials; correct the user name and password of sasl.jaas.config")
                        .doesNotContain("cormorant");
            }
            Path log = folder.resolve("logs").resolve("tapewatch.log");
            if (Files.exists(log)) {
                assertThat(Files.readString(log)).doesNotContain("cormorant").doesNotContain("pelican");
            }
        }
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Said tool(String... arguments) throws Exception {
        return toolReading("", arguments);
    }

    private Said tool(String[] options, String... arguments) throws Exception {
        return toolReading("", options, arguments);
    }

    private Said toolReading(String input, String[] options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(options));
        return toolReading(input, all.toArray(String[]::new));
    }

    private Said toolReading(String input, String... arguments) throws Exception {
        return Tool.run(folder, input, arguments);
    }

    private static int partitions(EmbeddedKafka kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(Set.of(topic)).allTopicNames().get();
            return topics.get(topic).partitions().size();
        }
    }

    private static Map<String, String> settings(EmbeddedKafka kafka, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeConfigs(Set.of(resource)).all().get().get(resource).entries().stream()
                    .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
        }
    }
}
