package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.kafka.KafkaTopics;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The job's sources. */
public final class JobSources {

    /** Small fetches keep partitions abreast while catching up, so that fewer ticks wait for the watermark. */
    private static final int PARTITION_FETCH_BYTES = 128 * 1024;

    /** How soon it is noticed that a topic has been deleted, or has more partitions. */
    private static final int LOOK_EVERY_MILLIS = 30_000;

    private final String servers;
    private final Properties properties;
    private final String group;

    /**
     * Which part of a topic is read.
     *
     * @param from where a job without a savepoint begins
     * @param until where the job ends, or null: never
     * @param goOnAtEarliest whether a job whose position is gone goes on at the earliest record there is; else it fails
     */
    public record Stretch(
            Map<TopicPartition, Long> from, @Nullable Map<TopicPartition, Long> until, boolean goOnAtEarliest) {}

    /**
     * @param servers the brokers to ask first
     * @param properties further settings of all clients, such as security
     * @param group the consumer group
     */
    public JobSources(String servers, Properties properties, String group) {
        this.servers = servers;
        this.properties = properties;
        this.group = group;
    }

    /**
     * The prices.
     *
     * @param format that of the records
     */
    public CarefulSource<Decoded> prices(
            String topic, Stretch stretch, DecoderFactory format, TypeInformation<Decoded> type) {
        return tape(topic, "prices", stretch, new PriceDeserialization(topic, format, type));
    }

    /**
     * The quotes.
     *
     * @param format that of the records
     */
    public CarefulSource<Decoded> quotes(
            String topic, Stretch stretch, DecoderFactory format, TypeInformation<Decoded> type) {
        return tape(topic, "quotes", stretch, new DecodedDeserialization(topic, format, type));
    }

    /** A topic whose position belongs to the consumer group. */
    @SuppressWarnings("deprecation") // The connector asks for this enum of Kafka's, which Kafka has deprecated.
    private CarefulSource<Decoded> tape(
            String topic, String client, Stretch stretch, KafkaRecordDeserializationSchema<Decoded> deserializer) {
        Properties reading = new Properties();
        reading.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(PARTITION_FETCH_BYTES));
        reading.putAll(reading(stretch.until != null));
        return source(
                topic,
                client,
                reading,
                OffsetsInitializer.offsets(
                        stretch.from, stretch.goOnAtEarliest ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE),
                stretch.until,
                deserializer);
    }

    /** The rules that were there when the job started: up to {@code end}. */
    public CarefulSource<RuleRequest> rulesUpTo(
            String topic, Map<TopicPartition, Long> end, TypeInformation<RuleRequest> type) {
        return upTo(topic, "rules-at-start", end, new RuleDeserialization(type));
    }

    /**
     * The rules that come after {@code end}.
     *
     * @param bounded whether there are none: a job that ends must not wait for rules
     */
    public CarefulSource<RuleRequest> rulesFrom(
            String topic, Map<TopicPartition, Long> end, boolean bounded, TypeInformation<RuleRequest> type) {
        return from(topic, "rules", end, bounded, new RuleDeserialization(type));
    }

    /**
     * The instruments that were there when the job started: up to {@code end}.
     *
     * @param format that of the records
     */
    public CarefulSource<Decoded> instrumentsUpTo(
            String topic, Map<TopicPartition, Long> end, DecoderFactory format, TypeInformation<Decoded> type) {
        return upTo(topic, "instruments-at-start", end, new DecodedDeserialization(topic, format, type));
    }

    /**
     * The instruments that come after {@code end}.
     *
     * @param bounded whether there are none: a job that ends must not wait for instruments
     * @param format that of the records
     */
    public CarefulSource<Decoded> instrumentsFrom(
            String topic,
            Map<TopicPartition, Long> end,
            boolean bounded,
            DecoderFactory format,
            TypeInformation<Decoded> type) {
        return from(topic, "instruments", end, bounded, new DecodedDeserialization(topic, format, type));
    }

    private <T> CarefulSource<T> upTo(
            String topic,
            String client,
            Map<TopicPartition, Long> end,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return source(topic, client, control(true), OffsetsInitializer.earliest(), end, deserializer);
    }

    private <T> CarefulSource<T> from(
            String topic,
            String client,
            Map<TopicPartition, Long> end,
            boolean bounded,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return source(
                topic, client, control(bounded), OffsetsInitializer.offsets(end), bounded ? end : null, deserializer);
    }

    /** @param until where it ends, or null: never */
    private <T> CarefulSource<T> source(
            String topic,
            String client,
            Properties reading,
            OffsetsInitializer from,
            @Nullable Map<TopicPartition, Long> until,
            KafkaRecordDeserializationSchema<T> deserializer) {
        reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        reading.put(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), group + "-" + client);
        KafkaSourceBuilder<T> source = KafkaSource.<T>builder()
                .setProperties(reading)
                .setKafkaSubscriber(new SameTopic(topic))
                .setStartingOffsets(from)
                .setDeserializer(deserializer);
        if (until != null) {
            source.setBounded(OffsetsInitializer.offsets(until));
        }
        return new CarefulSource<>(source.build(), consumer(reading, from), deserializer);
    }

    /** What the Kafka source adds to the properties of its consumer. */
    private static Properties consumer(Properties reading, OffsetsInitializer from) {
        Properties consumer = new Properties();
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.putAll(reading);
        consumer.put(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                from.getAutoOffsetResetStrategy().name().toLowerCase(Locale.ROOT));
        return consumer;
    }

    /** Of rules and instruments: they are read from the beginning at every start, so there is no position to commit. */
    private Properties control(boolean bounded) {
        Properties reading = reading(bounded);
        reading.put(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
        return reading;
    }

    /**
     * What a transaction wrote that was aborted was never said; and a broker that is away is waited for.
     *
     * @param bounded whether the source ends: then it does not look for new partitions, and takes no interval for that; and
     *     it commits its last position with a second consumer, whose metrics Flink would take for those of the first
     */
    private Properties reading(boolean bounded) {
        Properties reading = new Properties();
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(KafkaTopics.LONGEST_OUTAGE_MS));
        if (bounded) {
            reading.put(KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS.key(), "false");
        } else {
            reading.put(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), String.valueOf(LOOK_EVERY_MILLIS));
        }
        reading.putAll(properties);
        return reading;
    }
}
