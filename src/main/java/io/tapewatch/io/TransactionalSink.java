package io.tapewatch.io;

import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * A sink that delivers exactly once, with a committer that looks into what the connector's own gives up on: see
 * {@link CheckedCommitter}.
 *
 * @param <T> what is written
 */
final class TransactionalSink<T> extends TopicSink<T> {

    private static final long serialVersionUID = 1;

    private final String servers;
    private final Properties properties;
    private final LostTransactions lost;

    /**
     * @param sink one that delivers exactly once
     * @param topic where it writes to
     * @param servers the brokers to ask first
     * @param properties further settings of Kafka's clients
     */
    TransactionalSink(KafkaSink<T> sink, String topic, String servers, Properties properties, LostTransactions lost) {
        super(sink, topic);
        this.servers = servers;
        this.properties = properties;
        this.lost = lost;
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        return new CheckedCommitter(
                super.createCommitter(context),
                topic(),
                servers,
                properties,
                lost,
                context.metricGroup().addGroup("tapewatch").counter("lostTransactions"));
    }
}
