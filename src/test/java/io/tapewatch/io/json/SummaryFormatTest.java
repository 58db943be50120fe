package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.mover.KnownMovers;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summaries;
import io.tapewatch.domain.window.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryFormatTest {

    private static final long MIDNIGHT = 1_385_337_600_000L; // 2013-11-25T00:00:00Z

    @Test
    void writesEveryFieldInItsOrder() throws Exception {
        Summary summary = summary("801.25", "803", "0.000000000000000001", 1e-7, 801.0, "0.3", "2402.5", "800");
        String json = json(Instruments.with(
                Instruments.GOLD,
                Summaries.like(summary)
                        .with("ineligible", 5L)
                        .with("missing", 7L)
                        .summary()));

        assertThat(json)
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"window\":\"1m\",\"start\":\"2013-11-25T00:00:00.000Z\","
                        + "\"end\":\"2013-11-25T00:01:00.000Z\",\"asOf\":\"2013-11-25T00:01:00.000Z\",\"count\":4,"
                        + "\"sizedCount\":3,\"ineligible\":5,\"missing\":7,\"open\":801.25,\"high\":803,\"low\":0.000000000000000001,"
                        + "\"close\":801.25,"
                        + "\"firstTime\":\"2013-11-25T00:00:00.001Z\",\"lastTime\":\"2013-11-25T00:00:59.999Z\","
                        + "\"highTime\":\"2013-11-25T00:00:02.000Z\",\"lowTime\":\"2013-11-25T00:00:03.000Z\","
                        + "\"mean\":801.25,\"stddev\":0.0000001,\"vwap\":801,\"volume\":0.3,\"turnover\":2402.5,"
                        + "\"previousClose\":800,\"changePct\":0.15625,"
                        + "\"revision\":2,\"mayChangeUntil\":\"2013-11-25T04:01:00.000Z\","
                        + "\"name\":\"Gold, front month\",\"currency\":\"USD\",\"type\":\"future\","
                        + "\"sector\":\"Metals\",\"venue\":\"XCEC\",\"multiplier\":100}");
        assertThat(fields(json)).isEqualTo(SummaryFormat.FIELDS);
    }

    @Test
    void leavesOutWhatHasNoValue() throws Exception {
        List<String> expected = new ArrayList<>(SummaryFormat.FIELDS);
        expected.removeAll(
                List.of("ineligible", "missing", "stddev", "vwap", "volume", "turnover", "previousClose", "changePct"));
        expected.removeAll(List.of("name", "currency", "type", "sector", "venue"));
        Summary least = summary("1", "1", "1", null, null, null, null, null);

        assertThat(fields(json(Instruments.with(Instrument.unknown("BTC-USD"), least))))
                .isEqualTo(expected);
        expected.remove("multiplier");
        assertThat(fields(json(least))).isEqualTo(expected);
    }

    /** The digits that stand in the record, not those of a number that was read from it. */
    @Test
    void exactNumbersAreWrittenWithAllTheirDigitsAndNoExponent() {
        String turnover = "-" + "9".repeat(64) + "." + "9".repeat(45);
        String volume = "9".repeat(37) + ".000000000000000001";

        assertThat(json(summary(
                        "-1000000000000000000", "1000000000000000000", "0", null, null, volume, turnover, "0.1")))
                .contains("\"open\":-1000000000000000000,\"high\":1000000000000000000,\"low\":0,")
                .contains("\"volume\":" + volume + ",\"turnover\":" + turnover + ",\"previousClose\":0.1,");
        String small = "0." + "0".repeat(35) + "1";
        assertThat(json(summary("1", "1", "1", null, null, "0", small, null)))
                .contains("\"volume\":0,\"turnover\":" + small + ",");
    }

    @Test
    void figuresArePlainDecimalsThatReadBack() throws Exception {
        long seed = 25;
        Random random = new Random(seed);
        for (int round = 0; round < Rounds.of(20_000); round++) {
            double deviation = random.nextDouble() * Math.pow(10, random.nextInt(48) - 24);
            String text = new ObjectMapper()
                    .configure(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
                    .readTree(json(summary("1", "1", "1", deviation, null, null, null, null)))
                    .get("stddev")
                    .decimalValue()
                    .toPlainString();
            String written = PlainNumbers.plain(deviation);

            assertThat(Double.parseDouble(written))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(deviation);
            assertThat(Double.parseDouble(text))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(deviation);
            assertThat(written).as("seed " + seed + ", round " + round).doesNotContainIgnoringCase("e");
        }
    }

    @Test
    void aNumberThatIsNotFiniteIsNeverWritten() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> json(summary("1", "1", "1", value, null, null, null, null)));
        }
    }

    private static Decimal decimal(String text) {
        return text == null ? null : Decimal.of(text);
    }

    private static Summary summary(
            String open,
            String high,
            String low,
            Double stddev,
            Double vwap,
            String volume,
            String turnover,
            String previousClose) {
        long end = MIDNIGHT + 60_000;
        Bar bar = new Bar();
        bar.add(Ticks.tick("BTC-USD").at(MIDNIGHT + 1).price(801.25).tick());
        return Summaries.like(Summary.of(
                        "BTC-USD", "1m", MIDNIGHT, end, end, bar, decimal(previousClose), 2, end + 4 * 3_600_000))
                .with("count", 4)
                .with("sizedCount", 3)
                .with("open", decimal(open))
                .with("high", decimal(high))
                .with("low", decimal(low))
                .with("lastTime", MIDNIGHT + 59_999)
                .with("highTime", MIDNIGHT + 2_000)
                .with("lowTime", MIDNIGHT + 3_000)
                .with("stddev", stddev)
                .with("vwap", vwap)
                .with("volume", KnownMovers.exact(volume))
                .with("turnover", KnownMovers.exact(turnover))
                .summary();
    }

    private static String json(Summary summary) {
        JsonWriter<Summary> format = (each, out) -> SummaryFormat.write(out, each);
        return new String(format.bytes(new JsonFactory(), summary), UTF_8);
    }

    private static List<String> fields(String json) throws Exception {
        JsonNode node = new ObjectMapper().readTree(json);
        List<String> fields = new ArrayList<>();
        node.fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
