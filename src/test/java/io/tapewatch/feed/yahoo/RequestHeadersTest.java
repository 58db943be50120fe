package io.tapewatch.feed.yahoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadersTest {

    @Test
    void linesAreHeadersAndTheUserAgentIsReplaced() {
        RequestHeaders headers = RequestHeaders.parse(
                List.of("# of my browser", "", "Cookie: A1=x:y; B=z ", "X-Empty-Before:\tv", "user-agent: Mine"));
        assertThat(requests("https://example.com", headers).of("A").headers().map())
                .containsEntry("Cookie", List.of("A1=x:y; B=z"))
                .containsEntry("X-Empty-Before", List.of("v"))
                .containsEntry("User-Agent", List.of("Mine"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3cret                   | line 2: expected a header such as Cookie: VALUE, found a line without a name",
                ": s3cret                 | line 2: expected a header such as Cookie: VALUE, found a line without a name",
                "My Cookie: s3cret        | line 2: what is before the colon is no header's name, or one that the request"
                        + " sets itself, such as Host",
                "Host: s3cret             | line 2: what is before the colon is no header's name, or one that the request"
                        + " sets itself, such as Host",
                "Accept-Encoding: gzip    | line 2: leave Accept-Encoding out: answers are read as they come",
                "Cookie:                  | line 2: expected a value for Cookie of one or more visible characters",
                "Cookie: s3\u0007cret     | line 2: expected a value for Cookie of one or more visible characters",
                "x-once: s3cret           | line 2: x-once is there twice; leave one of them out",
            })
    void aBadLineIsNamedAndItsValueIsNot(String line, String message) {
        assertThatThrownBy(() -> RequestHeaders.parse(List.of("X-Once: 1", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void valuesAreNotShown() {
        RequestHeaders headers = RequestHeaders.parse(List.of("Cookie: s3cret"));
        assertThat(requests("https://example.com", headers).toString())
                .contains("Cookie")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com,     BTC-USD,  https://example.com/v8/finance/chart/BTC-USD?range=1mo&interval=1d",
        "https://example.com/,    ^GSPC,    https://example.com/v8/finance/chart/%5EGSPC?range=1mo&interval=1d",
        "http://127.0.0.1:8080/a, EURUSD=X, http://127.0.0.1:8080/a/v8/finance/chart/EURUSD%3DX?range=1mo&interval=1d",
        "https://example.com,     A/B+C,    https://example.com/v8/finance/chart/A%2FB%2BC?range=1mo&interval=1d",
        "https://example.com,     $A#B&C@!, https://example.com/v8/finance/chart/%24A%23B%26C%40%21?range=1mo&interval=1d",
    })
    void aSymbolIsOneSegmentOfThePath(String base, String symbol, String url) {
        assertThat(requests(base, RequestHeaders.none()).of(symbol).uri()).hasToString(url);
    }

    private static ChartRequests requests(String base, RequestHeaders headers) {
        return new ChartRequests(
                ChartRequests.parseBaseUrl(base), "Agent", headers, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"example.com", "ftp://example.com", "https://", "https://example.com?a=b", "https://u:p@example.com"})
    void aBadBaseUrlIsSaidSo(String text) {
        assertThatThrownBy(() -> ChartRequests.parseBaseUrl(text))
                .hasMessage("expected http:// or https:// and a host, such as https://query1.finance.yahoo.com, without"
                        + " a query");
        assertThat(ChartRequests.parseBaseUrl("HTTP://example.com")).isEqualTo(URI.create("HTTP://example.com"));
    }
}
