package io.tapewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.domain.Decoded;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a job does with quotes and instruments beside its trades, whatever comes, stops or changes while it runs. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class QuotesAndInstrumentsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String GAS = """
            {"name":"Natural gas","currency":"USD","type":"future","sector":"Energy","venue":"XNYM","multiplier":1000}""";
    private static final String ZINC = """
            {"name":"Zinc","currency":"EUR","type":"forward","sector":"Metals","venue":"XLME","multiplier":25}""";
    private static final String NOTHING = "{}";

    private static final Map<String, String> INSTRUMENTS = Map.of("GAS", GAS, "ZINC", ZINC, "NEW", NOTHING);
    private static final Map<String, Integer> MULTIPLIERS = Map.of("GAS", 1000, "ZINC", 25, "NEW", 1);

    @TempDir
    Path folder;

    /** Kafka answering two seconds late. */
    public static final class TwoSecondsLate extends SlowKafka {
        @Override
        Duration delay(ConsumerRecords<byte[], byte[]> records) {
            return Duration.ofSeconds(2);
        }
    }

    @Test
    void whatIsKnownAtTheStartStandsInAllThatIsPublishedThoughItComesTwoSecondsLate(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).withQuotesAndInstruments()) {
            job.options().set(JobOptions.WINDOWS, "1m,1d");
            // No quote is to be late because the prices are read faster.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.send("instruments", 0, "GAS", GAS);
            job.send("instruments", 0, "ZINC", ZINC);
            rule(job, "any", "\"when\":{\"metric\":\"notional\",\"is\":\">\",\"limit\":0}");
            rule(job, "energy", "\"sectors\":[\"Energy\"],\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":0}");
            rule(job, "london", "\"venues\":[\"XLME\"],\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":0}");
            rule(job, "quotes", "\"on\":\"quote\",\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":0}");
            for (int day = 0; day < 2; day++) {
                long time = NOON + day * DAY;
                for (String symbol : INSTRUMENTS.keySet()) {
                    quote(job, symbol, time);
                    trade(job, symbol, time + SECOND, symbol.equals("ZINC") ? 4 - day : 3 + day);
                }
            }
            job.flush();
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
            TapewatchJob.build(
                    env, job.options(), ends -> ExchangedEnds.withInstrumentsAtStart(ends, twoSecondsLate(kafka, job)));
            env.execute();

            List<JsonNode> summaries = job.read("summaries");
            assertThat(summaries).as("a minute and a day, twice, of each").hasSize(2 * 2 * INSTRUMENTS.size());
            for (JsonNode summary : summaries) {
                assertKnown(summary);
                assertThat(summary.get("turnover").doubleValue())
                        .as("%s", summary)
                        .isEqualTo(summary.get("close").doubleValue() * 2 * multiplier(summary));
            }

            List<JsonNode> flags = job.read("flags");
            assertThat(flags).allSatisfy(QuotesAndInstrumentsITCase::assertKnown);
            assertThat(symbolsOf(flags, "any")).containsExactlyInAnyOrder("GAS", "GAS", "ZINC", "ZINC", "NEW", "NEW");
            assertThat(symbolsOf(flags, "energy")).containsExactly("GAS", "GAS");
            assertThat(symbolsOf(flags, "london")).containsExactly("ZINC", "ZINC");
            assertThat(symbolsOf(flags, "quotes"))
                    .containsExactlyInAnyOrder("GAS", "GAS", "ZINC", "ZINC", "NEW", "NEW");
            assertThat(flags.stream().filter(ofRule("any")))
                    .allSatisfy(flag -> assertThat(flag.at("/evidence/0/value").doubleValue())
                            .isEqualTo(flag.get("price").doubleValue() * 2 * multiplier(flag)));

            for (String list : List.of("gainers", "losers", "mostActive")) {
                List<JsonNode> entries = new ArrayList<>();
                job.read("movers").forEach(movers -> movers.get(list).forEach(entries::add));
                assertThat(entries).as(list).isNotEmpty().allSatisfy(QuotesAndInstrumentsITCase::assertKnown);
            }
            assertThat(job.read("quoted-trades")).hasSize(6).allMatch(trade -> trade.has("mid"));
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    private static Source<Decoded, ?, ?> twoSecondsLate(EmbeddedKafka kafka, TestJob job) {
        Properties late = new Properties();
        late.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, TwoSecondsLate.class.getName());
        String topic = job.topic("instruments");
        try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            return new JobSources(kafka.bootstrapServers(), late, job.topic("group"))
                    .instrumentsUpTo(topic, connection.endOffsets(topic), 64_000, DecodedSerializer.TYPE);
        }
    }

    @Test
    void aChangeOfAnInstrumentAndItsDeletionHoldFromWhenTheyArrive(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).withQuotesAndInstruments()) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.send("instruments", 0, "GAS", GAS);
            rule(job, "metals", "\"sectors\":[\"Metals\"],\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":0}");
            job.start();
            assertKnown(minute(job, NOON), GAS);

            job.send("instruments", 0, "GAS", ZINC);
            job.awaitAccount(account -> account.of("instrumentsRecords") == 2);
            assertKnown(minute(job, NOON + 5 * MINUTE), ZINC);

            job.send("instruments", 0, "GAS", null);
            job.awaitAccount(account -> account.of("instrumentsRecords") == 3);
            assertKnown(minute(job, NOON + 10 * MINUTE), NOTHING);

            job.await("flags", at(NOON + 5 * MINUTE));
            assertThat(job.awaitAccount(account -> account.of("counted") == 3).of("flags"))
                    .as("of the minute in which the sector was that of the rule")
                    .isEqualTo(1);
        }
    }

    /** The summary of a minute of one trade. */
    private static JsonNode minute(TestJob job, long start) throws Exception {
        trade(job, "GAS", start, 3);
        heartbeat(job, "prices", 0, start + 2 * MINUTE);
        return job.await("summaries", startsAt(start));
    }

    /** A record that is to be a dead letter, and where it came to stand. */
    private record Bad(String topic, String key, String value, String reason, Future<RecordMetadata> sent) {

        String expected() throws Exception {
            return String.join(
                    " ",
                    reason,
                    topic,
                    String.valueOf(sent.get().partition()),
                    String.valueOf(sent.get().offset()),
                    key,
                    value);
        }
    }

    private static Bad bad(TestJob job, String topic, String key, String value, String reason) {
        // The topic of instruments has one partition.
        int partition = topic.equals("quotes") ? 1 : 0;
        return new Bad(job.topic(topic), key, value, reason, job.send(topic, partition, key, value));
    }

    @Test
    void badQuotesAndInstrumentsAreDeadLettersAndNoRecordIsLost(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2).withQuotesAndInstruments()) {
            job.options().set(JobOptions.QUOTES_MAX_AGE, Duration.ofHours(1));
            job.start();
            quote(job, "GAS", NOON + 10 * SECOND);
            List<Bad> bad = new ArrayList<>(List.of(
                    bad(job, "quotes", "GAS", "64250.12", "malformed-json"),
                    bad(job, "quotes", "GAS", "{\"bidSize\":1}", "missing-field"),
                    bad(job, "quotes", "GAS", "{\"symbol\":\"\",\"bid\":1}", "bad-symbol"),
                    bad(job, "quotes", "GAS", "{\"bid\":1,\"ask\":-1}", "bad-price"),
                    bad(job, "quotes", "GAS", "{\"bid\":1,\"bidSize\":-1}", "bad-size"),
                    bad(job, "quotes", "GAS", "{\"bid\":1,\"time\":17}", "bad-time"),
                    bad(job, "quotes", "GAS", "{\"bid\":1,\"time\":\"2099-01-01T00:00:00Z\"}", "future-time"),
                    bad(job, "quotes", "GAS", "{\"bid\":1}" + " ".repeat(64_000), "too-large"),
                    bad(job, "quotes", "GAS", null, "empty"),
                    bad(job, "quotes", "GAS", "{\"bid\":1,\"type\":\"trade\"}", "unsupported-type"),
                    bad(job, "instruments", "GAS", "gas", "malformed-json"),
                    bad(job, "instruments", "", null, "missing-field"),
                    bad(job, "instruments", "GAS", "{\"symbol\":\"ZINC\"}", "bad-symbol"),
                    bad(job, "instruments", "GAS", "{\"multiplier\":0}", "bad-multiplier"),
                    bad(job, "instruments", "GAS", "{\"name\":\"" + "g".repeat(101) + "\"}", "too-large"),
                    bad(job, "instruments", "GAS", "", "empty")));
            for (int partition = 0; partition < 2; partition++) {
                heartbeat(job, "quotes", partition, NOON + MINUTE);
            }
            job.awaitAccount(account -> account.of("quotesTaken") == 1 && account.of("instrumentsRecords") == 6);

            String late = "{\"symbol\":\"GAS\",\"bid\":2,\"ask\":4,\"time\":%d}";
            String older = late.formatted(NOON + 9 * SECOND);
            bad.add(bad(job, "quotes", "GAS", older, "too-late"));
            job.send("quotes", 1, "GAS", late.formatted(NOON + 11 * SECOND));
            job.send("quotes", 1, "GAS", late.formatted(NOON + 2 * MINUTE));
            job.flush();
            JobMetrics.Account account = job.awaitAccount(each -> each.of("quotesRecords") == 16);

            List<String> expected = new ArrayList<>();
            for (Bad each : bad) {
                expected.add(each.expected());
            }
            assertThat(job.records("dead-letters"))
                    .extracting(QuotesAndInstrumentsITCase::told)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(account.of("quotesHeartbeats")).isEqualTo(2);
            assertThat(account.of("quotesRejected")).isEqualTo(10);
            assertThat(account.by("quotesRejectedBy")).hasSize(10).containsEntry("future-time", 1L);
            assertThat(account.of("quotesTooLate")).isEqualTo(1);
            assertThat(account.of("quotesLate")).isEqualTo(1);
            assertThat(account.of("quotesTaken")).isEqualTo(2);
            assertThat(account.of("quotesWaiting")).isEqualTo(1);
            assertThat(account.of("instrumentsRejected")).isEqualTo(6);
            assertThat(account.by("instrumentsRejectedBy")).hasSize(6).containsEntry("bad-multiplier", 1L);
            assertThat(account.of("rejected")).as("of the prices").isZero();
            assertThat(JobMetrics.restarts(job.id())).isZero();
        }
    }

    private static String told(ConsumerRecord<byte[], byte[]> letter) {
        return String.join(
                " ",
                header(letter, "reason"),
                header(letter, "source-topic"),
                header(letter, "source-partition"),
                header(letter, "source-offset"),
                letter.key() == null ? null : new String(letter.key(), UTF_8),
                letter.value() == null ? null : new String(letter.value(), UTF_8));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void tradesGoOnWithoutQuotesAndQuotesWithoutTrades(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).withQuotesAndInstruments()) {
            job.options().set(JobOptions.WINDOWS, "1m");
            rule(job, "quotes", "\"on\":\"quote\",\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":0}");
            job.start();
            assertThat(minute(job, NOON).get("count").intValue())
                    .as("no quote has ever come")
                    .isEqualTo(1);

            quote(job, "GAS", NOON + 5 * MINUTE);
            job.awaitAccount(account -> account.of("quotesRecords") == 1);
            assertThat(minute(job, NOON + 5 * MINUTE).get("count").intValue())
                    .as("quotes have stopped")
                    .isEqualTo(1);

            quote(job, "GAS", NOON + 10 * MINUTE);
            heartbeat(job, "quotes", 0, NOON + 11 * MINUTE);
            job.await("flags", at(NOON + 10 * MINUTE));

            JobMetrics.Account account = job.awaitAccount(each -> each.of("quotesTaken") == 2);
            assertThat(account.of("late") + account.of("quotesLate") + account.of("quotesTooLate"))
                    .isZero();
            assertThat(account.difference()).isZero();
        }
    }

    @Test
    void aFlagOnAQuoteNamesTheQuoteAndAFlagOnATradeTheQuoteBeside(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2).withQuotesAndInstruments()) {
            rule(job, "quotes", "\"on\":\"quote\",\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":0}");
            rule(job, "trades", "\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":0}");
            heartbeat(job, "quotes", 1, NOON);
            job.send("quotes", 1, "GAS", "{\"bid\":2,\"ask\":4,\"time\":%d}".formatted(NOON));
            trade(job, "GAS", NOON + SECOND, 3);
            job.runToTheEnd();

            List<JsonNode> flags = job.read("flags");
            assertThat(flags).hasSize(2);
            assertThat(flags).filteredOn(ofRule("quotes")).singleElement().satisfies(flag -> {
                assertThat(flag.get("source")).isEqualTo(JSON.readTree("""
                                {"topic":"%s","partition":1,"offset":1}""".formatted(job.topic("quotes"))));
                assertThat(flag.get("bid").doubleValue()).isEqualTo(2);
                assertThat(flag.get("ask").doubleValue()).isEqualTo(4);
                assertThat(flag.has("price")).isFalse();
                assertThat(flag.has("size")).isFalse();
            });
            assertThat(flags).filteredOn(ofRule("trades")).singleElement().satisfies(flag -> {
                assertThat(flag.get("source")).isEqualTo(JSON.readTree("""
                                {"topic":"%s","partition":0,"offset":0}""".formatted(job.topic("prices"))));
                assertThat(flag.get("bid").doubleValue()).isEqualTo(2);
                assertThat(flag.get("ask").doubleValue()).isEqualTo(4);
                assertThat(flag.get("price").doubleValue()).isEqualTo(3);
            });
        }
    }

    /** Whichever partition, and whichever of prices and quotes, is read to its end first. */
    @Test
    void aRunThatEndsFindsTheSilencesThatWereOverWhenTheFurthestOfItsPartitionsWas(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2).withQuotesAndInstruments()) {
            rule(job, "silent", "\"when\":{\"metric\":\"silenceSeconds\",\"is\":\">=\",\"limit\":60}");
            // So many that the quotes are read to their end before the prices are.
            for (int i = 0; i < 50_000; i++) {
                trade(job, "GAS", NOON, 3);
            }
            job.send("prices", 1, "ZINC", "{\"price\":3,\"time\":%d}".formatted(NOON + 5 * MINUTE));
            quote(job, "GAS", NOON + 10 * MINUTE);
            heartbeat(job, "quotes", 1, NOON + MINUTE);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.runToTheEnd();

            assertThat(job.read("flags"))
                    .extracting(flag -> Instant.parse(flag.get("time").asText()).toEpochMilli() - NOON)
                    .containsExactlyInAnyOrder(MINUTE, 6 * MINUTE);
        }
    }

    private static void rule(TestJob job, String id, String rest) {
        job.send("rules", 0, id, "{\"id\":\"%s\",\"version\":1,%s}".formatted(id, rest));
    }

    private static void trade(TestJob job, String symbol, long time, int price) {
        job.send("prices", 0, symbol, "{\"price\":%d,\"size\":2,\"time\":%d}".formatted(price, time));
    }

    private static void quote(TestJob job, String symbol, long time) {
        job.send("quotes", 0, symbol, "{\"bid\":2,\"ask\":4,\"time\":%d}".formatted(time));
    }

    private static void heartbeat(TestJob job, String topic, int partition, long time) {
        job.send(topic, partition, null, "{\"heartbeat\":true,\"time\":%d}".formatted(time));
    }

    private static int multiplier(JsonNode published) {
        return MULTIPLIERS.get(published.get("symbol").asText());
    }

    /** Holds that what is published of a symbol says what is known about it. */
    private static void assertKnown(JsonNode published) throws IOException {
        assertKnown(published, INSTRUMENTS.get(published.get("symbol").asText()));
    }

    private static void assertKnown(JsonNode published, String instrument) throws IOException {
        ObjectNode known = published.deepCopy();
        known.retain("name", "currency", "type", "sector", "venue", "multiplier");
        assertThat(known).as("%s", published).isEqualTo(JSON.readTree(instrument));
    }

    private static List<String> symbolsOf(List<JsonNode> flags, String rule) {
        return flags.stream()
                .filter(ofRule(rule))
                .map(flag -> flag.get("symbol").asText())
                .toList();
    }

    private static Predicate<JsonNode> ofRule(String rule) {
        return flag -> flag.get("ruleId").asText().equals(rule);
    }

    private static Predicate<JsonNode> at(long time) {
        return flag -> Instant.parse(flag.get("time").asText()).toEpochMilli() == time;
    }

    private static Predicate<JsonNode> startsAt(long start) {
        return summary -> Instant.parse(summary.get("start").asText()).toEpochMilli() == start;
    }
}
