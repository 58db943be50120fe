package io.tapewatch.io.sink;

import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.FlagFormat;
import io.tapewatch.io.json.MoversFormat;
import io.tapewatch.io.json.QuotedTradeFormat;
import io.tapewatch.io.json.RuleStatusFormat;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.json.SummaryFormat;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.lease.HeldLease;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's sinks: topics of Kafka, and CSV files. */
public final class JobSinks {

    private final String servers;
    private final Properties properties;
    private final String group;
    private final String prefix;
    private final LostTransactions lost;

    /**
     * @param servers the brokers to ask first
     * @param properties further settings of all clients, such as security
     * @param group the consumer group, part of the transactional ids
     * @param prefix what the names of output topics begin with
     * @param lost what to do about transactions that Kafka has aborted
     */
    public JobSinks(String servers, Properties properties, String group, String prefix, LostTransactions lost) {
        this.servers = servers;
        this.properties = properties;
        this.group = group;
        this.prefix = prefix;
        this.lost = lost;
    }

    public Sink<Summary> summaries(DeliveryGuarantee delivery) {
        return sink(
                KafkaTopics.SUMMARIES,
                delivery,
                new JsonRecords<>(
                        prefix + KafkaTopics.SUMMARIES,
                        Summary::symbol,
                        (summary, out) -> SummaryFormat.write(out, summary)));
    }

    public FileSink<Summary> summariesCsv(CsvTarget target) {
        return CsvFiles.summaries(target);
    }

    public Sink<Movers> movers(DeliveryGuarantee delivery) {
        return sink(
                KafkaTopics.MOVERS,
                delivery,
                new JsonRecords<>(
                        prefix + KafkaTopics.MOVERS, Movers::window, (movers, out) -> MoversFormat.write(out, movers)));
    }

    public FileSink<Movers> moversCsv(CsvTarget target) {
        return CsvFiles.movers(target);
    }

    public Sink<QuotedTrade> quotedTrades(DeliveryGuarantee delivery) {
        return sink(
                KafkaTopics.QUOTED_TRADES,
                delivery,
                new JsonRecords<>(
                        prefix + KafkaTopics.QUOTED_TRADES,
                        QuotedTrade::symbol,
                        (trade, out) -> QuotedTradeFormat.write(out, trade)));
    }

    public FileSink<QuotedTrade> quotedTradesCsv(CsvTarget target) {
        return CsvFiles.quotedTrades(target);
    }

    public FileSink<Tick> pricesCsv(CsvTarget target) {
        return CsvFiles.prices(target);
    }

    public Sink<Flag> flags(DeliveryGuarantee delivery, SourceTopics sources) {
        return flags(KafkaTopics.FLAGS, delivery, sources);
    }

    public Sink<Flag> shadowFlags(DeliveryGuarantee delivery, SourceTopics sources) {
        return flags(KafkaTopics.SHADOW_FLAGS, delivery, sources);
    }

    private Sink<Flag> flags(String name, DeliveryGuarantee delivery, SourceTopics sources) {
        return sink(
                name,
                delivery,
                new JsonRecords<>(prefix + name, Flag::symbol, (flag, out) -> FlagFormat.write(out, flag, sources)));
    }

    public FileSink<Flag> flagsCsv(CsvTarget target, SourceTopics sources) {
        return CsvFiles.flags(target, KafkaTopics.FLAGS, sources);
    }

    public FileSink<Flag> shadowFlagsCsv(CsvTarget target, SourceTopics sources) {
        return CsvFiles.flags(target, KafkaTopics.SHADOW_FLAGS, sources);
    }

    public Sink<Verdict> verdicts() {
        return sink(
                KafkaTopics.RULE_STATUS,
                DeliveryGuarantee.AT_LEAST_ONCE,
                new JsonRecords<>(
                        prefix + KafkaTopics.RULE_STATUS,
                        Verdict::ruleId,
                        (verdict, out) -> RuleStatusFormat.write(out, verdict)));
    }

    public Sink<Rejection> deadLetters(int maxBytes) {
        return sink(
                KafkaTopics.DEAD_LETTERS,
                DeliveryGuarantee.AT_LEAST_ONCE,
                new DeadLetters(prefix + KafkaTopics.DEAD_LETTERS, maxBytes));
    }

    private <T> Sink<T> sink(String name, DeliveryGuarantee delivery, KafkaRecordSerializationSchema<T> serializer) {
        KafkaSink<T> sink = KafkaSink.<T>builder()
                .setBootstrapServers(servers)
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(KafkaTopics.TRANSACTION_TIMEOUT_MS))
                .setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(KafkaTopics.LONGEST_OUTAGE_MS))
                .setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(KafkaTopics.LONGEST_OUTAGE_MS))
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(delivery)
                .setTransactionalIdPrefix(TransactionsOfGroup.idPrefix(group, name))
                .setRecordSerializer(serializer)
                .build();
        return delivery == DeliveryGuarantee.EXACTLY_ONCE
                ? new TransactionalSink<>(
                        sink, prefix + name, servers, properties, lost, new HeldLease(servers, properties, group))
                : new TopicSink<>(sink, prefix + name);
    }
}
