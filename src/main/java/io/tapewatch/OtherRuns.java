package io.tapewatch;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.lease.GroupLease;
import io.tapewatch.io.lease.LeaseTerms;
import io.tapewatch.io.sink.TransactionsOfGroup;
import io.tapewatch.settings.JobOptions;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Other runs with the same group, as a start finds them: one that still runs, or what one left behind. */
final class OtherRuns {

    private static final Logger LOG = LoggerFactory.getLogger(OtherRuns.class);
    private static final int MOST_IDS_SHOWN = 3;

    private final Configuration options;
    private final Properties properties;
    private final String group;

    OtherRuns(Configuration options, Properties properties) {
        this.options = options;
        this.properties = properties;
        this.group = options.get(JobOptions.GROUP_ID);
    }

    /**
     * Expects that no other job of the group runs, and says so if one has left transactions open that this start discards.
     *
     * @param flink Flink's settings of the start
     * @throws KafkaConnection.KafkaUnusable if another job runs; the message is one line
     */
    void expectNone(ReadableConfig flink) {
        try (KafkaConnection kafka = new KafkaConnection(options.get(JobOptions.BOOTSTRAP_SERVERS), properties)) {
            new GroupLease(kafka, group)
                    .expectFree(
                            flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID),
                            LeaseTerms.longestGhost(properties),
                            // Flink's client keeps the log from the terminal.
                            System.out::println);
            if (flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isEmpty()) {
                warnOfOpenTransactions(openTransactions(kafka), mayRecover(flink));
            }
        }
    }

    /** None if Kafka does not say: that is no reason to refuse a start. */
    private List<String> openTransactions(KafkaConnection kafka) {
        try {
            return TransactionsOfGroup.open(kafka, group);
        } catch (KafkaConnection.KafkaUnusable e) {
            LOG.info("Open transactions are not known: {}", e.getMessage());
            return List.of();
        }
    }

    /**
     * Whether this may be a job manager that takes over in application mode. It runs {@code main} again, without a savepoint,
     * and then Flink restores the last checkpoint.
     */
    static boolean mayRecover(ReadableConfig flink) {
        return flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID).isPresent()
                && !flink.get(HighAvailabilityOptions.HA_MODE).equalsIgnoreCase("none");
    }

    /** Warns of what a start without a state does; only says it if Flink may restore a state. */
    static void warnUnlessRecovered(Logger log, String what, boolean mayRecover) {
        if (mayRecover) {
            log.info("Unless Flink recovers this job from a checkpoint: {}", what);
        } else {
            log.warn(what);
        }
    }

    private void warnOfOpenTransactions(List<String> ids, boolean mayRecover) {
        if (!ids.isEmpty()) {
            warnUnlessRecovered(
                    LOG,
                    "A job with --prices.group-id " + group + " has ended and left "
                            + (ids.size() == 1 ? "1 transaction" : ids.size() + " transactions") + " open ("
                            + String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_IDS_SHOWN)))
                            + (ids.size() > MOST_IDS_SHOWN ? ", …" : "") + "). This job starts without a savepoint,"
                            + " so what is in there is discarded. To publish it, start from the last"
                            + " checkpoint of that job (flink run -s) instead.",
                    mayRecover);
        }
    }
}
