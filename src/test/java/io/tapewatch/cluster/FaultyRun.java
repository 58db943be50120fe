package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.FaultyJob;
import io.tapewatch.OpenTransactions;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** The job on a cluster of its own, with brokers of its own, under load, and what befalls it. */
final class FaultyRun implements AutoCloseable {

    private static final String GROUP = "tapewatch";
    private static final String PREFIX = "tapewatch.";
    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration HANGING = Duration.ofSeconds(70);
    private static final List<String> FOLLOWED =
            List.of("summaries", "movers", "flags", "shadow-flags", "quoted-trades");

    private final Random random;
    private final Path csv;
    private final Path failures;
    private final Path clientProperties;
    private final BrokerCluster brokers;
    private final SessionCluster cluster;
    private final Map<String, CommittedRecords> followed = new HashMap<>();
    private KnownLoad load;
    private VisibleCsv visibleCsv;
    private String job;
    private String stateBackend;
    private int parallelism = 2;
    private long checkpointsBefore;
    private int faults;
    private int kills;
    private long recoveries;

    /** When the job may have ceased to work. */
    private long since;

    private Duration longestRecovery = Duration.ZERO;

    private FaultyRun(Path folder, String stateBackend, Random random, BrokerCluster brokers, SessionCluster cluster) {
        this.stateBackend = stateBackend;
        this.random = random;
        this.csv = folder.resolve("csv");
        this.failures = failures(folder);
        this.clientProperties = folder.resolve("kafka.properties");
        this.brokers = brokers;
        this.cluster = cluster;
    }

    private static Path failures(Path folder) {
        return folder.resolve("failures");
    }

    /** @param stateBackend the one it begins with; each {@link Fault#RESCALED} changes it */
    static FaultyRun start(Path folder, String stateBackend, Random random) throws Exception {
        return start(folder, stateBackend, random, 1, SessionCluster::start);
    }

    /** The same with nothing there once only: three brokers and two job managers. */
    static FaultyRun startHighlyAvailable(Path folder, String stateBackend, Random random) throws Exception {
        return start(folder, stateBackend, random, 3, SessionCluster::startHighlyAvailable);
    }

    private interface ClusterStart {
        SessionCluster start(Path folder, int taskManagers, Map<String, String> settings) throws Exception;
    }

    private static FaultyRun start(
            Path folder, String stateBackend, Random random, int brokerCount, ClusterStart clusterStart)
            throws Exception {
        Files.createDirectories(failures(folder));
        BrokerCluster brokers = BrokerCluster.start(folder.resolve("kafka"), brokerCount, Map.of());
        FaultyRun run;
        try {
            SessionCluster cluster = clusterStart.start(folder.resolve("flink"), 2, settings(folder));
            run = new FaultyRun(folder, stateBackend, random, brokers, cluster);
        } catch (Exception | AssertionError e) {
            brokers.close();
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

    private static Map<String, String> settings(Path folder) {
        return Map.of(
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
                "-D" + FaultyJob.FOLDER_PROPERTY + "=" + failures(folder));
    }

    private void begin() throws Exception {
        // Records wait for the next checkpoint before they are sent, so that a fault meets many that have not been
        // sent.
        Files.writeString(clientProperties, ProducerConfig.LINGER_MS_CONFIG + "=10000");
        brokers.createTopics(JobTopics.ANY
                .withPartitions(KnownLoad.PARTITIONS)
                .all(new InputTopics("prices", "rules", "quotes", "instruments"), PREFIX));
        KnownLoad.sendRules(brokers.bootstrapServers());
        KnownLoad.sendInstruments(brokers.bootstrapServers());
        for (String topic : FOLLOWED) {
            followed.put(topic, CommittedRecords.follow(brokers.bootstrapServers(), PREFIX + topic));
        }
        visibleCsv = VisibleCsv.watch(csv);
        load = KnownLoad.start(brokers.bootstrapServers(), random.nextLong());
        submit(null);
        cluster.rest().awaitSettled(job);
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
                                brokers.bootstrapServers(),
                                "--kafka.properties-file",
                                clientProperties.toString(),
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

    /** All of it: the faults, one after the other, so many records at least, and the recount. */
    void endure(List<Fault> faults, int records) throws Exception {
        for (Fault fault : faults) {
            suffer(fault);
        }
        finish(records);
        assertThatNothingIsLostOrThereTwice();
        assertThatNothingIsLeftBehind();
    }

    /** Lets the fault happen a moment from now, and waits until the job has got over it. */
    private void suffer(Fault fault) throws Exception {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
        long start = System.nanoTime();
        since = start;
        long restored = cluster.rest().restored(job);
        switch (fault) {
            case TASK_MANAGER_KILLED -> recovering(this::killTaskManager);
            case KAFKA_KILLED -> {
                killAllBrokers();
                brokers.begin();
            }
            case BOTH_KILLED ->
                recovering(() -> {
                    killAllBrokers();
                    killTaskManager();
                    brokers.begin();
                });
            case CANCELLED_AND_RESTORED -> {
                cluster.client().cancel(job);
                cluster.rest().awaitState(job, "CANCELED");
                String checkpoint = cluster.rest().lastCheckpoint(job);
                checkpointsBefore += cluster.rest().completedCheckpoints(job);
                submit(checkpoint);
            }
            case FAILED_AT_A_CHECKPOINT ->
                recovering(() -> {
                    Path told = Files.createFile(failures.resolve(FaultyJob.AT_THE_CHECKPOINT));
                    Waiting.untilTrue("a task has failed at a checkpoint", () -> !Files.exists(told));
                });
            case ZOMBIE_TASK_MANAGER -> wakeAZombie();
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
            case JOB_MANAGER_KILLED -> {
                checkpointsBefore += cluster.rest().completedCheckpoints(job);
                cluster.killLeadingJobManager();
                kills++;
                cluster.rest().awaitTakenOver(job);
                cluster.rest().awaitSettled(job);
                recovered();
                cluster.startStandby();
                since = System.nanoTime();
            }
            case PARTITION_LEADER_KILLED -> goOnWithout(brokers.leaderOf(anyPartitionOfPrices()));
            case COORDINATOR_KILLED -> goOnWithout(brokers.coordinatorOfATransaction(GROUP));
            case CONTROLLER_KILLED -> goOnWithout(brokers.controller());
            case BROKERS_ROLLED -> {
                brokers.rollAll();
                since = System.nanoTime();
            }
            case TWO_BROKERS_GONE -> loseTwoBrokers();
            case BROKER_HANGS -> goOnWhileItHangs(anyBroker());
            case KAFKA_HANGS -> holdAllBrokers();
        }
        cluster.rest().awaitSettled(job);
        recovered();
        faults++;
        recoveries += switch (fault) {
            case RESCALED -> 0;
            case CANCELLED_AND_RESTORED, JOB_MANAGER_KILLED -> 1;
            default -> cluster.rest().restored(job) - restored;
        };
        System.out.printf(
                "  %-25s %3d s, %,d records, %d recoveries%n",
                fault, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), load.count(), recoveries);
    }

    /** Notes for how long the job did not work. */
    private void recovered() {
        Duration recovery = Duration.ofNanos(System.nanoTime() - since);
        longestRecovery = recovery.compareTo(longestRecovery) > 0 ? recovery : longestRecovery;
    }

    private TopicPartition anyPartitionOfPrices() {
        return new TopicPartition("prices", random.nextInt(KnownLoad.PARTITIONS));
    }

    private BrokerProcess anyBroker() {
        return brokers.nodes().get(random.nextInt(brokers.nodes().size()));
    }

    private void kill(BrokerProcess broker) throws InterruptedException {
        broker.kill();
        kills++;
    }

    private void killAllBrokers() throws InterruptedException {
        for (BrokerProcess broker : brokers.nodes()) {
            kill(broker);
        }
    }

    /** Kills a broker of several, and starts it again when the job works without it. */
    private void goOnWithout(BrokerProcess broker) throws Exception {
        kill(broker);
        cluster.rest().awaitFurtherCheckpoints(job, 2);
        recovered();
        broker.restart();
        brokers.awaitInSync();
        since = System.nanoTime();
    }

    private void loseTwoBrokers() throws Exception {
        BrokerProcess left = anyBroker();
        List<BrokerProcess> gone =
                brokers.nodes().stream().filter(each -> each != left).toList();
        for (BrokerProcess broker : gone) {
            kill(broker);
        }
        Waiting.untilPassed(OUTAGE, since);
        for (BrokerProcess broker : gone) {
            broker.begin();
        }
        since = System.nanoTime();
        for (BrokerProcess broker : gone) {
            broker.awaitUp();
        }
        brokers.awaitInSync();
    }

    /** Holds a broker of several. The job works before the broker does. */
    private void goOnWhileItHangs(BrokerProcess broker) throws Exception {
        long start = System.nanoTime();
        broker.pause();
        try {
            cluster.rest().awaitFurtherCheckpoints(job, 2);
            recovered();
            Waiting.untilPassed(HANGING, start);
        } finally {
            broker.resume();
        }
        brokers.awaitInSync();
        since = System.nanoTime();
    }

    private void holdAllBrokers() throws Exception {
        for (BrokerProcess broker : brokers.nodes()) {
            broker.pause();
        }
        Waiting.untilPassed(HANGING, since);
        for (BrokerProcess broker : brokers.nodes()) {
            broker.resume();
        }
        since = System.nanoTime();
        brokers.awaitInSync();
    }

    private interface Trouble {
        void make() throws Exception;
    }

    private void recovering(Trouble trouble) throws Exception {
        long restored = cluster.rest().restored(job);
        trouble.make();
        cluster.rest().awaitRestored(job, restored + 1);
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
        cluster.killTaskManager(aBusyTaskManager());
        kills++;
        cluster.startTaskManager();
    }

    private String aBusyTaskManager() throws Exception {
        List<String> busy = List.copyOf(cluster.rest().taskManagersOf(job));
        return busy.get(random.nextInt(busy.size()));
    }

    /** Stops a task manager until the job runs without it; when it wakes, it must give up its tasks, and nothing else. */
    private void wakeAZombie() throws Exception {
        String id = aBusyTaskManager();
        JavaProcess zombie = cluster.taskManager(id);
        recovering(() -> {
            zombie.pause();
            cluster.startTaskManager();
        });
        cluster.rest().awaitSettled(job);
        zombie.resume();
        Waiting.untilTrue(id + " is there again and has given up its tasks", () -> {
            if (!zombie.isAlive()) {
                throw zombie.endedUnexpectedly();
            }
            try {
                return cluster.rest().taskManagers().contains(id)
                        && threads("/taskmanagers/" + id).noneMatch(FaultyRun::isOfATask);
            } catch (IOException e) {
                // It was taken for there until this very moment.
                return false;
            }
        });
        assertThat(zombie.log().lines().filter(line -> line.contains("FATAL")))
                .as("what %s is about to end of", id)
                .isEmpty();
    }

    /** Goes on until the job has had so many records, and lets it come to its end. */
    private void finish(int records) throws Exception {
        Waiting.untilTrue(records + " records", () -> load.count() >= records);
        load.finish();
        brokers.awaitRead(GROUP, "prices");
        brokers.awaitRead(GROUP, "quotes");
        cluster.rest().awaitFurtherCheckpoints(job, 1);
        cluster.client().stop(job, "--drain");
        // Kafka says that a transaction is committed a moment before readers of committed records see it.
        Waiting.untilTrue("no transaction is open", () -> OpenTransactions.of(brokers.bootstrapServers(), GROUP)
                .isEmpty());
    }

    long completedCheckpoints() throws Exception {
        return checkpointsBefore + cluster.rest().completedCheckpoints(job);
    }

    long recoveries() {
        return recoveries;
    }

    /** What there is to say of it when all has been recounted. */
    String figures() {
        return String.format(
                "%d faults, %d processes killed, %d recoveries from a checkpoint, the longest after %.1f s;"
                        + " %,d records, 0 lost, 0 there twice",
                faults, kills, recoveries, longestRecovery.toMillis() / 1000.0, load.count());
    }

    private void assertThatNothingIsLostOrThereTwice() throws Exception {
        List<CommittedRecords.Record> prices = CommittedRecords.all(brokers.bootstrapServers(), "prices");
        List<CommittedRecords.Record> quotes = CommittedRecords.all(brokers.bootstrapServers(), "quotes");
        Recount recount = new Recount(load.readBack(prices, quotes));
        Map<String, List<CommittedRecords.Record>> published = new HashMap<>();
        for (String topic : FOLLOWED) {
            List<CommittedRecords.Record> during = followed.get(topic).untilTheEnd();
            List<CommittedRecords.Record> after = CommittedRecords.all(brokers.bootstrapServers(), PREFIX + topic);
            assertThat(during).as("%s, read while it ran", topic).isEqualTo(after);
            published.put(topic, after);
        }
        recount.assertSummaries(published.get("summaries"));
        recount.assertMovers(published.get("movers"), published.get("summaries"));
        recount.assertQuotedTrades(published.get("quoted-trades"));
        recount.assertFlags(published.get("flags"), published.get("shadow-flags"));
        recount.assertDeadLetters(CommittedRecords.all(brokers.bootstrapServers(), PREFIX + "dead-letters"));
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

    private void assertThatNothingIsLeftBehind() throws Exception {
        List<String> processes = new ArrayList<>(List.of("/jobmanager"));
        cluster.rest().taskManagers().forEach(taskManager -> processes.add("/taskmanagers/" + taskManager));
        for (String process : processes) {
            assertThat(threads(process))
                    .as("threads of %s", process)
                    .isNotEmpty()
                    .noneMatch(FaultyRun::isOfATask);
        }
    }

    /** The names of a process's threads. */
    private Stream<String> threads(String process) throws Exception {
        JsonNode threads = cluster.rest().get(process + "/thread-dump").get("threadInfos");
        return StreamSupport.stream(threads.spliterator(), false)
                .map(thread -> thread.get("threadName").asText());
    }

    private static boolean isOfATask(String thread) {
        return thread.startsWith("kafka-producer-network-thread")
                || thread.startsWith("kafka-admin-client-thread")
                || thread.startsWith("Source Data Fetcher")
                || thread.matches(".* \\(\\d+/\\d+\\)#\\d+");
    }

    @Override
    public void close() {
        try (brokers;
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
