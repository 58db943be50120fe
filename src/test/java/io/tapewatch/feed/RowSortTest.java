package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSortTest {

    private static final long START = 1_700_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1_000})
    void itIsAStableSortByTimeInMemoryAndOnDisk(int rowsInMemory) throws Exception {
        for (int seed = 0; seed < Rounds.of(40); seed++) {
            Random random = new Random(seed);
            try (RowSort sort = new RowSort(rowsInMemory)) {
                List<List<FeedRow>> files = new ArrayList<>();
                List<RowSort.Sorted> sorted = new ArrayList<>();
                for (int file = 0; file < 3; file++) {
                    List<FeedRow> rows = rows(random);
                    files.add(rows);
                    sorted.add(sort.sort(reading(rows)));
                }
                // Read in turns, and twice: what one reads does not move another.
                List<FeedRow> merged = all(new MergedRows(
                        sorted.stream().map(RowSort.Sorted::inOrder).toList()));
                assertThat(merged)
                        .as("seed %d", seed)
                        .isEqualTo(naive(files.stream().flatMap(List::stream).toList()));
                for (int file = 0; file < 3; file++) {
                    List<FeedRow> expected = naive(files.get(file));
                    RowSort.Sorted one = sorted.get(file);
                    assertThat(one.rows()).isEqualTo(expected.size());
                    assertThat(all(one.inOrder().opener().open()))
                            .as("seed %d, file %d", seed, file)
                            .isEqualTo(expected);
                    if (!expected.isEmpty()) {
                        assertThat(one.inOrder().firstTime())
                                .isEqualTo(expected.get(0).time());
                    }
                }
            }
        }
    }

    @Test
    void everyTextComesBackFromDiskAsItWas() throws Exception {
        List<FeedRow> rows = List.of(
                new PriceRow("ÄÖ €\u0000\uD83D\uDE00", "1e-3", null, START + 1, "", "7", "x".repeat(100_000)),
                new QuoteRow("A", null, null, "800.0100000000001234567890123456789", "0.0", START, 999_999, null),
                new PriceRow("A", "0042.10", "5.", Long.MIN_VALUE, null, null, null));
        try (RowSort sort = new RowSort(1)) {
            assertThat(all(sort.sort(reading(rows)).inOrder().opener().open()))
                    .containsExactly(rows.get(2), rows.get(1), rows.get(0));
        }
    }

    @Test
    void nothingStaysOnDisk() throws Exception {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (RowSort sort = new RowSort(2)) {
            assertThat(all(sort.sort(reading(naive(rows(new Random(1)))))
                            .inOrder()
                            .opener()
                            .open()))
                    .hasSizeGreaterThan(2);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("tapewatch-sort-")))
                    .isEmpty();
        }
    }

    @Test
    void whatCannotBeReadEndsTheSort() throws Exception {
        try (RowSort sort = new RowSort(10)) {
            List<FeedRow> rows = naive(rows(new Random(2)));
            Iterator<FeedRow> few = rows.subList(0, 3).iterator();
            assertThatThrownBy(() -> sort.sort(() -> {
                        if (few.hasNext()) {
                            return few.next();
                        }
                        throw new IOException("gone");
                    }))
                    .hasMessage("gone");
            // Nothing of it is left in the next one.
            assertThat(all(sort.sort(reading(rows.subList(3, 5)))
                            .inOrder()
                            .opener()
                            .open()))
                    .isEqualTo(rows.subList(3, 5));
        }
    }

    /** Few times for many rows, so that there are many of one time; the sequence number tells them apart. */
    private static List<FeedRow> rows(Random random) {
        List<FeedRow> rows = new ArrayList<>();
        int count = random.nextInt(120);
        for (int i = 0; i < count; i++) {
            long time = START + random.nextInt(10);
            int nanos = random.nextInt(2) * 999_999;
            rows.add(
                    random.nextBoolean()
                            ? new PriceRow("A", "1." + i, null, time, nanos, "id" + i, "" + i, null, "@," + i)
                            : new QuoteRow("B", "1." + i, "2", null, null, time, nanos, "" + i));
        }
        return rows;
    }

    private static List<FeedRow> naive(List<FeedRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparingLong(FeedRow::time).thenComparing(FeedRow::nanos))
                .toList();
    }

    private static FeedRows reading(List<FeedRow> rows) {
        Iterator<FeedRow> left = rows.iterator();
        return () -> left.hasNext() ? left.next() : null;
    }

    private static List<FeedRow> all(FeedRows rows) throws IOException {
        List<FeedRow> all = new ArrayList<>();
        try (rows) {
            for (FeedRow row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }
}
