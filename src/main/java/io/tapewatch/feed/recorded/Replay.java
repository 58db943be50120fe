package io.tapewatch.feed.recorded;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.MergedRows.Sequence;
import io.tapewatch.feed.RowSort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The order in which recordings are replayed: looks into each file before the replay, so that it is opened when its first row
 * is due, and sorts by time a file whose times go back too far.
 *
 * <p>By time, each file is read once ahead of the replay. A step back that comes late in a large file could not be mended any
 * more once what was before it is sent. A file is sorted before the replay begins, not in its middle: a paced replay must not
 * stand still.
 */
public final class Replay implements Closeable {

    /** About 60 MB of rows. */
    private static final int ROWS_IN_MEMORY = 200_000;

    /** Is told how this gets on. */
    public interface Progress {
        /** A file is read from its beginning, to look at its times or to sort it. */
        void reading(Recording file, boolean toSort);

        /** So many more bytes of it are read. */
        void read(long bytes);

        /**
         * A file was sorted.
         *
         * @param back how far it went back, such as {@code 23h 59m}
         */
        void sorted(Recording file, String back);
    }

    /** What is known about the times of a file that was looked into. */
    private record Look(long firstTime, long rows, boolean goesBack) {}

    private final RecordingOrder order;
    private final long outOfOrderness;
    private final RowSort sort;

    /** @param outOfOrderness how far the times of a file may go back, in milliseconds, before it is sorted */
    public Replay(RecordingOrder order, long outOfOrderness) {
        this(order, outOfOrderness, ROWS_IN_MEMORY);
    }

    Replay(RecordingOrder order, long outOfOrderness, int rowsInMemory) {
        this.order = order;
        this.outOfOrderness = outOfOrderness;
        this.sort = new RowSort(rowsInMemory);
    }

    /**
     * The recordings in this order, until it is closed.
     *
     * @throws RecordingException if a file cannot be read, or one to be sorted has a row that does not hold what it should
     * @throws InterruptedIOException if the thread was interrupted
     * @throws IOException if there is no room to sort
     */
    public Recordings of(Recordings recordings, Progress progress) throws IOException {
        List<Sequence> sequences = new ArrayList<>();
        long rows = 0;
        boolean counted = order == RecordingOrder.TIME;
        for (RecordedFile file : recordings.files()) {
            if (file.recording().isPipe()) {
                // What is read from a pipe to look into it is gone.
                counted = false;
                sequences.add(Sequence.opensAtOnce(() -> order == RecordingOrder.TIME ? inOrder(file) : file.open()));
                continue;
            }
            Look look = look(file, progress);
            if (look.goesBack) {
                RowSort.Sorted sorted = sorted(file, progress);
                sequences.add(sorted.inOrder());
                rows += sorted.rows();
            } else {
                sequences.add(new Sequence(look.firstTime, file::open));
                rows += look.rows;
            }
        }
        return new Recordings(recordings.files(), sequences, counted ? OptionalLong.of(rows) : OptionalLong.empty());
    }

    /** Reads on until a time is too far back, or, in the order of the file, as far as the first row. */
    private Look look(RecordedFile file, Progress progress) throws IOException {
        StepsBack steps = new StepsBack();
        long firstTime = Long.MIN_VALUE;
        long count = 0;
        progress.reading(file.recording(), false);
        try (RecordingRows rows = file.counted(progress::read).openColumns()) {
            for (OptionalLong next = nextTime(rows); next.isPresent(); next = nextTime(rows)) {
                long time = next.getAsLong();
                if (count == 0) {
                    firstTime = time;
                }
                count++;
                if (order == RecordingOrder.FILE) {
                    break;
                }
                if (steps.next(time) > outOfOrderness) {
                    return new Look(firstTime, count, true);
                }
            }
        }
        return new Look(firstTime, count, false);
    }

    /** Nothing at a row that cannot be read, too: the replay ends there and says so. */
    private static OptionalLong nextTime(RecordingRows rows) throws InterruptedIOException {
        try {
            return rows.next() ? OptionalLong.of(rows.time()) : OptionalLong.empty();
        } catch (RecordingException e) {
            throwIfInterrupted();
            return OptionalLong.empty();
        }
    }

    private RowSort.Sorted sorted(RecordedFile file, Progress progress) throws IOException {
        StepsBack steps = new StepsBack();
        progress.reading(file.recording(), true);
        try (RecordedRows rows = file.counted(progress::read).open()) {
            RowSort.Sorted sorted = sort.sort(() -> {
                FeedRow row = rows.next();
                if (row != null) {
                    steps.next(row.time());
                }
                return row;
            });
            progress.sorted(file.recording(), StepsBack.words(steps.farthest()));
            return sorted;
        } catch (RecordingException e) {
            throwIfInterrupted();
            throw e;
        } catch (IOException e) {
            throwIfInterrupted();
            throw new IOException(
                    file.recording().name() + " goes back by " + StepsBack.words(steps.farthest())
                            + " and cannot be sorted in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                            + "; make room there, or sort the file first",
                    e);
        }
    }

    /** A file that is being read is closed by the interruption, and says so in words of its own. */
    private static void throwIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Refuses what goes back too far. */
    private FeedRows inOrder(RecordedFile file) throws RecordingException {
        RecordedRows pipe = file.open();
        StepsBack steps = new StepsBack();
        return new FeedRows() {
            @Override
            public @Nullable FeedRow next() throws IOException {
                FeedRow row = pipe.next();
                long back = row == null ? 0 : steps.next(row.time());
                if (back > outOfOrderness) {
                    throw pipe.rows.wrong("the time goes back by " + StepsBack.words(back) + ", more than the "
                            + StepsBack.words(outOfOrderness)
                            + " of --prices.out-of-orderness; a pipe cannot be sorted:"
                            + " make it a file, or take it as it stands with --order file");
                }
                return row;
            }

            @Override
            public void close() throws IOException {
                pipe.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }
}
