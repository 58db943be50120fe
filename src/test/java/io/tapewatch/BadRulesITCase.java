package io.tapewatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.rules.RejectedRules;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent as a rule, the job goes on, says what became of each record, and the good ones are in force. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class BadRulesITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final int MAX_RULES = 1000;
    private static final int MANY = 10_000;
    private static final int LONGEST = 3_000_000;
    private static final String FULL =
            "rejected: 1000 rules are in force and at most 1000 can be (rules.max-count): delete one first";

    @TempDir
    Path folder;

    private final AtomicLong time = new AtomicLong(NOON);

    @Test
    void eachBadRuleHasItsVerdictAndTheGoodOnesAreInForce(EmbeddedKafka kafka) throws Exception {
        List<RejectedRules.Row> corpus = RejectedRules.rows();
        assertThat(corpus).hasSizeGreaterThan(60);
        try (TestJob job = new TestJob(kafka, folder, 1).restarting();
                RulesTopic rules = new RulesTopic(kafka, job)) {
            rules.send("good-1", dear("good-1"), "accepted good-1");
            corpus.subList(0, corpus.size() / 2)
                    .forEach(entry -> rules.send(null, entry.rule(), "rejected: " + entry.reason()));
            sendWhatFitsNoFile(rules);
            rules.flush();
            tick(job, 600);
            job.start();
            awaitFlagOf(job, "good-1");

            corpus.subList(corpus.size() / 2, corpus.size())
                    .forEach(entry -> rules.send(null, entry.rule(), "rejected: " + entry.reason()));
            sendWhatFitsNoFile(rules);
            rules.send("good-2", dear("good-2"), "accepted good-2");
            rules.send("stars", """
                    {"id":"stars","version":1,"symbols":["%s"],"when":{"metric":"price","is":">","limit":500}}""".formatted("*".repeat(64)), "accepted stars");
            for (int i = 0; i < MANY; i++) {
                String id = "many-" + i;
                rules.send(id, """
                        {"id":"%s","version":1,"when":{"metric":"price","is":"<","limit":0}}""".formatted(id), i < MAX_RULES - 3 ? "accepted " + id : FULL);
            }
            rules.send("good-3", dear("good-3"), FULL);
            rules.send("many-0", null, "deleted many-0");
            rules.send("good-3", dear("good-3"), "accepted good-3");
            rules.send("the-last", null, "rejected: there is no rule \"the-last\" to delete");
            rules.flush();
            job.await("rule-status", status -> status.path("ruleId").asText().equals("the-last"));
            assertThat(job.read("rule-status").stream().map(BadRulesITCase::text))
                    .containsExactlyElementsOf(rules.verdicts);

            for (String id : List.of("good-1", "good-2", "good-3", "stars")) {
                awaitFlagOf(job, id);
            }
            assertThat(job.read("flags"))
                    .extracting(flag -> flag.get("ruleId").asText())
                    .containsOnly("good-1", "good-2", "good-3", "stars");
            job.stopWithSavepoint();
            assertThat(JobMetrics.restarts(job.id())).as("restarts").isZero();
        }
    }

    private static void sendWhatFitsNoFile(RulesTopic rules) {
        String dear = dear("a");
        String megabyte = dear.replace("{", "{\"description\":\"" + "x".repeat(1_000_000) + "\",");
        rules.send(
                (String) null,
                megabyte,
                "rejected: a rule of " + megabyte.length() + " bytes; at most 65536 are allowed");
        String stars = dear.replace("\"X\"", '"' + "*".repeat(5_000) + '"');
        rules.send(
                null,
                stars,
                "rejected: \"" + "*".repeat(40) + "…\" is not a symbol or a pattern: it takes 1 to 64 letters, digits,"
                        + " spaces inside and ._=^:/+&@#$!~'()|- with * for any run of them");
        rules.send(
                null,
                "[".repeat(30_000),
                "rejected: cannot be read: Document nesting depth (21) exceeds the maximum allowed (20)");
        rules.send(
                (String) null,
                null,
                "rejected: a record without a value deletes the rule its key names: give it a key");
        rules.send("b", dear, "rejected: the record's key is \"b\" and the rule's \"id\" is \"a\": they must agree");
        byte[] latin1 = dear.replace("\"a\"", "\"\u00e4\"").getBytes(ISO_8859_1);
        rules.send((byte[]) null, latin1, "rejected: the rule is not UTF-8");
        rules.send("\u00e4".getBytes(ISO_8859_1), dear.getBytes(UTF_8), "rejected: the record's key is not UTF-8");
        rules.send(
                (byte[]) null,
                new byte[] {0, 0, 0, 0},
                "rejected: not valid JSON: Illegal character ((CTRL-CHAR, code 0)): only regular white space (\\r, \\n, \\t)"
                        + " is allowed between tokens (line 1, column 2)");
    }

    @Test
    void theLastValidVersionIsInForceAlsoAfterAFreshStart(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).restarting();
                RulesTopic rules = new RulesTopic(kafka, job)) {
            rules.send("dear", dear("dear"), "accepted dear");
            rules.send(
                    "dear",
                    dear("dear").replace("500", "\"5\"").replace("\"version\":1", "\"version\":2"),
                    "rejected: \"limit\" must be a number, not the text \"5\"");
            rules.send(
                    "dear",
                    dear("dear").replace("500", "400"),
                    "rejected: version 1 is not higher than version 1, which is in force and differs from it: send a"
                            + " higher one, or delete the rule first");
            rules.flush();
            tick(job, 450);
            tick(job, 600);
            job.start();
            awaitFlagOf(job, "dear");
            job.stopWithSavepoint();
            assertThat(JobMetrics.restarts(job.id())).as("restarts").isZero();
            int before = job.read("flags").size();

            job.forgetSavepoint();
            job.start();
            tick(job, 450);
            job.await("flags", flag -> flag.get("price").asDouble() == 700, () -> tick(job, 700));
            assertThat(job.read("flags"))
                    .hasSizeGreaterThan(before)
                    .allMatch(flag -> flag.get("ruleVersion").asInt() == 1)
                    .allMatch(flag -> flag.get("price").asDouble() > 500);
            List<String> twice = new ArrayList<>(rules.verdicts);
            twice.addAll(rules.verdicts);
            // They go to another topic than flags, by another way.
            Waiting.untilTrue(
                    "the verdicts are there again",
                    () -> job.read("rule-status").size() >= twice.size());
            assertThat(job.read("rule-status").stream().map(BadRulesITCase::text))
                    .containsExactlyElementsOf(twice);
        }
    }

    /** What a record of rule-status says, without the time. */
    private static String text(JsonNode status) {
        String verdict = status.get("verdict").asText();
        return status.has("reason")
                ? verdict + ": " + status.get("reason").asText()
                : verdict + " " + status.get("ruleId").asText();
    }

    private static String dear(String id) {
        return """
                {"id":"%s","version":1,"symbols":["X"],"when":{"metric":"price","is":">","limit":500}}""".formatted(id);
    }

    private void awaitFlagOf(TestJob job, String rule) throws Exception {
        job.await("flags", flag -> flag.get("ruleId").asText().equals(rule), () -> tick(job, 600));
    }

    /** A tick a minute after the one before. */
    private void tick(TestJob job, double price) {
        job.send("prices", 0, "X", "{\"price\":%s,\"time\":%d}".formatted(price, time.getAndAdd(60 * SECOND)));
    }

    /** The rules topic, and what the job must say of each of its records. */
    private static final class RulesTopic implements AutoCloseable {

        private final List<String> verdicts = new ArrayList<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;

        RulesTopic(EmbeddedKafka kafka, TestJob job) {
            topic = job.topic("long-rules");
            kafka.createTopic(topic, 1, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(LONGEST)));
            job.options().set(JobOptions.RULES_TOPIC, topic);
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            kafka.bootstrapServers(),
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            LONGEST,
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                            1),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void send(String key, String value, String verdict) {
            send(key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), verdict);
        }

        void send(byte[] key, byte[] value, String verdict) {
            sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
            verdicts.add(verdict);
        }

        /** Waits until Kafka has all of them. */
        void flush() throws Exception {
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
