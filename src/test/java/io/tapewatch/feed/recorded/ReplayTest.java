package io.tapewatch.feed.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapewatch.RecordedMarket;
import io.tapewatch.Rounds;
import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.PriceRow;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    /** 2024-01-04T00:00:00Z. */
    private static final long DAY = 1_704_326_400_000L;

    private static final long MINUTE = 60_000;
    private static final int MINUTES = 1_440;
    private static final long BOUND = 2_000;
    private static final Path NO_FILE = Path.of("/dev/null");

    private final List<String> said = new ArrayList<>();
    private long bytesRead;

    private final Replay.Progress progress = new Replay.Progress() {
        @Override
        public void reading(Recording file, boolean toSort) {
            said.add((toSort ? "sorting " : "reading ") + file.name());
        }

        @Override
        public void read(long bytes) {
            bytesRead += bytes;
        }

        @Override
        public void sorted(Recording file, String back) {
            said.add(file.name() + " goes back by " + back);
        }
    };

    @Test
    void twoFilesOfOneDayAreMergedByTime() throws Exception {
        List<FeedRow> rows =
                replayed(RecordingOrder.TIME, 10, file("btc.csv", day("BTCUSDT")), file("eth.csv", day("ETHUSDT")));
        assertThat(said).containsExactly("reading btc.csv", "reading eth.csv");
        assertInOrder(rows);
        assertThat(minutes(rows)).isEqualTo(Map.of("BTCUSDT", MINUTES, "ETHUSDT", MINUTES));
        assertThat(rows.subList(0, 4))
                .extracting(FeedRow::symbol)
                .containsExactly("BTCUSDT", "ETHUSDT", "BTCUSDT", "ETHUSDT");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000})
    void aFileThatIsNewestFirstIsSorted(int rowsInMemory) throws Exception {
        List<String> newestFirst = reversed(day("BTCUSDT"));
        List<FeedRow> rows = replayed(RecordingOrder.TIME, rowsInMemory, file("newest.csv", newestFirst));
        assertThat(said).containsExactly("reading newest.csv", "sorting newest.csv", "newest.csv goes back by 23h 59m");
        assertInOrder(rows);
        assertThat(minutes(rows)).isEqualTo(Map.of("BTCUSDT", MINUTES));
        assertThat(rows.get(0)).isEqualTo(new PriceRow("BTCUSDT", "42000.50", "1", DAY, null, null, null));
    }

    @Test
    void aTapeInTheOrderOfArrivalIsSortedUnlessItIsToStayAsItIs() throws Exception {
        // A trade a second for three hours, one in a hundred 5 to 90 s late.
        Random random = new Random(5);
        List<long[]> arrivals = new ArrayList<>();
        for (long second = 0; second < 10_800; second++) {
            long delay = random.nextInt(100) == 0 ? 5_000 + random.nextInt(85_000) : 0;
            arrivals.add(new long[] {DAY + second * 1_000, DAY + second * 1_000 + delay});
        }
        List<String> lines = arrivals.stream()
                .sorted(Comparator.comparingLong(arrival -> arrival[1]))
                .map(arrival -> arrival[0] + ",TRF,1.5,1")
                .toList();

        List<FeedRow> byTime = replayed(RecordingOrder.TIME, 1_000, file("trades.csv", lines));
        assertThat(said).hasSize(3).last().asString().startsWith("trades.csv goes back by 1m ");
        assertThat(byTime)
                .extracting(FeedRow::time)
                .isEqualTo(LongStream.range(0, 10_800)
                        .mapToObj(second -> DAY + second * 1_000)
                        .toList());

        said.clear();
        List<FeedRow> asItStands = replayed(RecordingOrder.FILE, 1_000, file("trades.csv", lines));
        assertThat(said).containsExactly("reading trades.csv");
        assertThat(asItStands)
                .extracting(FeedRow::time)
                .isEqualTo(lines.stream()
                        .map(line -> Long.parseLong(line.substring(0, 13)))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"2000, false", "2001, true"})
    void aFileStaysInItsOrderAsLongAsItGoesBackByNoMoreThanTheBound(long back, boolean sorts) throws Exception {
        // Far back in small steps: the latest time so far is what counts.
        List<String> lines = List.of(
                DAY + 3_000 + ",A,1,1", DAY + 2_000 + ",A,2,1", DAY + 3_000 - back + ",A,3,1", DAY + 4_000 + ",A,4,1");
        assertThat(replayed(RecordingOrder.TIME, 10, file("a.csv", lines)))
                .extracting(row -> ((PriceRow) row).price())
                .containsExactly(sorts ? new String[] {"3", "2", "1", "4"} : new String[] {"1", "2", "3", "4"});
        assertThat(said).hasSize(sorts ? 3 : 1);
    }

    @Test
    void theRecordingOfAnExchangeStaysInTheOrderOfArrival() throws Exception {
        Recordings recordings = new Recordings(
                List.of(Recording.file(RecordedMarket.file("binance-2024-08-08/trades.csv.gz"))),
                RecordingFormat.DEFAULT,
                List.of(Recording.file(RecordedMarket.file("binance-2024-08-08/quotes.csv.gz"))),
                RecordingFormat.DEFAULT);
        try (Replay replay = new Replay(RecordingOrder.TIME, BOUND)) {
            Recordings inOrder = replay.of(recordings, progress);
            assertThat(said).hasSize(2).allMatch(line -> line.startsWith("reading "));
            assertThat(inOrder.rows()).hasValue(RecordedMarket.isWhole() ? 78_638 + 203_999 : 5_291 + 7_438);
            assertThat(bytesRead).isEqualTo(recordings.bytes().getAsLong());
            assertThat(all(inOrder.open())).isEqualTo(all(recordings.open()));
        }
    }

    @Test
    void aYearOfDailyFilesNeedsAFileHandleOrTwo() throws Exception {
        int[] open = new int[2];
        List<Recording> files = new ArrayList<>();
        for (int day = 0; day < 366; day++) {
            List<String> lines = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                lines.add(DAY + (day * 24 + hour) * 60 * MINUTE + ",A,1," + day);
            }
            // Every tenth is newest first.
            Recording file = file("day" + day + ".csv", day % 10 == 9 ? reversed(lines) : lines);
            files.add(new Recording(file.name(), () -> counting(file.content().open(), open)));
        }
        List<FeedRow> rows = replayed(RecordingOrder.TIME, 1_000, files.toArray(Recording[]::new));
        assertThat(rows).hasSize(366 * 24);
        assertInOrder(rows);
        assertThat(open[0]).as("left open").isZero();
        assertThat(open[1]).as("open at once").isBetween(1, 2);
    }

    @Test
    void aPipeIsTakenAsItComesAndRefusedWhereItGoesBackTooFar() throws Exception {
        assumeTrue(Files.exists(NO_FILE), "there is no " + NO_FILE);
        String csv = "time,symbol,price\n" + DAY + ",A,1\n" + (DAY - BOUND) + ",A,2\n\n" + (DAY - BOUND - 1) + ",A,3\n";
        Recording pipe = new Recording(
                "/dev/stdin", () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), NO_FILE, null);
        try (Replay replay = new Replay(RecordingOrder.TIME, BOUND);
                FeedRows rows = replay.of(Recordings.ofPrices(List.of(pipe), RecordingFormat.DEFAULT), progress)
                        .open()) {
            assertThat(said).isEmpty();
            assertThat(rows.next().time()).isEqualTo(DAY);
            assertThat(rows.next().time()).isEqualTo(DAY - BOUND);
            assertThatThrownBy(rows::next)
                    .isInstanceOf(RecordingException.class)
                    .hasMessage("/dev/stdin, line 5: the time goes back by 2s 1ms, more than the 2s of"
                            + " --prices.out-of-orderness; a pipe cannot be sorted: make it a file, or take it as it"
                            + " stands with --order file");
        }
        assertThat(replayed(RecordingOrder.FILE, 10, pipe)).hasSize(3);
    }

    @Test
    void aRowThatCannotBeReadEndsTheReplayWhereItStandsUnlessTheFileIsSorted() throws Exception {
        List<String> lines = List.of(DAY + ",A,1,1", "never,A,1,1", DAY - MINUTE + ",A,1,1");
        try (Replay replay = new Replay(RecordingOrder.TIME, BOUND);
                FeedRows rows = replay.of(
                                Recordings.ofPrices(List.of(file("a.csv", lines)), RecordingFormat.DEFAULT), progress)
                        .open()) {
            assertThat(rows.next()).isNotNull();
            assertThatThrownBy(rows::next).hasMessageStartingWith("a.csv, line 3: expected a time in ms");
        }
        assertThatThrownBy(() -> replayed(
                        RecordingOrder.TIME,
                        2,
                        file("b.csv", List.of(DAY + ",A,1,1", DAY - MINUTE + ",A,1,1", DAY + ",A,dear,1"))))
                .isInstanceOf(RecordingException.class)
                .hasMessage("b.csv, line 4: expected a number in column 'price', found 'dear'");
    }

    @Test
    void theSymbolOfOneFileBeatsThatOfAllAndAColumnBeatsBoth() throws Exception {
        Recording named = new Recording("a.csv", text("time,price\n" + DAY + ",1\n")).of("AAPL");
        Recording unnamed = new Recording("b.csv", text("time,price\n" + DAY + ",2\n"));
        Recording column = new Recording("c.csv", text("time,price,symbol\n" + DAY + ",3,MSFT\n")).of("AAPL");
        RecordingFormat format = new RecordingFormat(Map.of(), EpochUnit.MILLISECONDS, "ALL");
        assertThat(all(Recordings.ofPrices(List.of(named, unnamed, column), format)
                        .open()))
                .extracting(FeedRow::symbol)
                .containsExactly("AAPL", "ALL", "MSFT");
    }

    @Test
    void interruptedItEnds() {
        Thread.currentThread().interrupt();
        try (Replay replay = new Replay(RecordingOrder.TIME, BOUND)) {
            Recording broken = file("a.csv", List.of("never,A,1,1"));
            assertThatThrownBy(() -> replay.of(Recordings.ofPrices(List.of(broken), RecordingFormat.DEFAULT), progress))
                    .isInstanceOf(InterruptedIOException.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            Thread.interrupted();
        }
    }

    /** Everything is read, and sorted stably by time, file by file, where a file goes back too far. */
    @Test
    void itGivesWhatANaiveSortGives() throws Exception {
        int sortedFiles = 0;
        for (int seed = 0; seed < Rounds.of(200); seed++) {
            Random random = new Random(seed);
            List<Recording> files = new ArrayList<>();
            List<FeedRow> expected = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int file = 0; file < count; file++) {
                // In order, or altogether out of order: what lies between has no order of its own to compare with.
                List<Long> times = new ArrayList<>();
                int rows = random.nextInt(60);
                for (int row = 0; row < rows; row++) {
                    times.add(DAY + BOUND * 2 * random.nextInt(30));
                }
                if (random.nextBoolean()) {
                    times.sort(null);
                }
                List<String> lines = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    lines.add(times.get(row) + ",S" + file + "," + row + ".50,1");
                    expected.add(new PriceRow("S" + file, row + ".50", "1", times.get(row), null, null, null));
                }
                files.add(file("f" + file + ".csv", lines));
            }
            expected.sort(Comparator.comparingLong(FeedRow::time));
            said.clear();
            assertThat(replayed(RecordingOrder.TIME, 1 + random.nextInt(80), files.toArray(Recording[]::new)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            sortedFiles +=
                    said.stream().filter(line -> line.startsWith("sorting")).count();
        }
        assertThat(sortedFiles).isGreaterThan(Rounds.of(200));
    }

    private List<FeedRow> replayed(RecordingOrder order, int rowsInMemory, Recording... files) throws IOException {
        try (Replay replay = new Replay(order, BOUND, rowsInMemory)) {
            Recordings inOrder = replay.of(Recordings.ofPrices(List.of(files), RecordingFormat.DEFAULT), progress);
            List<FeedRow> rows = all(inOrder.open());
            inOrder.rows().ifPresent(count -> assertThat(count).isEqualTo(rows.size()));
            return rows;
        }
    }

    /** A trade a minute. */
    private static List<String> day(String symbol) {
        return IntStream.range(0, MINUTES)
                .mapToObj(minute -> DAY + minute * MINUTE + "," + symbol + "," + (42_000 + minute) + ".50,1")
                .toList();
    }

    private static List<String> reversed(List<String> lines) {
        List<String> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Recording file(String name, List<String> lines) {
        return new Recording(name, text("time,symbol,price,size\n" + String.join("\n", lines)));
    }

    private static Recording.Content text(String csv) {
        return () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    /** @param open how many are open, and how many were at most */
    private static InputStream counting(InputStream in, int[] open) {
        open[1] = Math.max(open[1], ++open[0]);
        return new FilterInputStream(in) {
            private boolean isOpen = true;

            @Override
            public void close() throws IOException {
                open[0] -= isOpen ? 1 : 0;
                isOpen = false;
                super.close();
            }
        };
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

    private static void assertInOrder(List<FeedRow> rows) {
        assertThat(rows).isSortedAccordingTo(Comparator.comparingLong(FeedRow::time));
    }

    /** How many minutes of each symbol have a row: so many one-minute bars. */
    private static Map<String, Integer> minutes(List<FeedRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        FeedRow::symbol,
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> row.time() / MINUTE, Collectors.toSet()), s -> s.size())));
    }
}
