package io.tapewatch.io;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Flag;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Movers;
import io.tapewatch.domain.QuotedTrade;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.RuleRequest;
import io.tapewatch.domain.Summary;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** The job's sources and sinks. */
public final class KafkaTopics {

    public static final String SUMMARIES = "summaries";
    public static final String MOVERS = "movers";
    public static final String FLAGS = "flags";
    public static final String SHADOW_FLAGS = "shadow-flags";
    public static final String QUOTED_TRADES = "quoted-trades";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String RULE_STATUS = "rule-status";

    /** At most what a broker allows unless told otherwise (transaction.max.timeout.ms). */
    private static final int TRANSACTION_TIMEOUT_MS = 15 * 60 * 1000;

    /** How long brokers may be away and a task only waits; beyond, it fails and is restarted. */
    private static final int LONGEST_OUTAGE_MS = 5 * 60 * 1000;

    /** The most bytes of a dead letter besides its key and value: headers, and what Kafka adds. */
    private static final int DEAD_LETTER_ROOM = 4 * 1024;

    /** The most bytes of a flag besides the texts of its tick: evidence, message, numbers, and what Kafka adds. */
    private static final int FLAG_ROOM = 16 * 1024;

    /** The most bytes of a trade beside its quote, besides the trade's id: figures, and what Kafka adds. */
    private static final int QUOTED_TRADE_ROOM = 4 * 1024;

    /** The most bytes of a character: in UTF-8 3, escaped by JSON 2, as an instrument's texts hold no control characters. */
    private static final int CHARACTER_BYTES = 3;

    /** The most bytes of what is known about an instrument: its five texts, its multiplier, and their names. */
    private static final int INSTRUMENT_BYTES = 5 * Instrument.MAX_TEXT * CHARACTER_BYTES + 128;

    /** The most bytes of a symbol in a list of movers: its name, its figures, and theirs. */
    private static final int MOVER_BYTES = 320;

    /** The most bytes of movers besides their lists: window, times, and what Kafka adds. */
    private static final int MOVERS_ROOM = 1024;

    private static final int PRODUCER_MAX_REQUEST = 1024 * 1024;

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
     * The names of the topics that the job writes to.
     *
     * @param movers whether there are movers
     * @param quotedTrades whether there are trades beside their quotes
     */
    public static List<String> outputs(String prefix, boolean movers, boolean quotedTrades) {
        return Stream.of(SUMMARIES, MOVERS, FLAGS, SHADOW_FLAGS, QUOTED_TRADES, DEAD_LETTERS, RULE_STATUS)
                .filter(name -> movers || !name.equals(MOVERS))
                .filter(name -> quotedTrades || !name.equals(QUOTED_TRADES))
                .map(name -> prefix + name)
                .toList();
    }

    /** How long a transaction may last, in milliseconds: as these settings say, or else the job. */
    public static int transactionTimeout(Properties properties) {
        return number(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    }

    /** How many bytes the record of a dead letter has at most whose key and value are cut to {@code maxBytes}. */
    public static int deadLetterBytes(int maxBytes) {
        return maxBytes + DEAD_LETTER_ROOM;
    }

    /**
     * How many bytes the record of a flag has at most when prices have up to {@code maxPriceBytes}.
     *
     * @param instruments whether it says what is known about the instrument
     */
    public static int flagBytes(int maxPriceBytes, boolean instruments) {
        return maxPriceBytes + FLAG_ROOM + (instruments ? INSTRUMENT_BYTES : 0);
    }

    /** How many bytes the record of a quoted trade has at most when prices have up to {@code maxPriceBytes}. */
    public static int quotedTradeBytes(int maxPriceBytes) {
        return maxPriceBytes + QUOTED_TRADE_ROOM;
    }

    /**
     * How many bytes the record of movers has at most whose lists hold up to {@code size} symbols each.
     *
     * @param instruments whether they say what is known about the instruments
     */
    public static int moversBytes(int size, boolean instruments) {
        return 3 * size * (MOVER_BYTES + (instruments ? INSTRUMENT_BYTES : 0)) + MOVERS_ROOM;
    }

    /**
     * Expects that producers with these settings send records of so many bytes.
     *
     * @param why what makes records so large, and what makes them smaller
     * @throws IllegalArgumentException if they do not
     */
    public static void expectProducerRoom(Properties properties, int bytes, String why) {
        int most = number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, PRODUCER_MAX_REQUEST);
        if (most < bytes) {
            boolean isSet = properties.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG) != null;
            throw new IllegalArgumentException(ProducerConfig.MAX_REQUEST_SIZE_CONFIG + " in the file of"
                    + " --kafka.properties-file is " + (isSet ? "" : "not set, and else ") + most + ", and " + bytes
                    + " are needed: " + why);
        }
    }

    private static int number(Properties properties, String name, int otherwise) {
        String text = properties.getProperty(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " in the file of --kafka.properties-file is no whole number", e);
        }
    }

    /**
     * Expects that CSV files can be written to a folder.
     *
     * @throws IOException if they cannot
     */
    public static void expectWritable(String folder) throws IOException {
        CsvFiles.expectWritable(folder);
    }

    /**
     * The prices.
     *
     * @param from where a job without a savepoint begins
     * @param until where the job ends, or null: never
     * @param goOnAtEarliest whether a job whose position is gone goes on at the earliest record there is; else it fails
     */
    public KafkaSource<Decoded> prices(
            String topic,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> until,
            boolean goOnAtEarliest,
            int maxBytes,
            Duration maxFuture,
            boolean allowNonpositive,
            TypeInformation<Decoded> type) {
        return tape(
                topic,
                "prices",
                from,
                until,
                goOnAtEarliest,
                new PriceDeserialization(topic, maxBytes, maxFuture, allowNonpositive, type));
    }

    /** The quotes; everything is as for {@link #prices}. */
    public KafkaSource<Decoded> quotes(
            String topic,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> until,
            boolean goOnAtEarliest,
            int maxBytes,
            Duration maxFuture,
            boolean allowNonpositive,
            TypeInformation<Decoded> type) {
        return tape(
                topic,
                "quotes",
                from,
                until,
                goOnAtEarliest,
                new QuoteDeserialization(topic, maxBytes, maxFuture, allowNonpositive, type));
    }

    /** A topic whose position belongs to the consumer group. */
    @SuppressWarnings("deprecation") // The connector asks for this enum of Kafka's, which Kafka has deprecated.
    private KafkaSource<Decoded> tape(
            String topic,
            String client,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> until,
            boolean goOnAtEarliest,
            KafkaRecordDeserializationSchema<Decoded> deserializer) {
        Properties reading = new Properties();
        reading.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(PARTITION_FETCH_BYTES));
        reading.putAll(reading());
        var source = source(topic, client, reading, deserializer)
                .setGroupId(group)
                .setStartingOffsets(OffsetsInitializer.offsets(
                        from, goOnAtEarliest ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE));
        if (until != null) {
            source.setBounded(OffsetsInitializer.offsets(until));
        }
        return source.build();
    }

    /** The rules that were there when the job started: up to {@code end}. */
    public KafkaSource<RuleRequest> rulesUpTo(
            String topic, Map<TopicPartition, Long> end, TypeInformation<RuleRequest> type) {
        return upTo(topic, "rules-at-start", end, new RuleDeserialization(type));
    }

    /**
     * The rules that come after {@code end}.
     *
     * @param bounded whether there are none: a job that ends must not wait for rules
     */
    public KafkaSource<RuleRequest> rulesFrom(
            String topic, Map<TopicPartition, Long> end, boolean bounded, TypeInformation<RuleRequest> type) {
        return from(topic, "rules", end, bounded, new RuleDeserialization(type));
    }

    /** The instruments that were there when the job started: up to {@code end}. */
    public KafkaSource<Decoded> instrumentsUpTo(
            String topic, Map<TopicPartition, Long> end, int maxBytes, TypeInformation<Decoded> type) {
        return upTo(topic, "instruments-at-start", end, new InstrumentDeserialization(topic, maxBytes, type));
    }

    /**
     * The instruments that come after {@code end}.
     *
     * @param bounded whether there are none: a job that ends must not wait for instruments
     */
    public KafkaSource<Decoded> instrumentsFrom(
            String topic, Map<TopicPartition, Long> end, boolean bounded, int maxBytes, TypeInformation<Decoded> type) {
        return from(topic, "instruments", end, bounded, new InstrumentDeserialization(topic, maxBytes, type));
    }

    private <T> KafkaSource<T> upTo(
            String topic,
            String client,
            Map<TopicPartition, Long> end,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return source(topic, client, reading(), deserializer)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.offsets(end))
                .build();
    }

    private <T> KafkaSource<T> from(
            String topic,
            String client,
            Map<TopicPartition, Long> end,
            boolean bounded,
            KafkaRecordDeserializationSchema<T> deserializer) {
        var source = source(topic, client, reading(), deserializer).setStartingOffsets(OffsetsInitializer.offsets(end));
        if (bounded) {
            source.setBounded(OffsetsInitializer.offsets(end));
        }
        return source.build();
    }

    private <T> KafkaSourceBuilder<T> source(
            String topic, String client, Properties reading, KafkaRecordDeserializationSchema<T> deserializer) {
        return KafkaSource.<T>builder()
                .setBootstrapServers(servers)
                .setProperties(reading)
                .setClientIdPrefix(group + "-" + client)
                .setTopics(topic)
                .setDeserializer(deserializer);
    }

    /** What a transaction wrote that was aborted was never said; and a broker that is away is waited for. */
    private Properties reading() {
        Properties reading = new Properties();
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(LONGEST_OUTAGE_MS));
        reading.putAll(properties);
        return reading;
    }

    public Sink<Summary> summaries(DeliveryGuarantee delivery) {
        return sink(
                SUMMARIES,
                delivery,
                new JsonRecords<>(
                        prefix + SUMMARIES, Summary::symbol, (summary, out) -> SummaryFormat.write(out, summary)));
    }

    public FileSink<Summary> summariesCsv(String folder) {
        return CsvFiles.summaries(folder);
    }

    public Sink<Movers> movers(DeliveryGuarantee delivery) {
        return sink(
                MOVERS,
                delivery,
                new JsonRecords<>(prefix + MOVERS, Movers::window, (movers, out) -> MoversFormat.write(out, movers)));
    }

    public FileSink<Movers> moversCsv(String folder) {
        return CsvFiles.movers(folder);
    }

    public Sink<QuotedTrade> quotedTrades(DeliveryGuarantee delivery) {
        return sink(
                QUOTED_TRADES,
                delivery,
                new JsonRecords<>(
                        prefix + QUOTED_TRADES,
                        QuotedTrade::symbol,
                        (trade, out) -> QuotedTradeFormat.write(out, trade)));
    }

    public FileSink<QuotedTrade> quotedTradesCsv(String folder) {
        return CsvFiles.quotedTrades(folder);
    }

    public FileSink<Tick> pricesCsv(String folder) {
        return CsvFiles.prices(folder);
    }

    public Sink<Flag> flags(DeliveryGuarantee delivery, SourceTopics sources) {
        return flags(FLAGS, delivery, sources);
    }

    public Sink<Flag> shadowFlags(DeliveryGuarantee delivery, SourceTopics sources) {
        return flags(SHADOW_FLAGS, delivery, sources);
    }

    private Sink<Flag> flags(String name, DeliveryGuarantee delivery, SourceTopics sources) {
        return sink(
                name,
                delivery,
                new JsonRecords<>(prefix + name, Flag::symbol, (flag, out) -> FlagFormat.write(out, flag, sources)));
    }

    public FileSink<Flag> flagsCsv(String folder, SourceTopics sources) {
        return CsvFiles.flags(folder, FLAGS, sources);
    }

    public FileSink<Flag> shadowFlagsCsv(String folder, SourceTopics sources) {
        return CsvFiles.flags(folder, SHADOW_FLAGS, sources);
    }

    public Sink<Verdict> verdicts() {
        return sink(
                RULE_STATUS,
                DeliveryGuarantee.AT_LEAST_ONCE,
                new JsonRecords<>(
                        prefix + RULE_STATUS, Verdict::ruleId, (verdict, out) -> RuleStatusFormat.write(out, verdict)));
    }

    public Sink<Rejection> deadLetters(int maxBytes) {
        return sink(DEAD_LETTERS, DeliveryGuarantee.AT_LEAST_ONCE, new DeadLetters(prefix + DEAD_LETTERS, maxBytes));
    }

    private <T> KafkaSink<T> sink(
            String name, DeliveryGuarantee delivery, KafkaRecordSerializationSchema<T> serializer) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(servers)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT_MS))
                .setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(LONGEST_OUTAGE_MS))
                .setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(LONGEST_OUTAGE_MS))
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(delivery)
                .setTransactionalIdPrefix(group + "-" + name)
                .setRecordSerializer(serializer)
                .build();
    }
}
