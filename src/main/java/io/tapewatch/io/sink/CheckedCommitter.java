package io.tapewatch.io.sink;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits transactions as the connector does, and looks into those that the connector gives up on. The connector logs them
 * and goes on, whether they had been committed before, which is usual after a failure, or Kafka has aborted them, which
 * loses their records. Which of both it is, Kafka says.
 */
@SuppressWarnings("try") // Flink's committers throw any Exception when they are closed.
final class CheckedCommitter implements Committer<KafkaCommittable> {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedCommitter.class);
    private static final int MOST_IDS_SHOWN = 5;

    private final Committer<KafkaCommittable> committer;
    private final String topic;
    private final String servers;
    private final Properties properties;
    private final LostTransactions lost;
    private final Counter count;

    /**
     * @param committer the connector's
     * @param topic where the transactions write to
     * @param servers the brokers to ask first
     * @param properties further settings of Kafka's clients
     * @param count counts transactions that are lost
     */
    CheckedCommitter(
            Committer<KafkaCommittable> committer,
            String topic,
            String servers,
            Properties properties,
            LostTransactions lost,
            Counter count) {
        this.committer = committer;
        this.topic = topic;
        this.servers = servers;
        this.properties = properties;
        this.lost = lost;
        this.count = count;
    }

    /**
     * @throws TransactionsLost if records are lost and the job is not to go on without them
     * @throws IOException if Kafka cannot be asked
     */
    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> givenUp = new ArrayList<>();
        committer.commit(requests.stream()
                .<CommitRequest<KafkaCommittable>>map(request -> new Watched(request, givenUp))
                .toList());
        if (givenUp.isEmpty()) {
            return;
        }
        Map<TransactionFate, List<CommitRequest<KafkaCommittable>>> fates = fates(givenUp);
        List<CommitRequest<KafkaCommittable>> committed = fates.getOrDefault(TransactionFate.COMMITTED, List.of());
        if (!committed.isEmpty()) {
            committed.forEach(CommitRequest::signalAlreadyCommitted);
            LOG.info("Nothing is lost: Kafka had committed these transactions before: {}", ids(committed));
        }
        List<CommitRequest<KafkaCommittable>> aborted = fates.getOrDefault(TransactionFate.ABORTED, List.of());
        List<CommitRequest<KafkaCommittable>> notKnown = fates.getOrDefault(TransactionFate.NOT_KNOWN, List.of());
        if (!aborted.isEmpty() || !notKnown.isEmpty()) {
            lose(aborted, notKnown);
        }
    }

    private void lose(List<CommitRequest<KafkaCommittable>> aborted, List<CommitRequest<KafkaCommittable>> notKnown)
            throws TransactionsLost {
        List<CommitRequest<KafkaCommittable>> all =
                Stream.concat(aborted.stream(), notKnown.stream()).toList();
        String what = what(aborted.size(), notKnown.size())
                + (notKnown.isEmpty() ? ". Lost are" : ". Else lost are") + " the records that were written to '"
                + topic
                + "' between the checkpoint or savepoint that holds these transactions and the one before it: "
                + ids(all) + ". A likely cause is another job that was started with the same --prices.group-id: its"
                + " sinks abort the transactions of this one";
        if (lost == LostTransactions.FAIL) {
            throw new TransactionsLost(what + ". Start the job from the checkpoint or savepoint before that one, which"
                    + " writes them again, or from that one with --delivery.lost-transactions " + LostTransactions.GO_ON
                    + " to go on without them (docs/operations.md, When a transaction timed out)");
        }
        count.inc(all.size());
        TransactionsLost reason = new TransactionsLost(what);
        all.forEach(request -> request.signalFailedWithKnownReason(reason));
        LOG.error(
                "{}. The job goes on without them, as --delivery.lost-transactions says"
                        + " (docs/operations.md, When a transaction timed out)",
                what);
    }

    private String what(int aborted, int notKnown) {
        String timeout =
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + " (" + KafkaTopics.transactionTimeout(properties) + " ms)";
        if (notKnown == 0) {
            return "Kafka has aborted " + transactions(aborted) + " of topic '" + topic + "', not committed within "
                    + timeout + " of the first record";
        }
        return "Kafka does not know any more what became of " + transactions(notKnown) + " of topic '" + topic
                + "', whose transactional id has expired or been used again: if the job that they are of was ended by"
                + " flink stop, they were committed then, and nothing of them is lost"
                + (aborted == 0
                        ? ""
                        : "; it has aborted " + transactions(aborted) + ", not committed within " + timeout);
    }

    private static String transactions(int count) {
        return count + (count == 1 ? " transaction" : " transactions");
    }

    private static String ids(List<CommitRequest<KafkaCommittable>> requests) {
        return requests.stream()
                        .limit(MOST_IDS_SHOWN)
                        .map(request -> request.getCommittable().getTransactionalId())
                        .collect(Collectors.joining(", "))
                + (requests.size() > MOST_IDS_SHOWN ? ", …" : "");
    }

    private Map<TransactionFate, List<CommitRequest<KafkaCommittable>>> fates(
            List<CommitRequest<KafkaCommittable>> requests) throws IOException {
        Map<TransactionFate, List<CommitRequest<KafkaCommittable>>> fates = new EnumMap<>(TransactionFate.class);
        try (KafkaConnection kafka = new KafkaConnection(servers, properties)) {
            DescribeTransactionsResult descriptions = kafka.admin()
                    .describeTransactions(requests.stream()
                            .map(request -> request.getCommittable().getTransactionalId())
                            .toList());
            for (CommitRequest<KafkaCommittable> request : requests) {
                fates.computeIfAbsent(fate(kafka, request.getCommittable(), descriptions), fate -> new ArrayList<>())
                        .add(request);
            }
        } catch (KafkaConnection.KafkaUnusable e) {
            throw new IOException(
                    "transactions of topic '" + topic + "' could not be committed, and whether they had been before is"
                            + " not known: " + e.getMessage(),
                    e);
        }
        return fates;
    }

    private static TransactionFate fate(
            KafkaConnection kafka, KafkaCommittable transaction, DescribeTransactionsResult descriptions) {
        String id = transaction.getTransactionalId();
        try {
            return TransactionFate.of(transaction, kafka.ask("transaction '" + id + "'", descriptions.description(id)));
        } catch (KafkaConnection.KafkaUnusable e) {
            if (e.getCause() instanceof ExecutionException answer
                    && answer.getCause() instanceof TransactionalIdNotFoundException) {
                return TransactionFate.NOT_KNOWN;
            }
            throw e;
        }
    }

    @Override
    public void close() throws Exception {
        HarmlessClose.close(committer, "The committer of topic '" + topic + "'");
    }

    /** A request that keeps to itself that its commit was given up. */
    private record Watched(CommitRequest<KafkaCommittable> request, List<CommitRequest<KafkaCommittable>> givenUp)
            implements CommitRequest<KafkaCommittable> {

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            givenUp.add(request);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            // What Kafka says of transactional ids that it has forgotten.
            if (reason instanceof InvalidPidMappingException) {
                givenUp.add(request);
            } else {
                request.signalFailedWithUnknownReason(reason);
            }
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }

        @Override
        public String toString() {
            return request.toString();
        }
    }
}
