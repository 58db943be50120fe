package io.tapewatch.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of rows on one clock: of the next row of each, the earliest comes first, and at equal times that of the sequence
 * that was named first. Each keeps its own order, which may be that of arrival: a row that is behind an earlier row of its
 * sequence comes right after it.
 *
 * <p>A sequence is opened when its first row is due and closed after its last, so that a year of daily files needs one
 * open file at a time.
 */
public final class MergedRows implements FeedRows {

    /** Opens the rows of a sequence. */
    @FunctionalInterface
    public interface Opener {
        FeedRows open() throws IOException;
    }

    /**
     * Rows that are not open before their turn.
     *
     * @param firstTime the time of the first row, in epoch milliseconds
     * @param opener opens them
     */
    public record Sequence(long firstTime, Opener opener) {

        /** Rows whose first time nobody knows yet: they are opened with the first row of the whole. */
        public static Sequence opensAtOnce(Opener opener) {
            return new Sequence(Long.MIN_VALUE, opener);
        }
    }

    /** A sequence, and its next row where it is read already. */
    private static final class Head {
        private final int position;
        private final Opener opener;
        private @Nullable FeedRows rows;
        private @Nullable FeedRow row;
        private long time;
        private int nanos;

        Head(int position, Sequence sequence) {
            this.position = position;
            this.opener = sequence.opener();
            this.time = sequence.firstTime();
        }

        long time() {
            return time;
        }

        int nanos() {
            return nanos;
        }

        int position() {
            return position;
        }
    }

    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong(Head::time).thenComparingInt(Head::nanos).thenComparingInt(Head::position));
    private final List<FeedRows> opened = new ArrayList<>();
    private @Nullable Head taken;

    public MergedRows(List<Sequence> sequences) {
        for (Sequence sequence : sequences) {
            heads.add(new Head(heads.size(), sequence));
        }
    }

    @Override
    public @Nullable FeedRow next() throws IOException {
        if (taken != null) {
            // Not before it is asked for: a row that cannot be read must not keep back the one before it.
            Head behind = taken;
            taken = null;
            readNext(behind);
        }
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            if (head.row != null) {
                FeedRow row = head.row;
                head.row = null;
                taken = head;
                return row;
            }
            readNext(head);
        }
        return null;
    }

    private void readNext(Head head) throws IOException {
        if (head.rows == null) {
            head.rows = head.opener.open();
            opened.add(head.rows);
        }
        head.row = head.rows.next();
        if (head.row == null) {
            opened.remove(head.rows);
            head.rows.close();
        } else {
            head.time = head.row.time();
            head.nanos = head.row.nanos();
            heads.add(head);
        }
    }

    @Override
    public void close() throws IOException {
        heads.clear();
        taken = null;
        IOException failed = null;
        for (FeedRows rows : opened) {
            try {
                rows.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        opened.clear();
        if (failed != null) {
            throw failed;
        }
    }
}
