package io.tapewatch.io.json;

import static io.tapewatch.domain.mover.KnownMovers.mover;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.io.kafka.LargestRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoversFormatTest {

    private static final long MIDNIGHT = 1_385_337_600_000L; // 2013-11-25T00:00:00Z
    private static final long DAY = 24 * 3_600_000;
    private static final Mover BITCOIN = mover("BTC-USD", "801.25", "800", 3, "3", "2402.5", null);
    private static final Mover OIL = mover("CL=F", "99.9999999", "100", 3, null, null, null);
    private static final Mover NEW = mover("NEW", "1", null, 3, null, null, null);

    @Test
    void writesEveryFieldInItsOrderAndLeavesOutWhatHasNoValue() throws Exception {
        String json = json(movers(List.of(BITCOIN), List.of(OIL), List.of(BITCOIN, NEW)));

        assertThat(json)
                .isEqualTo("{\"window\":\"1d+1m\",\"start\":\"2013-11-25T00:00:00.000Z\","
                        + "\"end\":\"2013-11-26T00:00:00.000Z\",\"asOf\":\"2013-11-25T00:01:00.000Z\","
                        + "\"gainers\":[{\"rank\":1,\"symbol\":\"BTC-USD\",\"changePct\":0.15625,\"close\":801.25,"
                        + "\"previousClose\":800,\"volume\":3,\"turnover\":2402.5}],"
                        + "\"losers\":[{\"rank\":1,\"symbol\":\"CL=F\",\"changePct\":-0.0000001,\"close\":99.9999999,"
                        + "\"previousClose\":100}],"
                        + "\"mostActive\":[{\"rank\":1,\"symbol\":\"BTC-USD\",\"changePct\":0.15625,\"close\":801.25,"
                        + "\"previousClose\":800,\"volume\":3,\"turnover\":2402.5},"
                        + "{\"rank\":2,\"symbol\":\"NEW\",\"close\":1}],\"revision\":2}");
        JsonNode node = new ObjectMapper().readTree(json);
        List<String> fields = new ArrayList<>();
        node.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(MoversFormat.FIELDS);
    }

    @Test
    void whatIsKnownAboutAnInstrumentFollowsItsTurnover() {
        Mover gold =
                mover("GC=F", "1206", "1200", 3, "0.3", "0.000000000000000000000000000000000001", Instruments.GOLD);
        Mover plain = mover("X", "1", null, 3, null, null, Instrument.unknown("X"));

        assertThat(json(movers(List.of(gold), List.of(), List.of(gold, plain, NEW))))
                .contains("\"gainers\":[{\"rank\":1,\"symbol\":\"GC=F\",\"changePct\":0.5,\"close\":1206,"
                        + "\"previousClose\":1200,\"volume\":0.3,"
                        + "\"turnover\":0.000000000000000000000000000000000001,\"name\":\"Gold, front month\","
                        + "\"currency\":\"USD\",\"type\":\"future\",\"sector\":\"Metals\",\"venue\":\"XCEC\","
                        + "\"multiplier\":100}]")
                .contains("\"venue\":\"XCEC\",\"multiplier\":100},"
                        + "{\"rank\":2,\"symbol\":\"X\",\"close\":1,\"multiplier\":1},"
                        + "{\"rank\":3,\"symbol\":\"NEW\",\"close\":1}]");
    }

    @Test
    void theLargestRecordHasNoMoreBytesThanTheTopicIsAskedFor() {
        List<Mover> list = Collections.nCopies(1000, longest("-" + "9".repeat(55) + "." + "9".repeat(36), null));

        int bytes = json(movers(list, list, list)).getBytes(UTF_8).length;
        assertThat(LargestRecords.movers(1000, false)).isGreaterThan(bytes).isLessThan(2_000_000);
        assertThat(LargestRecords.movers(500, false)).isLessThan(1_000_000);
        assertThat(LargestRecords.movers(1, false))
                .isGreaterThan(
                        json(movers(list.subList(0, 1), List.of(), List.of())).length());
    }

    @Test
    void neitherHasTheLargestThatSaysWhatIsKnownAboutTheInstruments() {
        for (Instrument instrument : List.of(Instruments.LONGEST, Instruments.MOST_ESCAPED)) {
            List<Mover> list =
                    Collections.nCopies(1000, longest("-" + "9".repeat(64) + "." + "9".repeat(45), instrument));

            int bytes = json(movers(list, list, list)).getBytes(UTF_8).length;
            assertThat(bytes).isGreaterThan(LargestRecords.movers(1000, false));
            assertThat(LargestRecords.movers(1000, true)).isGreaterThan(bytes);
        }
        assertThat(LargestRecords.movers(100, true)).isLessThan(1_000_000);
    }

    /**
     * Of each figure the longest there is: a change of the last digit, a volume of 2⁶³ of the largest sizes beside one of
     * the smallest, and the turnover of as many.
     */
    private static Mover longest(String turnover, Instrument instrument) {
        return mover(
                "\ud840\udc00".repeat(64),
                "-0.999999999999999999",
                "0.999999999999999998",
                Long.MAX_VALUE,
                "9".repeat(37) + "." + "9".repeat(18),
                turnover,
                instrument);
    }

    private static Movers movers(List<Mover> gainers, List<Mover> losers, List<Mover> mostActive) {
        MoverLists lists = new MoverLists(gainers, losers, mostActive);
        return Movers.of("1d+1m", MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 60_000, lists, 2);
    }

    private static String json(Movers movers) {
        JsonWriter<Movers> format = (each, out) -> MoversFormat.write(out, each);
        return new String(format.bytes(new JsonFactory(), movers), UTF_8);
    }
}
