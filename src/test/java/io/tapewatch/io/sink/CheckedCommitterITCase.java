package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transactions of a real broker that are committed, aborted, forgotten or used again, and that a committer gives up on. */
@SuppressWarnings("try") // Flink's committers throw any Exception when they are closed.
class CheckedCommitterITCase {

    private static final String TOPIC = "out";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static EmbeddedKafka kafka;
    private static Admin admin;

    private final SimpleCounter lost = new SimpleCounter();

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.create(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "50"));
        kafka.createTopic(TOPIC, 1, Map.of());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    @AfterAll
    static void stopKafka() throws IOException {
        admin.close();
        kafka.close();
    }

    @Test
    void whatHadBeenCommittedBeforeIsNotLost() throws Exception {
        try (Transaction transaction = new Transaction(PATIENCE)) {
            transaction.producer.commitTransaction();
            transaction.await(TransactionState.COMPLETE_COMMIT);
            Request request = new Request(transaction.committable);
            commit(LostTransactions.FAIL, fenced(), request);
            assertThat(request.signal).isEqualTo("already committed");
        }
    }

    @Test
    void whatTimedOutIsLost() throws Exception {
        try (Transaction transaction = Transaction.thatTimesOutSoon()) {
            transaction.await(TransactionState.COMPLETE_ABORT);
            Request request = new Request(transaction.committable);
            assertThatThrownBy(() -> commit(LostTransactions.FAIL, fenced(), request))
                    .isInstanceOf(TransactionsLost.class)
                    .hasMessage("Kafka has aborted 1 transaction of topic 'out', not committed within"
                            + " transaction.timeout.ms (900000 ms) of the first record. Lost are the records that were"
                            + " written to 'out' between the checkpoint or savepoint that holds these transactions and"
                            + " the one before it: "
                            + transaction.committable.getTransactionalId()
                            + ". A likely cause is another job that was started with the same --prices.group-id: its"
                            + " sinks abort the transactions of this one"
                            + ". Start the job from the checkpoint or savepoint before that one, which writes them"
                            + " again, or from that one with --delivery.lost-transactions go-on to go on without them"
                            + " (docs/operations.md, When a transaction timed out)");
            assertThat(request.signal).isNull();

            commit(LostTransactions.GO_ON, fenced(), request);
            assertThat(request.signal).isEqualTo("failed");
            assertThat(lost.getCount()).isEqualTo(1);
        }
    }

    @Test
    void whatWasAbortedByTheNextUserOfItsIdIsLost() throws Exception {
        try (Transaction transaction = new Transaction(PATIENCE)) {
            try (KafkaProducer<byte[], byte[]> next = transaction.newProducer(PATIENCE)) {
                next.initTransactions();
                assertNotKnown(transaction.committable);
                next.beginTransaction();
                next.send(new ProducerRecord<>(TOPIC, new byte[0])).get();
                next.commitTransaction();
            }
            transaction.await(TransactionState.COMPLETE_COMMIT);
            assertNotKnown(transaction.committable);
        }
    }

    @Test
    void whatKafkaHasForgottenIsTakenForLost() {
        assertNotKnown(new KafkaCommittable(1, (short) 0, "forgotten", null));
    }

    @Test
    void eachTransactionIsJudgedForItself() throws Exception {
        try (Transaction committed = new Transaction(PATIENCE);
                Transaction aborted = new Transaction(PATIENCE)) {
            committed.producer.commitTransaction();
            aborted.producer.abortTransaction();
            committed.await(TransactionState.COMPLETE_COMMIT);
            aborted.await(TransactionState.COMPLETE_ABORT);
            Request first = new Request(aborted.committable);
            Request second = new Request(committed.committable);
            Request third = new Request(new KafkaCommittable(1, (short) 0, "forgotten", null));
            commit(LostTransactions.GO_ON, fenced(), first, second, third);
            assertThat(List.of(first.signal, second.signal, third.signal))
                    .containsExactly("failed", "already committed", "failed");
            assertThat(lost.getCount()).isEqualTo(2);
        }
    }

    @Test
    void whatFailsForAnotherReasonIsNoneOfItsBusiness() throws Exception {
        Request request = new Request(new KafkaCommittable(1, (short) 0, "any", null));
        commit(LostTransactions.FAIL, new GivesUp(new IllegalStateException("disk"), false), request);
        assertThat(request.signal).isEqualTo("failed for an unknown reason");
    }

    @Test
    void theJobMustTryAgainWhenKafkaCannotBeAsked() throws Exception {
        try (CheckedCommitter committer =
                new CheckedCommitter(fenced(), TOPIC, "localhost:1", new Properties(), LostTransactions.GO_ON, lost)) {
            Request request = new Request(new KafkaCommittable(1, (short) 0, "any", null));
            assertThatThrownBy(() -> committer.commit(List.of(request)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(TransactionsLost.class)
                    .hasMessageStartingWith("transactions of topic 'out' could not be committed, and whether they had"
                            + " been before is not known: Kafka at localhost:1 does not answer");
            assertThat(request.signal).isNull();
        }
    }

    private void assertNotKnown(KafkaCommittable committable) {
        for (GivesUp committer : List.of(fenced(), new GivesUp(new InvalidPidMappingException("no such id"), false))) {
            assertThatThrownBy(() -> commit(LostTransactions.FAIL, committer, new Request(committable)))
                    .isInstanceOf(TransactionsLost.class)
                    .hasMessageStartingWith(
                            "Kafka does not know any more what became of 1 transaction of topic 'out', whose"
                                    + " transactional id has expired or been used again: if the job that they are of was ended by"
                                    + " flink stop, they were committed then, and nothing of them is lost. Else lost are");
        }
    }

    private void commit(LostTransactions whatToDo, Committer<KafkaCommittable> connector, Request... requests)
            throws Exception {
        try (CheckedCommitter committer =
                new CheckedCommitter(connector, TOPIC, kafka.bootstrapServers(), new Properties(), whatToDo, lost)) {
            committer.commit(Arrays.asList(requests));
        }
    }

    private static GivesUp fenced() {
        return new GivesUp(new ProducerFencedException("fenced"), true);
    }

    /** A transaction with a record in it. */
    private static final class Transaction implements AutoCloseable {

        /** Where a busy machine is not the reason any more. */
        private static final Duration LONGEST = Duration.ofSeconds(30);

        private final String id = "out-" + NUMBER.incrementAndGet();
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaCommittable committable;

        Transaction(Duration timeout) throws Exception {
            producer = newProducer(timeout);
            try {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "lost?".getBytes(StandardCharsets.UTF_8)))
                        .get();
                TransactionDescription now = describe();
                if (now.state() != TransactionState.ONGOING) {
                    throw new IllegalStateException("the transaction has ended: " + now);
                }
                committable = new KafkaCommittable(now.producerId(), (short) now.producerEpoch(), id, null);
            } catch (Exception e) {
                close();
                throw e;
            }
        }

        /** With so much time that it does not time out before there is a record in it, and no more. */
        static Transaction thatTimesOutSoon() throws Exception {
            for (Duration timeout = Duration.ofMillis(200); ; timeout = timeout.multipliedBy(4)) {
                try {
                    return new Transaction(timeout);
                } catch (ExecutionException | IllegalStateException | KafkaException e) {
                    if (timeout.compareTo(LONGEST) > 0) {
                        throw e;
                    }
                }
            }
        }

        KafkaProducer<byte[], byte[]> newProducer(Duration timeout) {
            return new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            kafka.bootstrapServers(),
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                            id,
                            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                            (int) timeout.toMillis()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        TransactionDescription describe() throws InterruptedException, ExecutionException {
            return admin.describeTransactions(List.of(id)).description(id).get();
        }

        void await(TransactionState state) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (describe().state() != state) {
                assertThat(System.nanoTime()).as("%s", describe()).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }

    /** A committer that commits nothing. */
    private record GivesUp(Exception reason, boolean known) implements Committer<KafkaCommittable> {

        @Override
        public void commit(Collection<CommitRequest<KafkaCommittable>> requests) {
            for (CommitRequest<KafkaCommittable> request : requests) {
                if (known) {
                    request.signalFailedWithKnownReason(reason);
                } else {
                    request.signalFailedWithUnknownReason(reason);
                }
            }
        }

        @Override
        public void close() {}
    }

    /** A request that remembers what became of it. */
    private static final class Request implements Committer.CommitRequest<KafkaCommittable> {

        private final KafkaCommittable committable;
        private String signal;

        Request(KafkaCommittable committable) {
            this.committable = committable;
        }

        @Override
        public KafkaCommittable getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            signal = "failed";
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            signal = "failed for an unknown reason";
        }

        @Override
        public void retryLater() {
            signal = "again";
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable other) {
            signal = "again";
        }

        @Override
        public void signalAlreadyCommitted() {
            signal = "already committed";
        }
    }
}
