package io.tapewatch.feed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stable sort of rows by their times. A few rows are sorted in memory. More of them are cut into runs: each run is sorted
 * in memory and written to disk, and {@link MergedRows} merges the runs when they are read.
 *
 * <p>All runs are in one temporary file, of which the name is gone as soon as it is open where the system can do that
 * (Linux, macOS), and at the latest when the process ends: nothing is left behind, however it ends.
 */
public final class RowSort implements Closeable {

    private static final int WRITE_BUFFER = 1 << 16;
    private static final int READ_BUFFER = 1 << 15;

    private final int rowsInMemory;
    private final List<FeedRow> buffer = new ArrayList<>();
    private int rowsKept;
    private @Nullable FileChannel file;

    /**
     * @param rowsInMemory how many sorted rows are kept in memory, and how many are held while they are sorted; both of all
     *     that this sorts
     */
    public RowSort(int rowsInMemory) {
        if (rowsInMemory < 1) {
            throw new IllegalArgumentException("expected a row or more, found " + rowsInMemory);
        }
        this.rowsInMemory = rowsInMemory;
    }

    /**
     * Rows in the order of their times; those of one time stay in the order in which they were read.
     *
     * @param rows how many there are
     * @param inOrder reads them, as often as one likes, until the sort is closed
     */
    public record Sorted(long rows, MergedRows.Sequence inOrder) {}

    /**
     * Takes all rows, but does not close them.
     *
     * @throws IOException if they cannot be read, or there is no room on disk
     */
    public Sorted sort(FeedRows unsorted) throws IOException {
        List<MergedRows.Sequence> runs = new ArrayList<>();
        long rows = 0;
        try {
            for (FeedRow row = unsorted.next(); row != null; row = unsorted.next()) {
                if (buffer.size() == rowsInMemory) {
                    runs.add(write());
                }
                buffer.add(row);
                rows++;
            }
            if (!buffer.isEmpty()) {
                runs.add(runs.isEmpty() && buffer.size() <= rowsInMemory - rowsKept ? keep() : write());
            }
        } finally {
            buffer.clear();
        }
        long firstTime =
                runs.stream().mapToLong(MergedRows.Sequence::firstTime).min().orElse(Long.MIN_VALUE);
        return new Sorted(rows, new MergedRows.Sequence(firstTime, () -> new MergedRows(runs)));
    }

    private MergedRows.Sequence keep() {
        buffer.sort(FeedRow.BY_TIME);
        FeedRow[] kept = buffer.toArray(FeedRow[]::new);
        rowsKept += kept.length;
        buffer.clear();
        return new MergedRows.Sequence(kept[0].time(), () -> new FeedRows() {
            private int next;

            @Override
            public @Nullable FeedRow next() {
                return next == kept.length ? null : kept[next++];
            }
        });
    }

    private MergedRows.Sequence write() throws IOException {
        buffer.sort(FeedRow.BY_TIME);
        FileChannel runs = file == null ? open() : file;
        file = runs;
        long start = runs.position();
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(runs), WRITE_BUFFER));
        for (FeedRow row : buffer) {
            RowBytes.write(row, out);
        }
        out.flush();
        int count = buffer.size();
        long firstTime = buffer.get(0).time();
        buffer.clear();
        return new MergedRows.Sequence(firstTime, () -> new Run(runs, start, count));
    }

    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("tapewatch-sort-", null);
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Sorted rows in a part of the file. */
    private static final class Run implements FeedRows {
        private final DataInputStream in;
        private int left;

        Run(FileChannel file, long start, int count) {
            this.in = new DataInputStream(new BufferedInputStream(new Part(file, start), READ_BUFFER));
            this.left = count;
        }

        @Override
        public @Nullable FeedRow next() throws IOException {
            if (left == 0) {
                return null;
            }
            left--;
            return RowBytes.read(in);
        }
    }

    /** The bytes of a file from a position on, whoever else reads it. */
    private static final class Part extends InputStream {
        private final FileChannel file;
        private long position;

        Part(FileChannel file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(0, count);
            return count;
        }
    }
}
