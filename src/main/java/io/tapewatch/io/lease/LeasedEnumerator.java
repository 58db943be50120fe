package io.tapewatch.io.lease;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The enumerator of a {@link LeasedSource}: it asks for the lease, and tells the readers when the lease is won. */
final class LeasedEnumerator
        implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState>, LeaseMember.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedEnumerator.class);

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final LeaseTerms terms;
    private final boolean hasAssignedAll;

    // Flink closes in another thread, perhaps before it has started.
    private @Nullable LeaseMember member;
    private boolean closed;

    /**
     * @param hasAssignedAll whether readers had all splits of a bounded source at the checkpoint that is restored. The
     *     connector's enumerator tells readers only when it assigns splits that there are no more, so a restored one never
     *     tells them, and the source never ends. This enumerator does.
     */
    LeasedEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            LeaseTerms terms,
            boolean hasAssignedAll) {
        this.enumerator = enumerator;
        this.context = context;
        this.terms = terms;
        this.hasAssignedAll = hasAssignedAll;
    }

    @Override
    public void start() {
        if (join()) {
            enumerator.start();
        }
    }

    private synchronized boolean join() {
        if (!closed) {
            Map<String, String> variables = context.metricGroup().getAllVariables();
            member = LeaseMember.join(
                    terms,
                    variables.getOrDefault("<job_name>", ""),
                    Objects.requireNonNull(variables.get("<job_id>"), "job"),
                    this);
        }
        return !closed;
    }

    private synchronized boolean isHeld() {
        return member != null && member.isHeld();
    }

    /** The member that has to leave, if there is one. */
    private synchronized Optional<LeaseMember> end() {
        closed = true;
        return Optional.ofNullable(member);
    }

    @Override
    public void won() {
        inCoordinatorThread(() -> context.registeredReaders().keySet().forEach(this::tell));
    }

    @Override
    public void failed(Throwable why) {
        inCoordinatorThread(() -> ExceptionUtils.rethrow(why));
    }

    private void inCoordinatorThread(Runnable task) {
        try {
            context.runInCoordinatorThread(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the job has ended meanwhile", e);
        }
    }

    private void tell(int reader) {
        context.sendEventToSourceReader(reader, new LeaseWon());
    }

    @Override
    public void addReader(int reader) {
        enumerator.addReader(reader);
        if (hasAssignedAll) {
            context.signalNoMoreSplits(reader);
        }
        if (isHeld()) {
            tell(reader);
        }
    }

    @Override
    public void handleSplitRequest(int reader, String host) {
        enumerator.handleSplitRequest(reader, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
        enumerator.addSplitsBack(splits, reader);
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        enumerator.handleSourceEvent(reader, event);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
        return enumerator.snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        enumerator.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws IOException {
        try {
            // First: another job may wait for the lease.
            end().ifPresent(joined -> joined.leave(this));
        } finally {
            enumerator.close();
        }
    }
}
