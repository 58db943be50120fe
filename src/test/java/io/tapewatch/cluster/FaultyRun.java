package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.FaultyJob;
import io.tapewatch.FlagTexts;
import io.tapewatch.OpenTransactions;
import io.tapewatch.domain.Rule;
import io.tapewatch.io.InputTopics;
import io.tapewatch.io.JobTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The job on a cluster of its own, with a broker of its own, under load, and what befalls it. */
final class FaultyRun implements AutoCloseable {

    private static final String GROUP = "tapewatch";
    private static final String PREFIX = "tapewatch.";
    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    private static final List<String> FOLLOWED =
            List.of("summaries", "movers", "flags", "shadow-flags", "quoted-trades");

    private final Random random;
    private final Path csv;
    private final Path failures;
    private final BrokerProcess broker;
    private final SessionCluster cluster;
    private final Map<String, CommittedRecords> followed = new HashMap<>();
    private KnownLoad load;
    private VisibleCsv visibleCsv;
    private String job;
    private String stateBackend;
    private int parallelism = 2;
    private long checkpointsBefore;
    private int recoveries;

    private FaultyRun(Path folder, String stateBackend, Random random, BrokerProcess broker, SessionCluster cluster) {
        this.stateBackend = stateBackend;
        this.random = random;
        this.csv = folder.resolve("csv");
        this.failures = failures(folder);
        this.broker = broker;
        this.cluster = cluster;
    }

    private static Path failures(Path folder) {
        return folder.resolve("failures");
    }

    /** @param stateBackend the one it begins with; each {@link Fault#RESCALED} changes it */
    static FaultyRun start(Path folder, String stateBackend, Random random) throws Exception {
        Files.createDirectories(failures(folder));
        BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
        FaultyRun run;
        try {
            run = new FaultyRun(folder, stateBackend, random, broker, startCluster(folder));
        } catch (Exception | AssertionError e) {
            broker.close();
            throw e;
        }
        try {
            run.begin();
            return run;
        } catch (Exception | AssertionError e) {
            run.close();
            throw e;
        }
    }

    private static SessionCluster startCluster(Path folder) throws Exception {
        return SessionCluster.start(
                folder.resolve("flink"),
                2,
                Map.of(
                        "execution.checkpointing.interval",
                        "1s",
                        "execution.checkpointing.min-pause",
                        "200ms",
                        // A task manager that is gone is to be missed sooner than by default.
                        "heartbeat.interval",
                        "1s",
                        "heartbeat.timeout",
                        "10s",
                        "env.java.opts.taskmanager",
                        "-D" + FaultyJob.FOLDER_PROPERTY + "=" + failures(folder)));
    }

    private void begin() throws Exception {
        broker.createTopics(JobTopics.ANY
                .withPartitions(KnownLoad.PARTITIONS)
                .all(new InputTopics("prices", "rules", "quotes", "instruments"), PREFIX));
        sendRules();
        KnownLoad.sendInstruments(broker.bootstrapServers());
        for (String topic : FOLLOWED) {
            followed.put(topic, CommittedRecords.follow(broker.bootstrapServers(), PREFIX + topic));
        }
        visibleCsv = VisibleCsv.watch(csv);
        load = KnownLoad.start(broker.bootstrapServers(), random.nextLong());
        submit(null);
        cluster.rest().awaitSettled(job);
    }

    private void sendRules() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Rule rule : Recount.RULES) {
                producer.send(new ProducerRecord<>(
                                "rules",
                                rule.id().getBytes(StandardCharsets.UTF_8),
                                FlagTexts.json(rule).getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    /** Starts the job, from a savepoint or checkpoint if there is one. */
    private void submit(String from) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "-t",
                "remote",
                "-Dstate.backend.type=" + stateBackend,
                "-p",
                String.valueOf(parallelism),
                "-C",
                Path.of("target", "test-classes").toUri().toString(),
                "-c",
                FaultyJob.class.getName()));
        if (from != null) {
            options.addAll(List.of("-s", from));
        }
        job = cluster.client()
                .submit(
                        options,
                        List.of(
                                "--kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "--quotes.topic",
                                "quotes",
                                "--instruments.topic",
                                "instruments",
                                "--windows",
                                Recount.WINDOWS,
                                "--csv.path",
                                csv.toString(),
                                // A partition that is read later than the others after a fault is not idle.
                                "--prices.idle-timeout",
                                "10m"));
        assertThat(cluster.rest()
                        .get("/jobs/" + job + "/checkpoints/config")
                        .get("state_backend")
                        .asText())
                .containsIgnoringCase(stateBackend);
    }

    /** Lets the fault happen a moment from now, and waits until the job has got over it. */
    void suffer(Fault fault) throws Exception {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
        long start = System.nanoTime();
        switch (fault) {
            case TASK_MANAGER_KILLED -> recovering(this::killTaskManager);
            case BROKER_KILLED -> {
                broker.kill();
                broker.restart();
            }
            case BOTH_KILLED ->
                recovering(() -> {
                    broker.kill();
                    killTaskManager();
                    broker.restart();
                });
            case CANCELLED_AND_RESTORED -> {
                cluster.client().cancel(job);
                cluster.rest().awaitState(job, "CANCELED");
                String checkpoint = cluster.rest().lastCheckpoint(job);
                checkpointsBefore += cluster.rest().completedCheckpoints(job);
                submit(checkpoint);
                recoveries++;
            }
            case FAILED_AT_A_CHECKPOINT ->
                recovering(() -> {
                    Path told = Files.createFile(failures.resolve(FaultyJob.AT_THE_CHECKPOINT));
                    Waiting.untilTrue("a task has failed at a checkpoint", () -> !Files.exists(told));
                });
            case FAILED_DURING_A_SAVEPOINT -> {
                recovering(this::failDuringASavepoint);
                cluster.rest().awaitSettled(job);
                JsonNode later = cluster.rest().savepoint(job, false, savepoints("later"));
                assertThat(later.has("location")).as("%s", later).isTrue();
            }
            case RESCALED -> {
                String savepoint = cluster.client().stop(job);
                checkpointsBefore += cluster.rest().completedCheckpoints(job);
                parallelism = parallelism == 2 ? 3 : 2;
                stateBackend = stateBackend.equals("hashmap") ? "rocksdb" : "hashmap";
                submit(savepoint);
            }
        }
        cluster.rest().awaitSettled(job);
        System.out.printf(
                "  %-25s %2d s, %,d records%n",
                fault, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), load.count());
    }

    private interface Trouble {
        void make() throws Exception;
    }

    private void recovering(Trouble trouble) throws Exception {
        long restored = cluster.rest().restored(job);
        trouble.make();
        cluster.rest().awaitRestored(job, restored + 1);
        recoveries++;
    }

    /** The job is to stop with a savepoint, and a task fails meanwhile. */
    private void failDuringASavepoint() throws Exception {
        Path folder = savepoints("failed");
        Path told = failures.resolve(FaultyJob.AT_THE_SAVEPOINT);
        Files.writeString(told, folder.toString());
        JsonNode failed = cluster.rest().savepoint(job, true, folder);
        assertThat(told).as("what tells a task to fail").doesNotExist();
        assertThat(failed.has("failure-cause")).as("%s", failed).isTrue();
    }

    /** A folder for savepoints, empty. */
    private Path savepoints(String name) throws IOException {
        return Files.createTempDirectory(cluster.folder(), name);
    }

    private void killTaskManager() throws Exception {
        List<String> busy = List.copyOf(cluster.rest().taskManagersOf(job));
        cluster.killTaskManager(busy.get(random.nextInt(busy.size())));
        cluster.startTaskManager();
    }

    /** Goes on until the job has had so many records, and lets it come to its end. */
    void finish(int records) throws Exception {
        Waiting.untilTrue(records + " records", () -> load.count() >= records);
        load.finish();
        broker.awaitRead(GROUP, "prices");
        broker.awaitRead(GROUP, "quotes");
        cluster.rest().awaitFurtherCheckpoints(job, 1);
        cluster.client().stop(job, "--drain");
        // Kafka says that a transaction is committed a moment before readers of committed records see it.
        Waiting.untilTrue("no transaction is open", () -> OpenTransactions.of(broker.bootstrapServers(), GROUP)
                .isEmpty());
    }

    long completedCheckpoints() throws Exception {
        return checkpointsBefore + cluster.rest().completedCheckpoints(job);
    }

    int recoveries() {
        return recoveries;
    }

    void assertThatNothingIsLostOrThereTwice() throws Exception {
        List<CommittedRecords.Record> prices = CommittedRecords.all(broker.bootstrapServers(), "prices");
        List<CommittedRecords.Record> quotes = CommittedRecords.all(broker.bootstrapServers(), "quotes");
        Recount recount = new Recount(load.readBack(prices, quotes));
        Map<String, List<CommittedRecords.Record>> published = new HashMap<>();
        for (String topic : FOLLOWED) {
            List<CommittedRecords.Record> during = followed.get(topic).untilTheEnd();
            List<CommittedRecords.Record> after = CommittedRecords.all(broker.bootstrapServers(), PREFIX + topic);
            assertThat(during).as("%s, read while it ran", topic).isEqualTo(after);
            published.put(topic, after);
        }
        recount.assertSummaries(published.get("summaries"));
        recount.assertMovers(published.get("movers"), published.get("summaries"));
        recount.assertQuotedTrades(published.get("quoted-trades"));
        recount.assertFlags(published.get("flags"), published.get("shadow-flags"));
        recount.assertDeadLetters(CommittedRecords.all(broker.bootstrapServers(), PREFIX + "dead-letters"));
        assertThat(visibleCsv.seen()).as("CSV files").isGreaterThan(5);
        Recount.assertCsv(csv.resolve("summaries"), published.get("summaries"));
        Recount.assertMoversCsv(csv.resolve("movers"), published.get("movers"));
        Recount.assertCsv(csv.resolve("quoted-trades"), published.get("quoted-trades"));
        Recount.assertFlagsCsv(csv.resolve("flags"), published.get("flags"));
        Recount.assertFlagsCsv(csv.resolve("shadow-flags"), published.get("shadow-flags"));
        System.out.printf(
                "  %,d prices, %,d quotes: %,d summaries, %,d lists of movers, %,d flags (%,d of them there twice), %d recoveries%n",
                prices.size(),
                quotes.size(),
                published.get("summaries").size(),
                published.get("movers").size(),
                published.get("flags").size(),
                published.get("flags").size()
                        - published.get("flags").stream()
                                .map(CommittedRecords.Record::value)
                                .distinct()
                                .count(),
                recoveries);
    }

    void assertThatNothingIsLeftBehind() throws Exception {
        List<String> processes = new ArrayList<>(List.of("/jobmanager"));
        cluster.rest().taskManagers().forEach(taskManager -> processes.add("/taskmanagers/" + taskManager));
        for (String process : processes) {
            assertThat(cluster.rest().get(process + "/thread-dump").get("threadInfos"))
                    .isNotEmpty()
                    .extracting(thread -> thread.get("threadName").asText())
                    .as("threads of %s", process)
                    .noneMatch(name -> name.startsWith("kafka-producer-network-thread")
                            || name.startsWith("kafka-admin-client-thread")
                            || name.startsWith("Source Data Fetcher"));
        }
    }

    @Override
    public void close() {
        try (broker;
                cluster) {
            followed.values().forEach(CommittedRecords::close);
            if (visibleCsv != null) {
                visibleCsv.close();
            }
            if (load != null) {
                load.close();
            }
        }
    }
}
