package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingException;
import io.tapewatch.feed.recorded.RecordingFormat;
import io.tapewatch.feed.recorded.Recordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedRowsTest {

    private static final long START = 1_700_000_000_000L;

    /** A row, and when its turn is: when the latest time of its file so far is reached. */
    private record Due(FeedRow row, long time) {}

    @Test
    void theEarlierOneComesFirstAndAPriceBeforeAQuoteOfItsTime() throws Exception {
        assertThat(times(tape(List.of(prices(1, 3, 3, 7)), List.of(quotes(0, 3, 5)))))
                .containsExactly("Q0", "P1", "P3", "P3", "Q3", "Q5", "P7");
    }

    @Test
    void eachKindKeepsTheOrderOfItsFile() throws Exception {
        assertThat(times(tape(List.of(prices(10, 4, 12)), List.of(quotes(8, 11, 9)))))
                .containsExactly("Q8", "P10", "P4", "Q11", "Q9", "P12");
    }

    @Test
    void whatIsLeftOfOneKindFollows() throws Exception {
        assertThat(times(tape(List.of(prices(1, 2)), List.of()))).containsExactly("P1", "P2");
        assertThat(times(tape(List.of(), List.of(quotes(1, 2))))).containsExactly("Q1", "Q2");
        assertThat(times(tape(List.of(), List.of()))).isEmpty();
        assertThat(times(tape(List.of(prices(9)), List.of(quotes(1), quotes(), quotes(2, 10)))))
                .containsExactly("Q1", "Q2", "P9", "Q10");
    }

    @Test
    void rowsBeforeOneThatCannotBeReadAreThere() throws Exception {
        Recording broken = file("time,symbol,bid,ask\n" + START + ",A,1,2\n" + (START + 2) + ",A,low,2\n");
        try (FeedRows rows = tape(List.of(prices(0, 1, 2)), List.of(broken))) {
            assertThat(word(rows.next())).isEqualTo("P0");
            assertThat(word(rows.next())).isEqualTo("Q0");
            assertThatThrownBy(rows::next)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("line 3: expected a number in column 'bid', found 'low'");
        }
    }

    @Test
    void filesOfOneDayAreMergedAndOfOneTimeTheFirstNamedComesFirst() throws Exception {
        assertThat(all(tape(List.of(prices(1, 3, 5), prices(2, 3, 4)), List.of())).stream()
                        .map(PriceRow.class::cast)
                        .map(row -> row.time() - START + "#" + row.seq()))
                .containsExactly("1#0", "2#0", "3#1", "3#1", "4#2", "5#2");
        assertThat(all(tape(List.of(prices(3, 3), prices(3, 4)), List.of(quotes(3)))).stream()
                        .map(row -> row instanceof PriceRow price ? "P" + price.seq() : "Q"))
                .containsExactly("P0", "P1", "P0", "Q", "P1");
    }

    @Test
    void withinAMillisecondTheNanosecondDecides() throws Exception {
        Recording trades = file("time,symbol,price\n" + START + ".000002,A,1\n" + START + ".5,A,2\n");
        Recording quotes = file(
                "time,symbol,bid,ask\n" + START + ".000001,A,1,2\n" + START + ".000003,A,1,2\n" + START + ".5,A,1,2\n");

        assertThat(all(tape(List.of(trades), List.of(quotes))))
                .extracting(row -> (row instanceof PriceRow ? "P" : "Q") + row.nanos())
                .containsExactly("Q1", "P2", "Q3", "P500000", "Q500000");
    }

    @Test
    void itIsAStableSortByTheLatestTimeOfEachFileSoFar() throws Exception {
        int ties = 0;
        int behind = 0;
        int files = 0;
        for (int seed = 0; seed < Rounds.of(300); seed++) {
            Random random = new Random(seed);
            List<Recording> prices =
                    randomFiles(random).stream().map(MergedRowsTest::prices).toList();
            List<Recording> quotes =
                    randomFiles(random).stream().map(MergedRowsTest::quotes).toList();

            List<Due> rows = new ArrayList<>();
            for (int file = 0; file < prices.size() + quotes.size(); file++) {
                FeedRows alone = file < prices.size()
                        ? tape(List.of(prices.get(file)), List.of())
                        : tape(List.of(), List.of(quotes.get(file - prices.size())));
                int before = rows.size();
                long latest = Long.MIN_VALUE;
                for (FeedRow row : all(alone)) {
                    behind += row.time() < latest ? 1 : 0;
                    latest = Math.max(latest, row.time());
                    long due = latest;
                    ties += rows.subList(0, before).stream().anyMatch(other -> other.time == due) ? 1 : 0;
                    rows.add(new Due(row, due));
                }
            }
            files += prices.size() + quotes.size();
            // Stable: files stay in their order at one time, those of prices before those of quotes.
            List<FeedRow> expected = rows.stream()
                    .sorted(Comparator.comparingLong(Due::time))
                    .map(Due::row)
                    .toList();

            assertThat(all(tape(prices, quotes))).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(ties).as("rows due with one of a file before theirs").isGreaterThan(Rounds.of(2_000));
        assertThat(behind).as("rows behind an earlier one").isGreaterThan(Rounds.of(1_000));
        assertThat(files).as("files").isGreaterThan(Rounds.of(700));
    }

    @Test
    void aSequenceIsOpenFromItsFirstTimeToItsLastRow() throws Exception {
        List<String> said = new ArrayList<>();
        List<MergedRows.Sequence> days = new ArrayList<>();
        for (int day = 0; day < 3; day++) {
            String name = "day " + day;
            FeedRows rows = tape(List.of(prices(10 * day, 10 * day + 5)), List.of());
            days.add(new MergedRows.Sequence(START + 10 * day, () -> {
                said.add(name + " opens");
                return new FeedRows() {
                    @Override
                    public FeedRow next() throws IOException {
                        return rows.next();
                    }

                    @Override
                    public void close() throws IOException {
                        said.add(name + " closes");
                        rows.close();
                    }
                };
            }));
        }
        try (FeedRows merged = new MergedRows(days)) {
            for (FeedRow row = merged.next(); row != null && row.time() < START + 20; row = merged.next()) {
                said.add(word(row));
            }
        }
        assertThat(said)
                .containsExactly(
                        "day 0 opens",
                        "P0",
                        "P5",
                        "day 0 closes",
                        "day 1 opens",
                        "P10",
                        "P15",
                        "day 1 closes",
                        "day 2 opens",
                        "day 2 closes");
    }

    private static List<long[]> randomFiles(Random random) {
        List<long[]> files = new ArrayList<>();
        int count = random.nextInt(4);
        for (int file = 0; file < count; file++) {
            long time = random.nextInt(20);
            long[] times = new long[random.nextInt(20)];
            for (int i = 0; i < times.length; i++) {
                time += random.nextInt(4);
                times[i] = Math.max(0, time - (random.nextInt(4) == 0 ? random.nextInt(6) : 0));
            }
            files.add(times);
        }
        return files;
    }

    private static FeedRows tape(List<Recording> prices, List<Recording> quotes) {
        return new Recordings(prices, RecordingFormat.DEFAULT, quotes, RecordingFormat.DEFAULT).open();
    }

    private static Recording prices(long... times) {
        StringBuilder csv = new StringBuilder("time,symbol,price,seq\n");
        for (int i = 0; i < times.length; i++) {
            csv.append(START + times[i]).append(",A,1,").append(i).append('\n');
        }
        return file(csv.toString());
    }

    private static Recording quotes(long... times) {
        StringBuilder csv = new StringBuilder("time,symbol,bid,ask,seq\n");
        for (int i = 0; i < times.length; i++) {
            csv.append(START + times[i]).append(",A,1,2,").append(i).append('\n');
        }
        return file(csv.toString());
    }

    private static Recording file(String csv) {
        return new Recording("rows.csv", () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<FeedRow> all(FeedRows tape) throws IOException {
        List<FeedRow> all = new ArrayList<>();
        try (tape) {
            for (FeedRow row = tape.next(); row != null; row = tape.next()) {
                all.add(row);
            }
            assertThat(tape.next()).isNull();
        }
        return all;
    }

    private static Stream<String> times(FeedRows tape) throws IOException {
        return all(tape).stream().map(MergedRowsTest::word);
    }

    private static String word(FeedRow row) {
        return (row instanceof PriceRow ? "P" : "Q") + (row.time() - START);
    }
}
