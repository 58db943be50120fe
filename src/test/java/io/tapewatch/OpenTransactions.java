package io.tapewatch;

import io.tapewatch.cluster.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** Transactions that neither are committed nor aborted. */
public final class OpenTransactions {

    /** Those of a transaction whose end is decided, and which not all of its partitions know of. */
    private static final Set<TransactionState> ENDING = Set.of(
            TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_EPOCH_FENCE);

    private OpenTransactions() {}

    /**
     * Waits for the end of those that are about to end. Kafka says that one is committed a moment before readers of committed
     * records see it.
     */
    public static void awaitEnds(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> left = ending(admin);
            Waiting.untilTrue("transactions have ended", () -> {
                left.retainAll(ending(admin));
                return left.isEmpty();
            });
        } catch (Exception e) {
            throw new IllegalStateException("Kafka does not tell its transactions", e);
        }
    }

    private static Set<String> ending(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTransactions(new ListTransactionsOptions().filterStates(ENDING)).all().get().stream()
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
    }

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
}
