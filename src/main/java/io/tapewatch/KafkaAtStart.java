package io.tapewatch;

import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaExpectations;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.kafka.LargestRecords;
import io.tapewatch.io.kafka.LastRecords;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param pricePartitions how many partitions the topic of prices has
 * @param pricesFrom where a job without a savepoint begins to read prices
 * @param pricesUntil where it ends, or null: never
 * @param rulesEnd where the rules end that are there already
 * @param rulesLast the offset of the last of them, of each partition that has one
 * @param quotePartitions how many partitions the topic of quotes has; 0 without one
 * @param quotesFrom where a job without a savepoint begins to read quotes, or null: there are none
 * @param quotesUntil where it ends, or null: never, or there are none
 * @param instrumentsEnd where the instruments end that are there already, or null: there are none
 * @param instrumentsLast the offset of the last of them, of each partition that has one, or null
 */
record KafkaAtStart(
        int pricePartitions,
        Map<TopicPartition, Long> pricesFrom,
        Map<TopicPartition, Long> pricesUntil,
        Map<TopicPartition, Long> rulesEnd,
        Map<Integer, Long> rulesLast,
        int quotePartitions,
        Map<TopicPartition, Long> quotesFrom,
        Map<TopicPartition, Long> quotesUntil,
        Map<TopicPartition, Long> instrumentsEnd,
        Map<Integer, Long> instrumentsLast) {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAtStart.class);

    /**
     * Looks, and holds what is there against what the job needs.
     *
     * @throws KafkaConnection.KafkaUnusable if the job could not run; the message is one line
     */
    static KafkaAtStart find(Configuration options, Properties properties) {
        InputTopics inputs = JobArguments.inputs(options);
        String prices = inputs.prices();
        String quotes = inputs.quotes();
        String instruments = inputs.instruments();
        String prefix = options.get(JobOptions.OUTPUT_PREFIX);
        try (KafkaConnection kafka = new KafkaConnection(options.get(JobOptions.BOOTSTRAP_SERVERS), properties)) {
            KafkaExpectations expectations = new KafkaExpectations(kafka);
            kafka.expectTopics(KafkaTopics.outputs(
                    prefix, JobArguments.moversWindow(options).isPresent(), quotes != null));
            expectRoom(expectations, options, properties);
            expectations.expectNotCompacted(prefix + KafkaTopics.DEAD_LETTERS);
            expectations.expectNotCompacted(prefix + KafkaTopics.RULE_STATUS);
            if (List.of(options.get(JobOptions.DELIVERY_SUMMARIES), options.get(JobOptions.DELIVERY_FLAGS))
                    .contains(DeliveryGuarantee.EXACTLY_ONCE)) {
                expectations.expectTransactions(KafkaTopics.transactionTimeout(properties));
            }
            for (String input : Stream.of(prices, inputs.rules(), quotes, instruments)
                    .filter(Objects::nonNull)
                    .toList()) {
                expectations.inflation(input).ifPresent(LOG::warn);
            }
            warnIfProducersStamp(expectations, prices);
            if (quotes != null) {
                warnIfProducersStamp(expectations, quotes);
            }
            if (instruments != null) {
                warnIfOldOnesAreDeleted(expectations, instruments);
            }
            Map<TopicPartition, Long> rulesEnd = kafka.endOffsets(inputs.rules());
            Map<TopicPartition, Long> instrumentsEnd = instruments == null ? null : kafka.endOffsets(instruments);
            return new KafkaAtStart(
                    kafka.partitions(prices),
                    from(kafka, options, prices),
                    until(kafka, options, prices),
                    rulesEnd,
                    LastRecords.before(kafka, rulesEnd),
                    quotes == null ? 0 : kafka.partitions(quotes),
                    quotes == null ? null : from(kafka, options, quotes),
                    quotes == null ? null : until(kafka, options, quotes),
                    instrumentsEnd,
                    instruments == null ? null : LastRecords.before(kafka, instrumentsEnd));
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

    /** What holds for prices holds for quotes: only together do they tell the same story. */
    private static Map<TopicPartition, Long> from(KafkaConnection kafka, Configuration options, String topic) {
        String start = options.get(JobOptions.PRICES_START);
        String group = options.get(JobOptions.GROUP_ID);
        return switch (start) {
            case JobOptions.COMMITTED -> kafka.committedOffsets(topic, group);
            case JobOptions.EARLIEST -> earliest(kafka, topic, group);
            case JobOptions.LATEST -> kafka.endOffsets(topic);
            default -> kafka.offsetsAt(topic, JobArguments.epochMillis(start));
        };
    }

    private static Map<TopicPartition, Long> until(KafkaConnection kafka, Configuration options, String topic) {
        String until = options.get(JobOptions.PRICES_UNTIL);
        if (until == null) {
            return null;
        }
        return until.equals(JobOptions.LATEST)
                ? kafka.endOffsets(topic)
                : kafka.offsetsAt(topic, JobArguments.epochMillis(until));
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
        String prefix = options.get(JobOptions.OUTPUT_PREFIX);
        int deadLetter = LargestRecords.deadLetter(options.get(JobOptions.DEAD_LETTERS_MAX_BYTES));
        boolean instruments = options.contains(JobOptions.INSTRUMENTS_TOPIC);
        int flag = LargestRecords.flag(options.get(JobOptions.PRICES_MAX_BYTES), instruments);
        String smallerLetters = "dead letters may have " + options.get(JobOptions.DEAD_LETTERS_MAX_BYTES)
                + " bytes; lower --" + JobOptions.DEAD_LETTERS_MAX_BYTES.key();
        String smallerFlags = "flags carry the texts of prices of up to " + options.get(JobOptions.PRICES_MAX_BYTES)
                + " bytes; lower --" + JobOptions.PRICES_MAX_BYTES.key();
        KafkaTopics.expectProducerRoom(properties, deadLetter, smallerLetters);
        KafkaTopics.expectProducerRoom(properties, flag, smallerFlags);
        expectations.expectRoom(
                prefix + KafkaTopics.DEAD_LETTERS, deadLetter, smallerLetters + " or raise the topic's");
        expectations.expectRoom(prefix + KafkaTopics.FLAGS, flag, smallerFlags + " or raise the topic's");
        expectations.expectRoom(prefix + KafkaTopics.SHADOW_FLAGS, flag, smallerFlags + " or raise the topic's");
        if (options.contains(JobOptions.QUOTES_TOPIC)) {
            int quotedTrade = LargestRecords.quotedTrade(options.get(JobOptions.PRICES_MAX_BYTES));
            String smallerIds = "quoted trades carry the id of prices of up to "
                    + options.get(JobOptions.PRICES_MAX_BYTES) + " bytes; lower --" + JobOptions.PRICES_MAX_BYTES.key();
            KafkaTopics.expectProducerRoom(properties, quotedTrade, smallerIds);
            expectations.expectRoom(
                    prefix + KafkaTopics.QUOTED_TRADES, quotedTrade, smallerIds + " or raise the topic's");
        }
        if (JobArguments.moversWindow(options).isPresent()) {
            int movers = LargestRecords.movers(options.get(JobOptions.MOVERS_SIZE), instruments);
            String fewerMovers = "lists of movers hold up to " + options.get(JobOptions.MOVERS_SIZE)
                    + (instruments ? " symbols and what is known about them" : " symbols") + "; lower --"
                    + JobOptions.MOVERS_SIZE.key();
            KafkaTopics.expectProducerRoom(properties, movers, fewerMovers);
            expectations.expectRoom(prefix + KafkaTopics.MOVERS, movers, fewerMovers + " or raise the topic's");
        }
    }
}
