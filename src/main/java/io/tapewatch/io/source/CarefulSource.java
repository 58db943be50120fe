package io.tapewatch.io.source;

import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A Kafka source whose partitions a {@link CarefulReader} reads. All else is the Kafka source's: splits, state and metrics
 * are the same.
 *
 * @param <T> what a record becomes
 */
public final class CarefulSource<T> extends ForwardingSource<T, KafkaSource<T>> {

    private final Properties properties;
    private final KafkaRecordDeserializationSchema<T> deserializer;

    /**
     * @param properties those of the source's consumer, all of them
     * @param deserializer the source's
     */
    CarefulSource(KafkaSource<T> source, Properties properties, KafkaRecordDeserializationSchema<T> deserializer) {
        super(source);
        this.properties = properties;
        this.deserializer = deserializer;
    }

    /** As the Kafka source does it, but for the reader of the partitions. */
    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        deserializer.open(new DeserializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return context.metricGroup().addGroup("deserializer");
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                return context.getUserCodeClassLoader();
            }
        });
        FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
                new FutureCompletingBlockingQueue<>();
        KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
        Configuration configuration = new Configuration();
        properties.stringPropertyNames().forEach(name -> configuration.setString(name, properties.getProperty(name)));
        return new KafkaSourceReader<>(
                queue,
                new KafkaSourceFetcherManager(
                        queue, () -> CarefulReader.create(properties, context, metrics), finished -> {}),
                new KafkaRecordEmitter<>(deserializer),
                configuration,
                context,
                metrics);
    }
}
