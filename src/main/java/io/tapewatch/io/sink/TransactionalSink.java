package io.tapewatch.io.sink;

import io.tapewatch.io.lease.HeldLease;
import java.io.IOException;
import java.util.Collection;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;

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
    private final HeldLease lease;

    /**
     * @param sink one that delivers exactly once
     * @param topic where it writes to
     * @param servers the brokers to ask first
     * @param properties further settings of Kafka's clients
     * @param lease what the job must hold before the sink aborts open transactions
     */
    TransactionalSink(
            KafkaSink<T> sink,
            String topic,
            String servers,
            Properties properties,
            LostTransactions lost,
            HeldLease lease) {
        super(sink, topic);
        this.servers = servers;
        this.properties = properties;
        this.lost = lost;
        this.lease = lease;
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

    @Override
    public StatefulSinkWriter<T, KafkaWriterState> createWriter(WriterInitContext context) throws IOException {
        lease.await(context);
        return super.createWriter(context);
    }

    @Override
    public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
        lease.await(context);
        return super.restoreWriter(context, state);
    }
}
