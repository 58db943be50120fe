package io.tapewatch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The whole job on a real broker and in a Flink of its own, with topics of its own. */
final class TestJob implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    /** Numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The output topics, and the schemas that all their records are held against. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "summaries",
            "summary",
            "movers",
            "movers",
            "flags",
            "flag",
            "shadow-flags",
            "flag",
            "quoted-trades",
            "quoted-trade",
            "rule-status",
            "rule-status",
            "dead-letters",
            "dead-letter");

    private final EmbeddedKafka kafka;
    private final Path folder;
    private final int pricePartitions;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> notSent = new AtomicReference<>();
    private final Configuration options = new Configuration();
    private int parallelism = 2;
    private String restartStrategy = "none";
    private String stateBackend = "hashmap";
    private JobClient running;

    /** Asked for at once: a cluster that has ended with its job answers no more. */
    private CompletableFuture<JobExecutionResult> ended;

    private JobID id;
    private String savepoint;

    TestJob(EmbeddedKafka kafka, Path folder, int pricePartitions) {
        this(kafka, folder, pricePartitions, "test-" + NUMBER.incrementAndGet() + ".");
    }

    /** @param prefix what the names of all its topics begin with, and its group: of no other test's */
    TestJob(EmbeddedKafka kafka, Path folder, int pricePartitions, String prefix) {
        this.prefix = prefix;
        this.kafka = kafka;
        this.folder = folder;
        this.pricePartitions = pricePartitions;
        InputTopics inputs = new InputTopics(prefix + "prices", prefix + "rules");
        kafka.createTopics(JobTopics.ANY.withPartitions(pricePartitions).all(inputs, prefix));
        producer = PatientProducer.of(kafka.bootstrapServers());
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        options.set(JobOptions.PRICES_TOPIC, prefix + "prices");
        options.set(JobOptions.RULES_TOPIC, prefix + "rules");
        options.set(JobOptions.OUTPUT_PREFIX, prefix);
        options.set(JobOptions.GROUP_ID, prefix + "group");
        options.set(JobOptions.IDLE_TIMEOUT, Duration.ofMillis(500));
    }

    /** Lets it have quotes, in a topic with as many partitions as that of prices, and instruments, in one with one. */
    TestJob withQuotesAndInstruments() {
        options.set(JobOptions.QUOTES_TOPIC, prefix + "quotes");
        options.set(JobOptions.INSTRUMENTS_TOPIC, prefix + "instruments");
        JobTopics topics = JobTopics.ANY.withPartitions(pricePartitions);
        List<TopicSpec> known = topics.all(new InputTopics(prefix + "prices", prefix + "rules"), prefix);
        InputTopics all =
                new InputTopics(prefix + "prices", prefix + "rules", prefix + "quotes", prefix + "instruments");
        kafka.createTopics(topics.all(all, prefix).stream()
                .filter(topic -> known.stream().noneMatch(each -> each.name().equals(topic.name())))
                .toList());
        return this;
    }

    Configuration options() {
        return options;
    }

    String topic(String name) {
        return prefix + name;
    }

    /** Lets failed tasks be restarted; without this a failure ends the job. */
    TestJob restarting() {
        restartStrategy = "fixed-delay";
        return this;
    }

    TestJob stateBackend(String stateBackend) {
        this.stateBackend = stateBackend;
        return this;
    }

    TestJob parallelism(int parallelism) {
        this.parallelism = parallelism;
        return this;
    }

    Future<RecordMetadata> send(String topic, Integer partition, String key, String value) {
        return send(topic, partition, null, key, value);
    }

    /** @param stamp what the record's timestamp is, by the producer's clock; null for what its clock says now */
    Future<RecordMetadata> send(String topic, Integer partition, Long stamp, String key, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                prefix + topic,
                partition,
                stamp,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return producer.send(record, (at, e) -> {
            if (e != null) {
                notSent.compareAndSet(null, e);
            }
        });
    }

    /** Waits until Kafka has everything that was sent. */
    void flush() {
        producer.flush();
        if (notSent.get() != null) {
            throw new IllegalStateException("Kafka did not take a record", notSent.get());
        }
    }

    StreamExecutionEnvironment environment(Duration checkpoints) {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        flink.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        IdlePartitions.reportTo(flink);
        JobMetrics.reportTo(flink);
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, restartStrategy);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 200);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    }

    /** Builds the job as a start would, and does not start it. */
    void build() {
        TapewatchJob.build(environment(Duration.ofSeconds(1)), options);
    }

    /** The next start is from this savepoint. */
    TestJob from(Path savepoint) {
        this.savepoint = savepoint.toUri().toString();
        return this;
    }

    /** Where the savepoint is with which it was stopped last. */
    Path savepoint() {
        return Path.of(URI.create(savepoint));
    }

    /** The next start is one without state. */
    void forgetSavepoint() {
        savepoint = null;
    }

    /**
     * The next start is from a checkpoint that a run has left behind.
     *
     * @param before how many checkpoints before its last
     */
    void restoreCheckpoint(JobID run, int before) throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("checkpoints").resolve(run.toString()))) {
            List<Path> checkpoints = left.filter(each -> Files.exists(each.resolve("_metadata")))
                    .sorted(Comparator.comparingLong(TestJob::number))
                    .toList();
            savepoint = checkpoints.get(checkpoints.size() - 1 - before).toUri().toString();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
    }

    /** Runs over everything that was sent, until the job ends by itself. */
    void runToTheEnd() throws Exception {
        flush();
        options.set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
        StreamExecutionEnvironment env = environment(Duration.ofSeconds(2));
        TapewatchJob.build(env, options);
        env.execute();
    }

    /** Starts it, from its savepoint if there is one; it runs until this is closed. */
    void start() throws Exception {
        start(ends -> ends);
    }

    /** The same, with some of its ends exchanged. */
    void start(UnaryOperator<Ends> exchange) throws Exception {
        flush();
        StreamExecutionEnvironment env = environment(Duration.ofMillis(200));
        TapewatchJob.build(env, options, exchange);
        start(env);
    }

    /** Starts the job that was built in this environment. */
    void start(StreamExecutionEnvironment env) throws Exception {
        running = env.executeAsync();
        ended = running.getJobExecutionResult();
        id = running.getJobID();
    }

    /** The job that runs, or ran last. */
    JobID id() {
        return id;
    }

    /** Waits until the job has failed, and says why. */
    Throwable awaitFailure() throws Exception {
        return ended.handle((result, failure) -> failure).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void stopWithSavepoint() throws Exception {
        stopWithSavepoint(false);
    }

    /** Ends it at once. */
    void cancel() throws Exception {
        running.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ended.handle((result, cancelled) -> result).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        running = null;
    }

    /** Ends it as if its input had ended. */
    void drain() throws Exception {
        stopWithSavepoint(true);
    }

    private void stopWithSavepoint(boolean drain) throws Exception {
        awaitRulesAtStart();
        savepoint = running.stopWithSavepoint(
                        drain, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        running = null;
    }

    /** Flink declines a savepoint, and fails the job, while one of its tasks comes to its end. */
    private void awaitRulesAtStart() throws Exception {
        awaitAccount(any -> JobMetrics.hasEnded(id, "Source: rules-at-start")
                && (!options.contains(JobOptions.INSTRUMENTS_TOPIC)
                        || JobMetrics.hasEnded(id, "Source: instruments-at-start")));
        long checkpoint = awaitAccount(any -> true).checkpoint();
        // The next may have begun while they ran. The one after that says that Flink has heard of their end.
        awaitAccount(account -> account.checkpoint() - checkpoint > 1);
    }

    /** Waits until readers see what is committed: Kafka tells the job before it tells the topics. */
    void awaitCommitted() {
        OpenTransactions.awaitEnds(kafka.bootstrapServers());
    }

    /** Everything that is committed in an output topic now. */
    List<JsonNode> read(String topic) {
        return records(topic).stream().map(TestJob::json).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        awaitCommitted();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(prefix + topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.get(0));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            records.forEach(record -> assertValid(topic, record));
            return records;
        }
    }

    /** Waits until an output topic holds a record like this. */
    JsonNode await(String topic, Predicate<JsonNode> like) throws Exception {
        return await(topic, like, () -> {});
    }

    /** The same, doing something each time it has looked in vain. */
    JsonNode await(String topic, Predicate<JsonNode> like, Runnable meanwhile) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(prefix + topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            List<JsonNode> seen = new ArrayList<>();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    assertValid(topic, record);
                    JsonNode json = json(record);
                    if (like.test(json)) {
                        return json;
                    }
                    seen.add(json);
                }
                failIfEnded();
                meanwhile.run();
            }
            throw new AssertionError("no such record in " + topic + " within " + PATIENCE + "; there were " + seen);
        }
    }

    /** Waits until the account of a checkpoint is like this. */
    JobMetrics.Account awaitAccount(Predicate<JobMetrics.Account> like) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<JobMetrics.Account> seen = Optional.empty();
        while (System.nanoTime() < deadline) {
            seen = JobMetrics.account(id);
            if (seen.filter(like).isPresent()) {
                return seen.get();
            }
            failIfEnded();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("no such account within " + PATIENCE + "; the last was " + seen);
    }

    /** The account of a job that has ended: its tasks may take a moment longer to be gone, each with its last figures. */
    JobMetrics.Account lastAccount() {
        return lastAccount(id);
    }

    /** The same of any job. */
    static JobMetrics.Account lastAccount(JobID job) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<JobMetrics.Account> account = JobMetrics.account(job);
        while (account.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            account = JobMetrics.account(job);
        }
        return account.orElseThrow();
    }

    private void failIfEnded() throws Exception {
        if (running != null && ended.isDone()) {
            ended.get();
            throw new AssertionError("the job ended");
        }
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(new String(record.value(), StandardCharsets.UTF_8), e);
        }
    }

    private static void assertValid(String topic, ConsumerRecord<byte[], byte[]> record) {
        if (topic.equals("dead-letters")) {
            Schemas.assertValid(SCHEMAS.get(topic), record.headers());
        } else {
            Schemas.assertValid(SCHEMAS.get(topic), json(record));
        }
    }

    @Override
    public void close() {
        producer.close();
        if (running == null || running.getJobExecutionResult().isDone()) {
            return;
        }
        try {
            // A job that fails at this moment refuses to be cancelled: what counts is that it ends.
            running.cancel();
            ended.handle((result, cancelled) -> result).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the job could not be cancelled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
