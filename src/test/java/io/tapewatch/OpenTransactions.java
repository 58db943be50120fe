package io.tapewatch;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** Transactions that neither are committed nor aborted. */
public final class OpenTransactions {

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
}
