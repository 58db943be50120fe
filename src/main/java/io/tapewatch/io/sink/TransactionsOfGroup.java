package io.tapewatch.io.sink;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaTopics;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** The transactions of the jobs of a consumer group, which {@link JobSinks} names. */
public final class TransactionsOfGroup {

    private TransactionsOfGroup() {}

    /** What the transactional ids of a sink begin with. */
    static String idPrefix(String group, String sink) {
        return group + "-" + sink;
    }

    /** The transactional ids of those that neither are committed nor aborted, as far as this user may know. */
    public static List<String> open(KafkaConnection kafka, String group) {
        List<String> sinks = KafkaTopics.outputs("", true, true);
        return kafka
                .ask(
                        "the transactions of group '" + group + "'",
                        kafka.admin()
                                .listTransactions(
                                        new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                                .all())
                .stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> sinks.stream().anyMatch(sink -> id.startsWith(idPrefix(group, sink) + "-")))
                .sorted()
                .toList();
    }
}
