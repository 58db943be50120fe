package io.tapewatch.io.lease;

import io.tapewatch.io.source.CarefulSource;
import io.tapewatch.io.source.ForwardingSource;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A source for Kafka that reads nothing before its job holds the lease of the consumer group: see {@link LeaseMember}.
 * Its state is that of Flink's source.
 *
 * @param <T> what is read
 */
public final class LeasedSource<T> extends ForwardingSource<T, CarefulSource<T>> {

    private static final long serialVersionUID = 1;

    private final LeaseTerms terms;

    /** @param source what reads once the lease is won */
    public LeasedSource(CarefulSource<T> source, LeaseTerms terms) {
        super(source);
        this.terms = terms;
    }

    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new LeasedReader<>(super.createReader(context));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
        return new LeasedEnumerator(super.createEnumerator(context), context, terms, false);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        boolean hasAssignedAll = getBoundedness() == Boundedness.BOUNDED
                && state.initialDiscoveryFinished()
                && state.unassignedSplits().isEmpty();
        return new LeasedEnumerator(super.restoreEnumerator(context, state), context, terms, hasAssignedAll);
    }
}
