package io.tapewatch.io;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Flag;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.RuleRequest;
import io.tapewatch.domain.Summary;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** The job's sources and sinks. */
public final class KafkaTopics {

    /** At most what a broker allows unless told otherwise (transaction.max.timeout.ms). */
    private static final int TRANSACTION_TIMEOUT_MS = 15 * 60 * 1000;

    /** Small fetches keep partitions abreast while catching up, so that fewer ticks wait for the watermark. */
    private static final int PARTITION_FETCH_BYTES = 128 * 1024;

    private final String servers;
    private final Properties properties;
    private final String group;
    private final String prefix;

    /**
     * @param servers the brokers to ask first
     * @param properties further settings of all clients, such as security
     * @param group the consumer group, also part of the transactional ids
     * @param prefix what the names of output topics begin with
     */
    public KafkaTopics(String servers, Properties properties, String group, String prefix) {
        this.servers = servers;
        this.properties = properties;
        this.group = group;
        this.prefix = prefix;
    }

    /**
     * The prices.
     *
     * @param start where a job without a savepoint begins
     * @param until where the job ends, or null: never
     */
    public KafkaSource<Decoded> prices(
            String topic,
            OffsetsInitializer start,
            OffsetsInitializer until,
            int maxBytes,
            Duration maxFuture,
            boolean allowNonpositive,
            TypeInformation<Decoded> type) {
        var source = KafkaSource.<Decoded>builder()
                .setBootstrapServers(servers)
                .setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(PARTITION_FETCH_BYTES))
                .setProperties(properties)
                .setGroupId(group)
                .setClientIdPrefix(group + "-prices")
                .setTopics(topic)
                .setStartingOffsets(start)
                .setDeserializer(new PriceDeserialization(topic, maxBytes, maxFuture, allowNonpositive, type));
        if (until != null) {
            source.setBounded(until);
        }
        return source.build();
    }

    /** The rules that were there when the job started: up to {@code end}. */
    public KafkaSource<RuleRequest> rulesUpTo(String topic, Map<TopicPartition, Long> end) {
        return KafkaSource.<RuleRequest>builder()
                .setBootstrapServers(servers)
                .setProperties(properties)
                .setClientIdPrefix(group + "-rules-at-start")
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.offsets(end))
                .setDeserializer(new RuleDeserialization())
                .build();
    }

    /**
     * The rules that come after {@code end}.
     *
     * @param bounded whether there are none: a job that ends must not wait for rules
     */
    public KafkaSource<RuleRequest> rulesFrom(String topic, Map<TopicPartition, Long> end, boolean bounded) {
        var source = KafkaSource.<RuleRequest>builder()
                .setBootstrapServers(servers)
                .setProperties(properties)
                .setClientIdPrefix(group + "-rules")
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.offsets(end))
                .setDeserializer(new RuleDeserialization());
        if (bounded) {
            source.setBounded(OffsetsInitializer.offsets(end));
        }
        return source.build();
    }

    public Sink<Summary> summaries(DeliveryGuarantee delivery) {
        return sink(
                "summaries",
                delivery,
                new JsonRecords<>(
                        prefix + "summaries", Summary::symbol, (summary, out) -> SummaryFormat.write(out, summary)));
    }

    public FileSink<Summary> summariesCsv(String folder) {
        return CsvFiles.summaries(folder);
    }

    public FileSink<Tick> pricesCsv(String folder) {
        return CsvFiles.prices(folder);
    }

    public Sink<Flag> flags(DeliveryGuarantee delivery, String pricesTopic) {
        return sink(
                "flags",
                delivery,
                new JsonRecords<>(
                        prefix + "flags", Flag::symbol, (flag, out) -> FlagFormat.write(out, flag, pricesTopic)));
    }

    public FileSink<Flag> flagsCsv(String folder, String pricesTopic) {
        return CsvFiles.flags(folder, pricesTopic);
    }

    public Sink<Verdict> verdicts() {
        return sink(
                "rule-status",
                DeliveryGuarantee.AT_LEAST_ONCE,
                new JsonRecords<>(
                        prefix + "rule-status",
                        Verdict::ruleId,
                        (verdict, out) -> RuleStatusFormat.write(out, verdict)));
    }

    public Sink<Rejection> deadLetters(int maxBytes) {
        return sink(
                "dead-letters", DeliveryGuarantee.AT_LEAST_ONCE, new DeadLetters(prefix + "dead-letters", maxBytes));
    }

    private <T> KafkaSink<T> sink(
            String name, DeliveryGuarantee delivery, KafkaRecordSerializationSchema<T> serializer) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(servers)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT_MS))
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(delivery)
                .setTransactionalIdPrefix(group + "-" + name)
                .setRecordSerializer(serializer)
                .build();
    }
}
