package io.tapewatch.feed.yahoo;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What requests look like, and how patient one is with them.
 *
 * @param baseUrl where the service is: http or https, a host, optionally a port and a path
 * @param userAgent the header {@code User-Agent}
 * @param headers further headers
 * @param timeout how long a request may take, its answer's body included
 * @param backOff how long to wait before asking again for the first time; it doubles with each time
 */
public record ChartRequests(URI baseUrl, String userAgent, RequestHeaders headers, Duration timeout, Duration backOff) {

    /** Where Yahoo has it. */
    public static final String YAHOO = "https://query1.finance.yahoo.com";

    /** Yahoo turns away what does not look like a browser. */
    public static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    /** How long one waits before asking again for the first time, unless there is a reason for another. */
    public static final Duration BACK_OFF = Duration.ofSeconds(1);

    /** Days of a month: of the ranges that Yahoo knows, the shortest that each instrument has. Only the price matters. */
    private static final String QUERY = "?range=1mo&interval=1d";

    /**
     * Reads a base URL.
     *
     * @throws IllegalArgumentException if it is none; the message is one line
     */
    public static URI parseBaseUrl(String text) {
        try {
            URI url = URI.create(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // It is none.
        }
        throw new IllegalArgumentException(
                "expected http:// or https:// and a host, such as " + YAHOO + ", without a query");
    }

    HttpRequest of(String symbol) {
        String base = baseUrl.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + "/v8/finance/chart/" + pathSegment(symbol) + QUERY))
                .setHeader("User-Agent", userAgent)
                .setHeader("Accept", "application/json");
        headers.setOn(request);
        return request.build();
    }

    /** Host and port, for a person. */
    String host() {
        return baseUrl.getHost() + (baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort());
    }

    /** A symbol has no blanks, the one character for which the encoding of forms is not that of paths. */
    private static String pathSegment(String symbol) {
        return URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    }
}
