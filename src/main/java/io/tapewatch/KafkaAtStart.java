package io.tapewatch;

import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaExpectations;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.kafka.LargestRecords;
import io.tapewatch.io.kafka.LastRecords;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the job finds in Kafka before it starts. Positions are looked up here, once: a restart without a checkpoint begins
 * where the job began, and what is not there any more is told instead of skipped.
 *
 * @param prices the topic of prices
 * @param quotes the topic of quotes, if there is one
 * @param rules the topic of rules
 * @param instruments the topic of instruments, if there is one
 */
record KafkaAtStart(Timed prices, Optional<Timed> quotes, Control rules, Optional<Control> instruments) {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAtStart.class);

    /**
     * A topic whose position belongs to the consumer group.
     *
     * @param partitions how many partitions it has
     * @param from where a job without a savepoint begins to read it
     * @param until where the job ends; empty: never
     */
    record Timed(int partitions, Map<TopicPartition, Long> from, Optional<Map<TopicPartition, Long>> until) {}

    /**
     * A topic that is read from its beginning at every start.
     *
     * @param end where the records end that are there already
     * @param last the offset of the last of them, of each partition that has one
     */
    record Control(Map<TopicPartition, Long> end, Map<Integer, Long> last) {}

    /** Whether the job ends. */
    boolean isBounded() {
        return prices.until().isPresent();
    }

    /**
     * Looks, and holds what is there against what the job needs.
     *
     * @throws KafkaConnection.KafkaUnusable if the job could not run; the message is one line
     */
    static KafkaAtStart find(Configuration options, Properties properties) {
        InputTopics inputs = JobSettings.inputs(options);
        try (KafkaConnection kafka = new KafkaConnection(options.get(JobOptions.BOOTSTRAP_SERVERS), properties)) {
            KafkaExpectations expectations = new KafkaExpectations(kafka);
            expectOutputs(kafka, expectations, options, properties);
            warnOfInputs(expectations, inputs);
            Control rules = control(kafka, inputs.rules());
            Optional<Control> instruments =
                    Optional.ofNullable(inputs.instruments()).map(topic -> control(kafka, topic));
            return new KafkaAtStart(
                    timed(kafka, options, inputs.prices()),
                    Optional.ofNullable(inputs.quotes()).map(topic -> timed(kafka, options, topic)),
                    rules,
                    instruments);
        }
    }

    private static void expectOutputs(
            KafkaConnection kafka, KafkaExpectations expectations, Configuration options, Properties properties) {
        String prefix = options.get(JobOptions.OUTPUT_PREFIX);
        kafka.expectTopics(KafkaTopics.outputs(
                prefix, JobSettings.moversWindow(options).isPresent(), options.contains(JobOptions.QUOTES_TOPIC)));
        expectRoom(expectations, options, properties);
        expectations.expectNotCompacted(prefix + KafkaTopics.DEAD_LETTERS);
        expectations.expectNotCompacted(prefix + KafkaTopics.RULE_STATUS);
        if (List.of(options.get(JobOptions.DELIVERY_SUMMARIES), options.get(JobOptions.DELIVERY_FLAGS))
                .contains(DeliveryGuarantee.EXACTLY_ONCE)) {
            expectations.expectTransactions(KafkaTopics.transactionTimeout(properties));
        }
    }

    private static void warnOfInputs(KafkaExpectations expectations, InputTopics inputs) {
        Stream.of(inputs.prices(), inputs.rules(), inputs.quotes(), inputs.instruments())
                .filter(Objects::nonNull)
                .forEach(input -> expectations.inflation(input).ifPresent(LOG::warn));
        warnIfProducersStamp(expectations, inputs.prices());
        if (inputs.quotes() != null) {
            warnIfProducersStamp(expectations, inputs.quotes());
        }
        if (inputs.instruments() != null) {
            warnIfOldOnesAreDeleted(expectations, inputs.instruments());
        }
    }

    private static void warnIfProducersStamp(KafkaExpectations expectations, String topic) {
        if (expectations.letsProducersStamp(topic)) {
            LOG.warn(
                    "Topic '{}' lets producers set the records' timestamps, so a producer whose clock is wrong sets"
                            + " both of the times that {} compares. Set message.timestamp.type=LogAppendTime.",
                    topic,
                    JobOptions.MAX_FUTURE.key());
        }
    }

    private static void warnIfOldOnesAreDeleted(KafkaExpectations expectations, String instruments) {
        if (expectations.deletesOldRecords(instruments)) {
            LOG.warn(
                    "Topic '{}' deletes what was said of an instrument long ago, so a job that starts without a savepoint"
                            + " may not know it any more. Set cleanup.policy=compact.",
                    instruments);
        }
    }

    private static Control control(KafkaConnection kafka, String topic) {
        Map<TopicPartition, Long> end = kafka.endOffsets(topic);
        return new Control(end, LastRecords.before(kafka, end));
    }

    /** What holds for prices holds for quotes: only together do they tell the same story. */
    private static Timed timed(KafkaConnection kafka, Configuration options, String topic) {
        return new Timed(kafka.partitions(topic), from(kafka, options, topic), until(kafka, options, topic));
    }

    private static Map<TopicPartition, Long> from(KafkaConnection kafka, Configuration options, String topic) {
        String start = options.get(JobOptions.PRICES_START);
        String group = options.get(JobOptions.GROUP_ID);
        return switch (start) {
            case JobOptions.COMMITTED -> kafka.committedOffsets(topic, group);
            case JobOptions.EARLIEST -> earliest(kafka, topic, group);
            case JobOptions.LATEST -> kafka.endOffsets(topic);
            default -> kafka.offsetsAt(topic, JobSettings.epochMillis(start));
        };
    }

    private static Optional<Map<TopicPartition, Long>> until(
            KafkaConnection kafka, Configuration options, String topic) {
        return options.getOptional(JobOptions.PRICES_UNTIL)
                .map(until -> until.equals(JobOptions.LATEST)
                        ? kafka.endOffsets(topic)
                        : kafka.offsetsAt(topic, JobSettings.epochMillis(until)));
    }

    private static Map<TopicPartition, Long> earliest(KafkaConnection kafka, String topic, String group) {
        try {
            kafka.committedOffsets(topic, group);
        } catch (KafkaConnection.KafkaUnusable e) {
            LOG.warn("Going on at the earliest record all the same: {}", e.getMessage());
        }
        return kafka.firstOffsets(topic);
    }

    /** A record that does not fit would stop the job, whenever it comes. */
    private static void expectRoom(KafkaExpectations expectations, Configuration options, Properties properties) {
        Room room = new Room(expectations, properties, options.get(JobOptions.OUTPUT_PREFIX));
        boolean instruments = options.contains(JobOptions.INSTRUMENTS_TOPIC);
        int priceBytes = options.get(JobOptions.PRICES_MAX_BYTES);
        String lowerPrices =
                " of prices of up to " + priceBytes + " bytes; lower --" + JobOptions.PRICES_MAX_BYTES.key();

        int letterBytes = options.get(JobOptions.DEAD_LETTERS_MAX_BYTES);
        room.expect(
                LargestRecords.deadLetter(letterBytes),
                "dead letters may have " + letterBytes + " bytes; lower --" + JobOptions.DEAD_LETTERS_MAX_BYTES.key(),
                KafkaTopics.DEAD_LETTERS);
        room.expect(
                LargestRecords.flag(priceBytes, instruments),
                "flags carry the texts" + lowerPrices,
                KafkaTopics.FLAGS,
                KafkaTopics.SHADOW_FLAGS);
        if (options.contains(JobOptions.QUOTES_TOPIC)) {
            room.expect(
                    LargestRecords.quotedTrade(priceBytes),
                    "quoted trades carry the id" + lowerPrices,
                    KafkaTopics.QUOTED_TRADES);
        }
        if (JobSettings.moversWindow(options).isPresent()) {
            int size = options.get(JobOptions.MOVERS_SIZE);
            room.expect(
                    LargestRecords.movers(size, instruments),
                    "lists of movers hold up to " + size
                            + (instruments ? " symbols and what is known about them" : " symbols") + "; lower --"
                            + JobOptions.MOVERS_SIZE.key(),
                    KafkaTopics.MOVERS);
        }
    }

    /** The room for records, of the job's producers and of its topics. */
    private record Room(KafkaExpectations expectations, Properties properties, String prefix) {

        /** @param why why records may be as large as that, and what to lower */
        void expect(int bytes, String why, String... topics) {
            KafkaTopics.expectProducerRoom(properties, bytes, why);
            for (String topic : topics) {
                expectations.expectRoom(prefix + topic, bytes, why + " or raise the topic's");
            }
        }
    }
}
