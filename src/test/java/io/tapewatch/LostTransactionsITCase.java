package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.FailingSink.Moment;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.sink.LostTransactions;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job fails after a checkpoint is complete and before its transaction is committed, and is started from that checkpoint:
 * in time, when Kafka has aborted the transaction, or has forgotten it.
 */
@ExtendWith(LongPatience.class)
@WholeForm
class LostTransactionsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final String WINDOWS = "10s";
    private static final String COMMITTER = "io.tapewatch.io.sink.CheckedCommitter";
    private static final Set<TransactionState> OVER =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    /** Of transactions that are to be committed, on however busy a machine. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static EmbeddedKafka kafka;

    @TempDir
    Path folder;

    private final List<Trade> trades = new ArrayList<>();

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.create(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100"));
    }

    @AfterAll
    static void stopKafka() throws IOException {
        kafka.close();
    }

    @Test
    void aJobWhoseTransactionsHaveTimedOutFailsAndOneFromTheCheckpointBeforeLosesNothing() throws Exception {
        try (TestJob job = job(kafka)) {
            timeOutAfter(job, Duration.ofSeconds(5));
            failWithAnUncommittedTransaction(job);
            awaitTransactions(kafka, job, states -> states.contains(TransactionState.COMPLETE_ABORT));

            job.restarting();
            JobID failed = job.id();
            job.restoreCheckpoint(failed, 0);
            job.start();
            assertThat(job.awaitFailure())
                    .rootCause()
                    .hasMessageStartingWith("Kafka has aborted 1 transaction of topic '" + job.topic("summaries")
                            + "', not committed within transaction.timeout.ms (5000 ms) of the first record. Lost are")
                    .hasMessageContaining(job.topic("group") + "-summaries-0-")
                    .hasMessageContaining("Start the job from the checkpoint or savepoint before that one");
            assertThat(JobMetrics.restarts(job.id())).isZero();

            timeOutAfter(job, LONG);
            job.restoreCheckpoint(failed, 1);
            job.start();
            minute(job);
            awaitLastWindow(job);
            job.drain();
            NaiveSummaries.assertEqual(job.read("summaries"), trades, WINDOWS);
        }
    }

    @Test
    void aJobThatIsToGoOnWithoutThemCountsThemAndSaysSo() throws Exception {
        try (TestJob job = job(kafka);
                HeardLog log = HeardLog.of(COMMITTER)) {
            timeOutAfter(job, Duration.ofSeconds(5));
            failWithAnUncommittedTransaction(job);
            awaitTransactions(kafka, job, states -> states.contains(TransactionState.COMPLETE_ABORT));
            int committed = job.read("summaries").size();

            timeOutAfter(job, LONG);
            job.options().set(JobOptions.LOST_TRANSACTIONS, LostTransactions.GO_ON);
            job.restoreCheckpoint(job.id(), 0);
            job.start();
            minute(job);
            awaitLastWindow(job);
            assertThat(JobMetrics.sum(job.id(), "lostTransactions")).isEqualTo(1);
            assertThat(log.at(Level.ERROR))
                    .singleElement()
                    .asString()
                    .startsWith("Kafka has aborted 1 transaction of topic '" + job.topic("summaries") + "'")
                    .contains("The job goes on without them");
            job.drain();
            List<JsonNode> summaries = job.read("summaries");
            assertThat(starts(summaries)).hasSameSizeAs(summaries);
            assertThat(summaries.size()).isGreaterThan(committed).isLessThan(windows());
        }
    }

    @Test
    void aJobThatIsStartedInTimeLosesNothingAlsoWhenItIsStartedFromTheSameCheckpointAgain() throws Exception {
        try (TestJob job = job(kafka);
                HeardLog log = HeardLog.of(COMMITTER)) {
            failWithAnUncommittedTransaction(job);
            job.restoreCheckpoint(job.id(), 0);
            job.start();
            minute(job);
            awaitLastWindow(job);
            job.cancel();
            NaiveSummaries.assertEqual(job.read("summaries"), committed(), WINDOWS);

            job.start();
            minute(job);
            awaitLastWindow(job);
            assertThat(JobMetrics.sum(job.id(), "lostTransactions")).isZero();
            assertThat(log.at(Level.ERROR)).isEmpty();
        }
    }

    @Test
    void aTransactionThatKafkaHasForgottenIsTakenForLost() throws Exception {
        // It forgets ids that are not used yet, too, so it must not forget sooner than a job needs to get to its first
        // record.
        try (EmbeddedKafka forgetful = EmbeddedKafka.create(Map.of(
                        "transactional.id.expiration.ms", "10000",
                        "transaction.remove.expired.transaction.cleanup.interval.ms", "100"));
                TestJob job = job(forgetful)) {
            failWithAnUncommittedTransaction(job);
            abortTransactions(forgetful, job);
            awaitTransactions(forgetful, job, List::isEmpty);
            job.restoreCheckpoint(job.id(), 0);
            job.start();
            assertThat(job.awaitFailure())
                    .rootCause()
                    .hasMessageStartingWith("Kafka does not know any more what became of 1 transaction of topic '"
                            + job.topic("summaries") + "'");
        }
    }

    private TestJob job(EmbeddedKafka broker) {
        TestJob job = new TestJob(broker, folder, 1).parallelism(1);
        job.options().set(JobOptions.WINDOWS, WINDOWS);
        job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
        return job;
    }

    private void timeOutAfter(TestJob job, Duration timeout) throws IOException {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, "transaction.timeout.ms=" + timeout.toMillis());
        job.options().set(JobOptions.KAFKA_PROPERTIES, properties.toString());
    }

    private void failWithAnUncommittedTransaction(TestJob job) throws Exception {
        job.start(ends -> ExchangedEnds.withSummaries(ends, FailingSink::of));
        minute(job);
        awaitLastWindow(job);
        FailingSink.failOnce(Moment.BEFORE_THE_COMMIT);
        minute(job);
        assertThat(job.awaitFailure()).rootCause().hasMessageContaining(Moment.BEFORE_THE_COMMIT.name());
    }

    /** A minute of ticks, one a second. */
    private void minute(TestJob job) {
        for (int i = 0; i < 60; i++) {
            Trade trade = new Trade(NOON + trades.size() * 1000L, "X", 100 + i % 7, 1);
            trades.add(trade);
            job.send(
                    "prices",
                    0,
                    trade.symbol(),
                    "{\"price\":%s,\"size\":1,\"time\":%d}".formatted(trade.price(), trade.time()));
        }
        job.flush();
    }

    /** How many windows there are of what was sent. */
    private int windows() {
        return trades.size() / 10;
    }

    private List<Trade> committed() {
        return trades.subList(0, trades.size() - 10);
    }

    /** The last window that is complete before the end of what was sent. */
    private void awaitLastWindow(TestJob job) throws Exception {
        String start = Instant.ofEpochMilli(NOON + (windows() - 2) * 10_000L).toString();
        job.await("summaries", summary -> summary.get("start").asText().equals(start.replace("Z", ".000Z")));
    }

    private static Set<String> starts(List<JsonNode> summaries) {
        return summaries.stream().map(summary -> summary.get("start").asText()).collect(Collectors.toSet());
    }

    /** Waits until the transactions of summaries are like this, and all are committed or aborted. */
    private static void awaitTransactions(EmbeddedKafka broker, TestJob job, Predicate<List<TransactionState>> like)
            throws Exception {
        try (Admin admin = admin(broker)) {
            Waiting.untilTrue("all transactions are over, and are as expected", () -> {
                List<TransactionState> states = transactions(admin, job).stream()
                        .map(TransactionListing::state)
                        .toList();
                return OVER.containsAll(states) && like.test(states);
            });
        }
    }

    /** Aborts the transactions of summaries at once. */
    private static void abortTransactions(EmbeddedKafka broker, TestJob job) throws Exception {
        try (Admin admin = admin(broker)) {
            List<String> ids = transactions(admin, job).stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
            admin.fenceProducers(ids).all().get();
        }
    }

    private static List<TransactionListing> transactions(Admin admin, TestJob job) throws Exception {
        return admin.listTransactions().all().get().stream()
                .filter(each -> each.transactionalId().startsWith(job.topic("group-summaries")))
                .toList();
    }

    private static Admin admin(EmbeddedKafka broker) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }
}
