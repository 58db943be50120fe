package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job is cancelled and started again at the committed position of its group, without a savepoint. It lacks the ticks of
 * the windows that were open, so it publishes none of these windows: whatever it publishes is what a job publishes that has
 * read everything.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@WholeForm
class WholeWindowsITCase {

    private static final long SEED = 20_231_115;
    private static final int PARTITIONS = 2;
    private static final int SYMBOLS = 4;
    private static final long SECOND = 1000;
    private static final long OUT_OF_ORDERNESS = 2 * SECOND;
    private static final String WINDOWS = "10s,1m,3m/1m,30s/tick,1h+1m,1d+1m";

    private final Random random = new Random(SEED);
    private final List<Trade> trades = new ArrayList<>();
    private final Set<Long> times = new HashSet<>();
    private long now = Instant.parse("2023-11-15T23:50:00Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void aStartAtTheCommittedPositionPublishesTheWindowsThatAreWholeAndNoOthers(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, PARTITIONS);
                HeardLog log = HeardLog.of(TapewatchJob.class.getName())) {
            job.options().set(JobOptions.WINDOWS, WINDOWS);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
            trade(job, "2023-11-15T23:56:17Z");
            job.start();
            awaitCommitted(kafka, job);
            job.cancel();
            assertThat(log.at(Level.WARN)).as("a start at the beginning").isEmpty();
            List<JsonNode> before = job.read("summaries");
            List<JsonNode> moversBefore = job.read("movers");
            assertThat(before).isNotEmpty();
            assertThat(moversBefore).isNotEmpty();

            long wholeFrom = trades.stream().mapToLong(Trade::time).max().orElseThrow() + OUT_OF_ORDERNESS + 1;
            int tradesBefore = trades.size();
            trade(job, "2023-11-16T00:03:40Z");
            job.start();
            assertThat(log.at(Level.WARN)).containsExactly(warning(job, wholeFrom));
            job.await("summaries", summary -> summary.get("start").asText().equals("2023-11-16T00:02:00.000Z"));
            JobMetrics.Account account = job.awaitAccount(each -> each.of("records") == trades.size() - tradesBefore);
            assertThat(account.of("ticks")).isEqualTo(account.of("counted") + account.of("waiting"));
            assertThat(account.of("unpublished")).isPositive();
            job.stopWithSavepoint();

            trade(job, "2023-11-16T00:07:00Z");
            job.start();
            job.awaitAccount(each -> each.of("records") == trades.size() - tradesBefore);
            job.drain();
            assertThat(log.at(Level.WARN)).as("a start from a savepoint").hasSize(1);

            List<JsonNode> all = job.read("summaries");
            assertThat(all).startsWith(before.toArray(new JsonNode[0]));
            assertThat(all)
                    .as("seed %d", SEED)
                    .extracting(summary -> key(summary, "symbol"))
                    .doesNotHaveDuplicates();
            List<JsonNode> since = all.subList(before.size(), all.size());
            NaiveSummaries.assertEqual(since, trades, WINDOWS, wholeFrom);
            assertThat(since)
                    .as("the first minute, and the day")
                    .extracting(summary -> summary.get("window").asText() + " "
                            + summary.get("start").asText())
                    .contains("1m 2023-11-15T23:57:00.000Z", "1d+1m 2023-11-16T00:00:00.000Z");
            assertMovers(job, moversBefore, everything(kafka, job));
        }
    }

    private static String warning(TestJob job, long wholeFrom) {
        return "The job starts without a savepoint in the middle of topic '" + job.topic("prices")
                + "'. Windows that begin before " + Instant.ofEpochMilli(wholeFrom)
                + " may lack ticks and are not published. The first windows that are published: "
                + "10s from 2023-11-15T23:56:20Z, 30s/tick at ticks from 2023-11-15T23:56:48.500Z,"
                + " 1m and 3m/1m from 2023-11-15T23:57:00Z, 1h+1m and 1d+1m from 2023-11-16T00:00:00Z.";
    }

    /** The movers of a job that reads everything. */
    private List<JsonNode> everything(EmbeddedKafka kafka, TestJob job) throws Exception {
        try (TestJob complete = new TestJob(kafka, folder.resolve("complete"), PARTITIONS)) {
            complete.options().set(JobOptions.WINDOWS, WINDOWS);
            complete.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
            complete.options().set(JobOptions.PRICES_TOPIC, job.topic("prices"));
            complete.runToTheEnd();
            NaiveSummaries.assertEqual(complete.read("summaries"), trades, WINDOWS);
            return complete.read("movers");
        }
    }

    private static void assertMovers(TestJob job, List<JsonNode> before, List<JsonNode> complete) {
        List<JsonNode> all = job.read("movers");
        assertThat(all).startsWith(before.toArray(new JsonNode[0]));
        assertThat(all).extracting(movers -> key(movers, "window")).doesNotHaveDuplicates();
        String midnight = "2023-11-16T00:00:00.000Z";
        assertThat(all.subList(before.size(), all.size()))
                .hasSizeGreaterThan(5)
                .containsExactlyElementsOf(complete.stream()
                        .filter(movers -> movers.get("start").asText().equals(midnight))
                        .toList());
    }

    /** What a consumer upserts on, and the revision. */
    private static String key(JsonNode record, String first) {
        return String.join(
                " ",
                record.get(first).asText(),
                record.get("window").asText(),
                record.get("start").asText(),
                record.get("asOf").asText(),
                record.get("revision").asText());
    }

    /** Four ticks a second up to a time, out of order by up to a second and a half. */
    private void trade(TestJob job, String until) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long end = Instant.parse(until).toEpochMilli();
        for (int i = 0; now < end; i++) {
            now += SECOND / 4;
            long time = now - random.nextInt(1500);
            while (!times.add(time)) {
                time--;
            }
            Trade trade = new Trade(time, "X" + random.nextInt(SYMBOLS), 100 + random.nextInt(50) / 10.0, 1 + i % 3);
            trades.add(trade);
            sent.add(job.send(
                    "prices",
                    i % PARTITIONS,
                    trade.symbol(),
                    "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(trade.price(), trade.size(), time)));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** Waits until Kafka knows that the group has read all that was sent. */
    private void awaitCommitted(EmbeddedKafka kafka, TestJob job) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            job.awaitAccount(account -> account.of("records") == trades.size()
                    && committed(admin, job.topic("group"), job.topic("prices")) == trades.size());
        }
    }

    private static long committed(Admin admin, String group, String topic) {
        try {
            Map<TopicPartition, OffsetAndMetadata> positions = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return positions.entrySet().stream()
                    .filter(each -> each.getKey().topic().equals(topic))
                    .mapToLong(each -> each.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
