package io.tapewatch;

import io.tapewatch.cluster.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** Transactions that neither are committed nor aborted. */
public final class OpenTransactions {

    /** Those of a transaction whose end is decided, and which not all of its partitions know of. */
    private static final Set<TransactionState> ENDING = Set.of(
            TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_EPOCH_FENCE);

    private OpenTransactions() {}

    /** Those of transactional ids that begin so. */
    public static List<TransactionListing> of(String bootstrapServers, String prefix) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin.listTransactions().all().get().stream()
                    .filter(transaction -> transaction.transactionalId().startsWith(prefix))
                    .filter(transaction -> !List.of(
                                    TransactionState.EMPTY,
                                    TransactionState.COMPLETE_COMMIT,
                                    TransactionState.COMPLETE_ABORT)
                            .contains(transaction.state()))
                    .toList();
        }
    }

    /**
     * Waits until readers see the end of each transaction that has ended: Kafka tells the producer of the end before it
     * tells the partitions. Those that are open stay so.
     */
    static void awaitEnds(String bootstrapServers, String prefix) throws Exception {
        Waiting.untilTrue(
                "the partitions know how the transactions of " + prefix + " have ended",
                () -> of(bootstrapServers, prefix).stream()
                        .noneMatch(transaction -> ENDING.contains(transaction.state())));
    }
}
