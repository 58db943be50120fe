package io.tapewatch.feed.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.feed.yahoo.Answer.Priced;
import io.tapewatch.feed.yahoo.Answer.Unpriced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartBodyTest {

    private static final Path RECORDED = Path.of("src", "test", "resources", "recordings", "yahoo-chart");

    private static final String PRICES = """
            0P000071W8.TO-2020-01-01-to-2020-01-03 | 0P000071W8.TO | 153.9    | 1739995200
            AAPL-2020-01-01-to-2020-01-03          | AAPL          | 244.87   | 1739998801
            AAPL-2020-08-31-to-2020-11-07          | AAPL          | 244.87   | 1739998801
            AAPL-2025-02-01-to-2025-02-02-includePrePost-false-interval-1m | AAPL | 244.87 | 1739998801
            AAPL                                   | AAPL          | 220.003  | 1742824293
            ABBV-2020-01-01-to-2020-01-03          | ABBV          | 197.35   | 1739998802
            AFRAF-2020-01-01-to-2020-01-03         | AFRAF         | 8.99     | 1739995200
            AMZN-2020-01-01-to-2020-01-03          | AMZN          | 226.63   | 1739998801
            AZT.OL-2020-01-01-to-2020-01-03        | AZT.OL        | 19.1     | 1740051119
            BABA-2020-01-01-to-2020-01-03          | BABA          | 125.79   | 1739998802
            BTC-USD-2020-01-01-to-2020-01-03       | BTC-USD       | 97208.17 | 1740051840
            CRON-2020-01-01-to-2020-01-03          | CRON          | 1.96     | 1739998800
            EPAC-2020-01-01-to-2020-01-03          | EPAC          | 47.26    | 1739998802
            EURUSD_X-2020-01-01-to-2020-01-03      | EURUSD=X      | 1.0436   | 1740052002
            GC_F-2020-01-01-to-2020-01-03          | GC=F          | 2952.5   | 1740051311
            GOOG-2020-01-01-to-2020-01-03          | GOOG          | 187.13   | 1739998800
            OCDO.L-2020-01-01-to-2020-01-03        | OCDO.L        | 305.3    | 1740051143
            ORSTED.CO-2020-01-01-to-2020-01-03     | ORSTED.CO     | 303.3    | 1740051971
            QQQ-2020-01-01-to-2020-01-03           | QQQ           | 539.52   | 1739998800
            SPOT-2020-01-01-to-2020-01-03          | SPOT          | 642.73   | 1739998802
            WSKT.JK-2020-01-01-to-2020-01-03       | WSKT.JK       | 202      | 1721764800
            WSU.DE-2023-08-04-to-2023-08-09        | WSU.DE        | 38.9     | 1740049420
            """;

    private static final String ERRORS = """
            400-BEKE-q1.json | Data doesn't exist for startDate = 1577836800, endDate = 1578009600
            400-BEKE.json    | Data doesn't exist for startDate = 1577836800, endDate = 1578009600
            400-BFLY.json    | Data doesn't exist for startDate = 1577836800, endDate = 1578009600
            401.json         | Invalid Crumb
            404-MDLY.json    | No data found, symbol may be delisted
            404-SI.json      | No data found, symbol may be delisted
            404-SIX.json     | No data found, symbol may be delisted
            429.txt          | "Too Many Requests"
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = PRICES)
    void recordedPricesAreRead(String name, String symbol, String price, long seconds) throws IOException {
        assertThat(ChartBody.read(recorded(name + ".json"))).isEqualTo(new Priced(symbol, price, seconds * 1000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ERRORS)
    void recordedErrorsAreRead(String name, String error) throws IOException {
        byte[] body = recorded(name);
        assertThat(ChartBody.error(body)).isEqualTo(error);
        assertThat(ChartBody.read(body)).isInstanceOf(Unpriced.class);
    }

    @Test
    void everyRecordedBodyIsAmongThese() throws IOException {
        Set<String> tested = new TreeSet<>();
        PRICES.lines().forEach(line -> tested.add("chart-" + line.split(" ")[0] + ".json"));
        ERRORS.lines().forEach(line -> tested.add("chart-" + line.split(" ")[0]));
        try (Stream<Path> files = Files.list(RECORDED)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("LICENSE")))
                    .containsExactlyInAnyOrderElementsOf(tested);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "113, 113",
        "64250.12, 64250.12",
        "64250.10, 64250.10",
        "0.000000123, 0.000000123",
        "1.23E-7, 0.000000123",
        "1e3, 1000",
        "0.1234567890123456789, 0.1234567890123456789",
        "1000000000000, 1000000000000",
        "1e-12, 0.000000000001",
    })
    void aPriceKeepsItsDigits(String inBody, String price) {
        assertThat(ChartBody.read(bytes(StubYahoo.body("A", inBody, 1_700_000_000))))
                .isEqualTo(new Priced("A", price, 1_700_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | null",
                "0 | 0",
                "0.0 | 0.0",
                "-37.63 | -37.63",
                "NaN | NaN",
                "Infinity | Infinity",
                "\"113\" | \"\"113\"\"",
                "true | true",
                "{} | \"{}\"",
                "1e19 | 1E+19",
                "1e-19 | 1E-19",
                "1e999999999 | 1E+999999999",
            })
    void whatIsNoPriceIsSaidSo(String inBody, String found) {
        assertThat(ChartBody.read(bytes(StubYahoo.body("A", inBody, 1_700_000_000))))
                .isEqualTo(new Unpriced(
                        "regularMarketPrice",
                        "regularMarketPrice is " + found + "; expected a number above zero, of 1e-18 to 1e18"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "\"1700000000\"", "1700000000000", "0", "-1", "1700000000.5", "99999999999999999999"})
    void whatIsNoTimeIsSaidSo(String time) {
        String body = StubYahoo.body("A", "1", 1).replace("\"regularMarketTime\":1", "\"regularMarketTime\":" + time);
        assertThat(ChartBody.read(bytes(body))).isInstanceOfSatisfying(Unpriced.class, unpriced -> {
            assertThat(unpriced.what()).isEqualTo("regularMarketTime");
            assertThat(unpriced.found())
                    .startsWith("regularMarketTime is ")
                    .contains(time.replace("\"", ""))
                    .endsWith("; expected seconds since 1970, from 1973 to 2099");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | chart.result[0].meta is missing",
                "[] | chart.result[0].meta is missing",
                "7 | chart.result[0].meta is missing",
                "{\"chart\":{\"result\":[],\"error\":null}} | chart.result[0].meta is missing",
                "{\"chart\":{\"result\":[{\"meta\":[]}]}} | chart.result[0].meta is missing",
                "{\"chart\":{\"result\":[{\"meta\":{}}]}} | regularMarketPrice is missing; expected a number above",
                "{\"chart\":{\"result\":null,\"error\":{\"code\":\"X\",\"description\":\"Y\"}}} | chart.result is empty: Y",
                "{\"chart\":{\"result\":null,\"error\":{\"code\":\"X\"}}} | chart.result is empty: X",
                "<html><body>Sorry</body></html> | the body is \"<html><body>Sorry</body></html>\"; expected JSON",
                "{\"chart\": | the body is \"{\"chart\":\"; expected JSON",
                "{\"n\":1e99999999999} | the body is \"{\"n\":1e99999999999}\"; expected JSON",
                "`` | the body is empty; expected JSON",
            })
    void aBodyWithoutAPriceIsSaidSo(String body, String found) {
        assertThat(ChartBody.read(bytes(body)))
                .isInstanceOfSatisfying(
                        Unpriced.class, unpriced -> assertThat(unpriced.found()).startsWith(found));
    }

    @Test
    void aReasonStaysOnItsLineAndIsCut() {
        String endless = "a\\nb".repeat(1000);
        assertThat(ChartBody.error(bytes("{\"chart\":{\"error\":{\"description\":\"" + endless + "\"}}}")))
                .hasSize(200)
                .doesNotContain("\n");
        assertThat(ChartBody.error(bytes("<html>\n" + endless)))
                .hasSizeLessThan(50)
                .doesNotContain("\n");
    }

    private static byte[] recorded(String name) throws IOException {
        Path file = RECORDED.resolve("chart-" + name);
        return Files.readAllBytes(file);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
