package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.OpenTransactions;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.util.ArrayList;
import java.util.List;

/** The job under a {@linkplain KnownLoad known load}, on a broker and a cluster that are there. */
final class LoadedJob implements AutoCloseable {

    private static final String GROUP = "tapewatch";
    private static final String PREFIX = "tapewatch.";

    private final BrokerProcess broker;
    private final SessionCluster cluster;
    private final KnownLoad load;
    private String id;

    private LoadedJob(BrokerProcess broker, SessionCluster cluster, KnownLoad load) {
        this.broker = broker;
        this.cluster = cluster;
        this.load = load;
    }

    /** Creates the topics, and begins to send. */
    static LoadedJob start(BrokerProcess broker, SessionCluster cluster, long seed, int partitions) throws Exception {
        broker.createTopics(JobTopics.ANY
                .withPartitions(partitions)
                .all(new InputTopics("prices", "rules", "quotes", "instruments"), PREFIX));
        KnownLoad.sendRules(broker.bootstrapServers());
        KnownLoad.sendInstruments(broker.bootstrapServers());
        return new LoadedJob(broker, cluster, KnownLoad.start(broker.bootstrapServers(), seed, partitions));
    }

    /** The job that runs, or ran last. */
    String id() {
        return id;
    }

    /**
     * Starts the job at a parallelism, from a savepoint of the one that runs, and waits until it has settled.
     *
     * @param further arguments that the job has beside those of the load
     */
    void goOn(int parallelism, String... further) throws Exception {
        List<String> options = new ArrayList<>(List.of("-p", String.valueOf(parallelism)));
        if (id != null) {
            options.addAll(List.of("-s", cluster.client().stop(id)));
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--quotes.topic",
                "quotes",
                "--instruments.topic",
                "instruments",
                "--windows",
                Recount.WINDOWS,
                "--prices.idle-timeout",
                "10m"));
        arguments.addAll(List.of(further));
        id = cluster.client().submit(options, arguments);
        cluster.rest().awaitSettled(id);
    }

    /** Ends the load, and lets the job come to its end. */
    void finish() throws Exception {
        load.finish();
        broker.awaitRead(GROUP, "prices");
        broker.awaitRead(GROUP, "quotes");
        cluster.rest().awaitFurtherCheckpoints(id, 1);
        cluster.client().stop(id, "--drain");
        Waiting.untilTrue("no transaction is open", () -> OpenTransactions.of(broker.bootstrapServers(), GROUP)
                .isEmpty());
    }

    /** How many records were sent so far. */
    int count() {
        return load.count();
    }

    void assertThatNothingIsLostOrThereTwice() throws Exception {
        Recount recount = new Recount(load.readBack(
                CommittedRecords.all(broker.bootstrapServers(), "prices"),
                CommittedRecords.all(broker.bootstrapServers(), "quotes")));
        List<CommittedRecords.Record> summaries = published("summaries");
        assertThat(summaries).hasSizeGreaterThan(1_000);
        recount.assertSummaries(summaries);
        recount.assertMovers(published("movers"), summaries);
        recount.assertQuotedTrades(published("quoted-trades"));
        recount.assertFlags(published("flags"), published("shadow-flags"));
        recount.assertDeadLetters(published("dead-letters"));
        System.out.printf("  %,d prices, %,d summaries, nothing lost or there twice%n", load.count(), summaries.size());
    }

    List<CommittedRecords.Record> published(String topic) throws Exception {
        return CommittedRecords.all(broker.bootstrapServers(), PREFIX + topic);
    }

    @Override
    public void close() {
        load.close();
    }
}
