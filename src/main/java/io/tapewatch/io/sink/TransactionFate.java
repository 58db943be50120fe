package io.tapewatch.io.sink;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.TransactionDescription;

/** What has become of a transaction that could not be committed. */
enum TransactionFate {
    /** It had been committed before: nothing is lost. */
    COMMITTED,
    /** Kafka has aborted it: its records are lost. */
    ABORTED,
    /** Kafka has forgotten it, or its transactional id has been used since. */
    NOT_KNOWN;

    /** A commit raises the epoch by one at most, also the next one (since transactions of version 2). */
    private static final int COMMIT = 1;

    /** A transaction that times out is fenced first, then aborted: each may raise the epoch. */
    private static final int FENCE_AND_ABORT = 2;

    /** Tells it by what Kafka says of the transactional id. */
    static TransactionFate of(KafkaCommittable transaction, TransactionDescription now) {
        int raised = now.producerEpoch() - transaction.getEpoch();
        if (now.producerId() != transaction.getProducerId() || raised < 0) {
            return NOT_KNOWN;
        }
        return switch (now.state()) {
            case PREPARE_COMMIT, COMPLETE_COMMIT -> raised <= COMMIT ? COMMITTED : NOT_KNOWN;
            case PREPARE_EPOCH_FENCE, PREPARE_ABORT, COMPLETE_ABORT -> raised <= FENCE_AND_ABORT ? ABORTED : NOT_KNOWN;
            default -> NOT_KNOWN;
        };
    }
}
