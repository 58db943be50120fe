package io.tapewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A transactional sink whose task fails when it is told to, once: the real sink at work, and a crash at a chosen moment.
 *
 * @param <T> what is written
 * @param <S> the state of its writer
 * @param <C> what it commits
 */
@SuppressWarnings("try") // Flink's writers and committers throw any Exception when they are closed.
final class FailingSink<T, S, C>
        implements Sink<T>, SupportsWriterState<T, S>, SupportsCommitter<C>, SupportsPostCommitTopology<C> {

    /** When the task fails. */
    enum Moment {
        /** While it writes a record. */
        IN_THE_MIDDLE,
        /** While a checkpoint is being taken, its records flushed. */
        AT_THE_CHECKPOINT,
        /** When the checkpoint is complete and nothing is committed. */
        BEFORE_THE_COMMIT,
        /** When all is committed and the job does not know. */
        AFTER_THE_COMMIT
    }

    /** What the tasks of this JVM have been told. */
    private static final AtomicReference<Moment> ARMED = new AtomicReference<>();

    /** Where tasks in other JVMs are told: a file with the name of a moment is there until a task fails of it. */
    static final String FOLDER_PROPERTY = "tapewatch.test.failures";

    /**
     * A file of this name there holds the name of a folder: a task fails while a savepoint is being taken into that folder.
     */
    static final String AT_THE_SAVEPOINT = "AT_THE_SAVEPOINT";

    private static final String FOLDER = System.getProperty(FOLDER_PROPERTY);

    private final Sink<T> sink;

    private FailingSink(Sink<T> sink) {
        this.sink = sink;
    }

    static <T> Sink<T> of(Sink<T> transactional) {
        ARMED.set(null);
        return new FailingSink<T, Object, Object>(transactional);
    }

    /** Lets the next task fail that gets to this moment. */
    static void failOnce(Moment moment) {
        ARMED.set(moment);
    }

    /** Whether the failure that was asked for has happened. */
    static boolean hasFailed() {
        return ARMED.get() == null;
    }

    /** Only a savepoint makes a folder there, and Flink takes no checkpoint meanwhile. */
    private static void reachSavepoint() throws IOException {
        if (FOLDER == null) {
            return;
        }
        Path told = Path.of(FOLDER, AT_THE_SAVEPOINT);
        if (Files.exists(told)) {
            try (Stream<Path> begun = Files.list(Path.of(Files.readString(told)))) {
                if (begun.findAny().isPresent() && Files.deleteIfExists(told)) {
                    throw new IllegalStateException("a task that was told to fail: " + AT_THE_SAVEPOINT);
                }
            }
        }
    }

    private static void reach(Moment moment) throws IOException {
        if (ARMED.compareAndSet(moment, null)
                || FOLDER != null && Files.deleteIfExists(Path.of(FOLDER, moment.name()))) {
            throw new IllegalStateException("a task that was told to fail: " + moment);
        }
    }

    @SuppressWarnings("unchecked")
    private SupportsWriterState<T, S> withState() {
        return (SupportsWriterState<T, S>) sink;
    }

    @SuppressWarnings("unchecked")
    private SupportsCommitter<C> committing() {
        return (SupportsCommitter<C>) sink;
    }

    @Override
    @SuppressWarnings("unchecked")
    public StatefulSinkWriter<T, S> createWriter(WriterInitContext context) throws IOException {
        return new Writer((StatefulSinkWriter<T, S>) sink.createWriter(context));
    }

    @Override
    public StatefulSinkWriter<T, S> restoreWriter(WriterInitContext context, Collection<S> state) throws IOException {
        return new Writer(withState().restoreWriter(context, state));
    }

    @Override
    public SimpleVersionedSerializer<S> getWriterStateSerializer() {
        return withState().getWriterStateSerializer();
    }

    @Override
    public Committer<C> createCommitter(CommitterInitContext context) throws IOException {
        Committer<C> committer = committing().createCommitter(context);
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<C>> requests) throws IOException, InterruptedException {
                reach(Moment.BEFORE_THE_COMMIT);
                committer.commit(requests);
                reach(Moment.AFTER_THE_COMMIT);
            }

            @Override
            public void close() throws Exception {
                committer.close();
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<C> getCommittableSerializer() {
        return committing().getCommittableSerializer();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void addPostCommitTopology(DataStream<CommittableMessage<C>> committables) {
        ((SupportsPostCommitTopology<C>) sink).addPostCommitTopology(committables);
    }

    private final class Writer implements StatefulSinkWriter<T, S>, CommittingSinkWriter<T, C> {

        private final StatefulSinkWriter<T, S> writer;

        Writer(StatefulSinkWriter<T, S> writer) {
            this.writer = writer;
        }

        @Override
        public void write(T record, Context context) throws IOException, InterruptedException {
            reach(Moment.IN_THE_MIDDLE);
            writer.write(record, context);
        }

        @Override
        public void flush(boolean atTheEnd) throws IOException, InterruptedException {
            writer.flush(atTheEnd);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Collection<C> prepareCommit() throws IOException, InterruptedException {
            return ((CommittingSinkWriter<T, C>) writer).prepareCommit();
        }

        @Override
        public List<S> snapshotState(long checkpoint) throws IOException {
            reachSavepoint();
            reach(Moment.AT_THE_CHECKPOINT);
            return writer.snapshotState(checkpoint);
        }

        @Override
        public void close() throws Exception {
            writer.close();
        }
    }
}
