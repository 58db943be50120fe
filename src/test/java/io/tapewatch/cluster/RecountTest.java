package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recount of the kill matrix notices. */
class RecountTest {

    private static final String MOVERS = """
            {"window":"1d+1m","start":"2023-11-15T00:00:00.000Z","end":"2023-11-16T00:00:00.000Z",\
            "asOf":"2023-11-15T12:01:00.000Z","gainers":[{"rank":1,"symbol":"A","changePct":2.5,"close":41,\
            "previousClose":40,"volume":0.10,"turnover":4.10}],"losers":[],"mostActive":[{"rank":1,"symbol":"B","close":3}],\
            "revision":0}""";

    private static final String HEADER =
            "window,start,end,asOf,list,rank,symbol,changePct,close,previousClose,volume,turnover,sector,revision\n";
    private static final String MOMENT =
            "1d+1m,2023-11-15T00:00:00.000Z,2023-11-16T00:00:00.000Z,2023-11-15T12:01:00.000Z,";
    private static final String GAINER = MOMENT + "gainers,1,A,2.5,41,40,0.10,4.10,,0\n";
    private static final String MOST_ACTIVE = MOMENT + "mostActive,1,B,,3,,,,,0\n";

    private static final String QUOTED = """
            {"symbol":"X","time":"1970-01-01T00:00:02.000Z","price":101,"size":1,"bid":99,"ask":101,"mid":100,\
            "spreadBps":200,"effectiveSpreadBps":200,"side":"buy","quoteAgeMs":1000,"tradeId":"t2","late":false}""";

    private static final String UNQUOTED = """
            {"symbol":"X","time":"1970-01-01T00:00:00.500Z","price":101,"size":1,"tradeId":"t1","late":false}""";

    @TempDir
    Path folder;

    @Test
    void aRowOfMoversThatIsNotAsInTheTopicIsNoticed() throws IOException {
        assertThatCode(() -> assertMovers(GAINER + MOST_ACTIVE)).doesNotThrowAnyException();
        for (String wrong : List.of(
                GAINER,
                GAINER + MOST_ACTIVE + MOST_ACTIVE,
                GAINER.replace("4.10", "4.1") + MOST_ACTIVE,
                GAINER.replace("gainers", "losers") + MOST_ACTIVE,
                GAINER.replace(",1,A", ",2,A") + MOST_ACTIVE,
                GAINER.replace("12:01", "12:02") + MOST_ACTIVE,
                GAINER + MOST_ACTIVE.replace(",,0", ",Energy,0"))) {
            assertThatThrownBy(() -> assertMovers(wrong)).as(wrong).isInstanceOf(AssertionError.class);
        }
    }

    private void assertMovers(String rows) throws IOException {
        Files.writeString(folder.resolve("part.csv"), HEADER + rows);
        Recount.assertMoversCsv(folder, records(MOVERS));
    }

    @Test
    void aQuotedTradeThatIsLostOrThereTwiceOrWrongIsNoticed() {
        assertThatCode(() -> assertQuotedTrades(QUOTED, UNQUOTED)).doesNotThrowAnyException();
        for (String[] wrong : new String[][] {
            {QUOTED},
            {UNQUOTED},
            {QUOTED, UNQUOTED, QUOTED},
            {QUOTED.replace("\"spreadBps\":200", "\"spreadBps\":200.00000000000003"), UNQUOTED},
            {QUOTED.replace("buy", "sell"), UNQUOTED},
            {QUOTED.replace("false", "true"), UNQUOTED}
        }) {
            assertThatThrownBy(() -> assertQuotedTrades(wrong))
                    .as(String.join(" ", wrong))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static void assertQuotedTrades(String... quotedTrades) {
        List<Tick> ticks = List.of(trade("t1", 500), trade("t2", 2_000));
        KnownLoad.Content content = new KnownLoad.Content(
                ticks, List.of(Quotes.quote("X").at(1_000).bid(99).ask(101).quote()), Map.of(), Map.of());
        new Recount(content).assertQuotedTrades(records(quotedTrades));
    }

    private static Tick trade(String id, long time) {
        return Ticks.tick("X").at(time).price(101).size(1).id(id).tick();
    }

    private static List<CommittedRecords.Record> records(String... values) {
        List<CommittedRecords.Record> records = new ArrayList<>();
        for (String value : values) {
            records.add(new CommittedRecords.Record(0, records.size(), null, value, Map.of()));
        }
        return records;
    }
}
