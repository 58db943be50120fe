package io.tapewatch.feed.yahoo;

import static io.tapewatch.feed.TopicRecords.read;
import static io.tapewatch.feed.yahoo.StubYahoo.breaksOff;
import static io.tapewatch.feed.yahoo.StubYahoo.notFound;
import static io.tapewatch.feed.yahoo.StubYahoo.ok;
import static io.tapewatch.feed.yahoo.StubYahoo.price;
import static io.tapewatch.feed.yahoo.StubYahoo.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.PatientProducer;
import io.tapewatch.feed.yahoo.StubYahoo.Request;
import io.tapewatch.feed.yahoo.YahooFeed.Ending;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.local.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class YahooFeedITCase {

    private static final Instant NOW = Instant.parse("2025-02-03T15:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final Duration OFTEN = Duration.ofMillis(30);
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration MAX_STALE = Duration.ofMinutes(15);
    private static final int PARTITIONS = 2;
    private static final String NEXT = "; it is asked for again at its next turn";

    private final StubYahoo yahoo = new StubYahoo();
    private final SettableClock clock = new SettableClock(NOW);
    private final EmbeddedKafka kafka;
    private String topic;

    YahooFeedITCase(EmbeddedKafka kafka) throws IOException {
        this.kafka = kafka;
    }

    @BeforeEach
    void createTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        kafka.createTopic(topic, PARTITIONS, Map.of());
    }

    @AfterEach
    void closeYahoo() {
        yahoo.close();
    }

    @Test
    void pricesArriveInTheDigitsOfTheBodyUnderTheSymbolsThatWereAskedFor() throws Exception {
        yahoo.answers("BTC-USD", price("BTC-USD", "64250.10", SECONDS))
                .answers("WSKT.JK", price("WSKT.JK", "202", SECONDS - 900))
                .answers("^GSPC", price("^gspc", "6040.53", SECONDS + 60))
                .answers("EURUSD=X", price("EURUSD=X", "1.0436", SECONDS - 1));
        RequestHeaders headers = RequestHeaders.parse(List.of("Cookie: A1=x"));
        try (RunningFeed feed = once(headers, "BTC-USD", "WSKT.JK", "^GSPC", "EURUSD=X")) {
            assertThat(feed.ending()).isEqualTo(Ending.ALL_ANSWERED);
            assertThat(feed.lines())
                    .containsExactly("^GSPC: Yahoo answers for \"^gspc\"; its prices are sent as ^GSPC");
            assertThat(feed.counts()).hasToString("4 prices sent, 0 unchanged, 0 of closed markets, 0 failed");
        }
        assertThat(sent())
                .containsExactlyInAnyOrder(
                        json("BTC-USD", "64250.10", SECONDS),
                        json("WSKT.JK", "202", SECONDS - 900),
                        json("^GSPC", "6040.53", SECONDS + 60),
                        json("EURUSD=X", "1.0436", SECONDS - 1));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(heartbeats(partition)).as("it has just sent prices").isEmpty();
        }
        Request request = yahoo.requests("^GSPC").get(0);
        assertThat(request.path()).isEqualTo("/v8/finance/chart/%5EGSPC");
        assertThat(request.headers()).containsEntry("User-agent", "Test/1.0").containsEntry("Cookie", "A1=x");
    }

    @Test
    void whatWasSentIsNotSentAgainNorIsWhatTradedBeforeIt() throws Exception {
        yahoo.answers(
                "A",
                price("A", "1.5", SECONDS),
                price("A", "1.5", SECONDS),
                price("A", "1.6", SECONDS),
                price("A", "1.60", SECONDS),
                price("A", "1.5", SECONDS - 1),
                price("A", "1.6", SECONDS),
                price("A", "1.6", SECONDS + 1));
        try (RunningFeed feed = often("A")) {
            yahoo.awaitRequests("A", 8);
            assertThat(feed.stop()).isEqualTo(Ending.STOPPED);
            assertThat(feed.counts().sent()).isEqualTo(3);
            assertThat(feed.counts().unchanged()).isGreaterThanOrEqualTo(4);
            assertThat(feed.lines()).isEmpty();
        }
        assertThat(sent())
                .containsExactly(json("A", "1.5", SECONDS), json("A", "1.6", SECONDS), json("A", "1.6", SECONDS + 1));
    }

    @Test
    void aClosedMarketIsToldOnceAndSoIsThatItTradesAgain() throws Exception {
        long closed = SECONDS - 901;
        long opened = SECONDS + 3600;
        yahoo.answers("A", price("A", "1", closed), price("A", "1", closed), price("A", "2", opened));
        try (RunningFeed feed = often("A")) {
            feed.awaitLine("A: the market is closed since 2025-02-03T14:44:59Z; nothing is sent until it trades again");
            yahoo.awaitRequests("A", 4);
            clock.set(Instant.ofEpochSecond(opened));
            feed.awaitLine("A: trades again");
            feed.stop();
            assertThat(feed.lines()).filteredOn(line -> line.contains("closed")).hasSize(1);
            assertThat(feed.counts().closed()).isGreaterThanOrEqualTo(2);
        }
        assertThat(sent()).containsExactly(json("A", "2", opened));
    }

    @Test
    void noHeartbeatSaysATimeBeforeTheLastWriteWhoeverWrote() throws Exception {
        yahoo.answers("A", price("A", "1", SECONDS));
        try (RunningFeed feed = often("A")) {
            yahoo.awaitRequests("A", 2);
            while (heartbeats(0).isEmpty() || heartbeats(1).isEmpty()) {
                passFiveMinutes();
            }

            Instant othersTurn = clock.instant();
            long others;
            try (KafkaProducer<byte[], byte[]> other = PatientProducer.of(kafka.bootstrapServers())) {
                others = other.send(new ProducerRecord<>(topic, 1, null, "1.5".getBytes(UTF_8)))
                        .get()
                        .offset();
            }
            while (heartbeats(1).stream().noneMatch(othersTurn::isBefore)) {
                passFiveMinutes();
            }
            feed.stop();

            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(heartbeats(partition)).isSorted().noneMatch(NOW::isAfter);
            }
            // One look may have been under way when the other wrote.
            assertThat(heartbeatsFrom(1, others))
                    .filteredOn(othersTurn::isAfter)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** On the clock that prices are stale by; the feed has some turns meanwhile. */
    private void passFiveMinutes() throws InterruptedException {
        yahoo.awaitRequests("A", yahoo.requests("A").size() + 10);
        clock.set(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void aPriceFromTheFutureIsNotSentUntilTheClockHasComeNear() throws Exception {
        yahoo.answers("A", price("A", "1", SECONDS + 61));
        try (RunningFeed feed = often("A")) {
            yahoo.awaitRequests("A", 3);
            clock.set(NOW.plusSeconds(1));
            feed.awaitLine("A: Yahoo tells its price again");
            feed.stop();
            assertThat(feed.lines())
                    .containsExactly(
                            "! A: the price is of 2025-02-03T15:01:01Z, more than a minute ahead of this machine's clock,"
                                    + " and is not sent; set the clock",
                            "A: Yahoo tells its price again");
        }
        assertThat(sent()).containsExactly(json("A", "1", SECONDS + 61));
    }

    @Test
    void whatYahooDoesNotKnowIsDroppedAndWhenNothingIsLeftItEnds() throws Exception {
        yahoo.answers("GONE", notFound())
                .answers(
                        "BAD",
                        status(
                                400,
                                "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Bad Request\",\"description\":\"Data"
                                        + " doesn't exist\"}}}"))
                .answers("A", price("A", "1", SECONDS), price("A", "1", SECONDS), price("A", "2", SECONDS), notFound());
        try (RunningFeed feed = often("GONE", "BAD", "A")) {
            assertThat(feed.ending()).isEqualTo(Ending.NONE_LEFT);
            String gone = "; it is not asked for again; is this what Yahoo calls it?";
            assertThat(feed.lines())
                    .containsExactlyInAnyOrder(
                            "! GONE: HTTP 404: No data found, symbol may be delisted" + gone,
                            "! BAD: HTTP 400: Data doesn't exist" + gone,
                            "! A: HTTP 404: No data found, symbol may be delisted" + gone);
        }
        assertThat(yahoo.requests("GONE")).hasSize(1);
        assertThat(yahoo.requests("BAD")).hasSize(1);
        assertThat(yahoo.requests("A")).hasSize(4);
        assertThat(sent()).containsExactly(json("A", "1", SECONDS), json("A", "2", SECONDS));
    }

    @Test
    void whoIsNotSignedInIsToldWhatToDoAndAskedForAgain() throws Exception {
        StubYahoo.Reply refused = status(
                401,
                "{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\",\"description\":\"Invalid Crumb\"}}}");
        yahoo.answers("A", refused, refused, price("A", "1", SECONDS));
        try (RunningFeed feed = often("A")) {
            feed.awaitLine("A: Yahoo tells its price again");
            feed.stop();
            assertThat(feed.lines())
                    .containsExactly(
                            "! A: HTTP 401: Invalid Crumb; Yahoo wants a cookie and a crumb: give it a browser's headers"
                                    + " with --headers-file" + NEXT,
                            "A: Yahoo tells its price again");
        }
        assertThat(sent()).containsExactly(json("A", "1", SECONDS));
    }

    @Test
    void aServersTroubleIsWaitedOut() throws Exception {
        yahoo.answers("A", status(503, ""), status(500, "oops"), breaksOff(), price("A", "1", SECONDS))
                .answers("B", status(502, "<html>Bad Gateway</html>"));
        try (RunningFeed feed = once(RequestHeaders.none(), "A", "B")) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines()).containsExactly("! B: HTTP 502: \"<html>Bad Gateway</html>\" (asked 4 times)");
        }
        assertThat(yahoo.requests("B")).hasSize(4);
        assertThat(sent()).containsExactly(json("A", "1", SECONDS));
    }

    @Test
    void everySymbolWaitsAsLongAsRetryAfterSaysWhenThereWereTooManyRequests() throws Exception {
        yahoo.answers("A", status(429, "Too Many Requests\n", "Retry-After", "1"), price("A", "1", SECONDS))
                .answers("B", price("B", "2", SECONDS));
        long begun = System.nanoTime();
        try (RunningFeed feed = feed(again(Duration.ofSeconds(10), "A", "B"), RequestHeaders.none(), PATIENT)) {
            yahoo.awaitRequests("B", 1);
            yahoo.awaitRequests("A", 2);
            feed.stop();
            assertThat(feed.lines())
                    .containsExactly(
                            "! Yahoo has had too many requests (HTTP 429): every symbol waits for 1s; if it comes"
                                    + " again, ask less often (--every) or for fewer symbols");
        }
        List<Request> ofA = yahoo.requests("A");
        long refused = ofA.get(0).nanos();
        assertThat(ofA.get(1).nanos() - refused).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        // B's turn would have been five seconds after the beginning, had it not been postponed by another one.
        assertThat(yahoo.requests("B").get(0).nanos() - begun).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(6));
    }

    @Test
    void tooManyRequestsThatDoNotEndFailTheSymbol() throws Exception {
        yahoo.answers("A", status(429, "Too Many Requests\n"));
        try (RunningFeed feed = once(RequestHeaders.none(), "A")) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("! A: HTTP 429: \"Too Many Requests\" (asked 4 times)");
        }
        assertThat(yahoo.requests("A")).hasSize(4);
        assertThat(sent()).isEmpty();
    }

    @Test
    void oneSymbolsTroubleNeverStopsTheOthers() throws Exception {
        String noPrice = "; expected a number above zero, of 1e-18 to 1e18; nothing is sent";
        yahoo.answers("HANG", yahoo.hangs())
                .answers("HALF", yahoo.hangsInTheBody())
                .answers("BROKEN", breaksOff())
                .answers("LARGE", ok(" ".repeat((1 << 20) + 1)))
                .answers("HTML", ok("<html></html>"))
                .answers("EMPTY", ok("{\"chart\":{\"result\":[],\"error\":null}}"))
                .answers("NULL", ok("{\"chart\":{\"result\":null,\"error\":{\"description\":\"Oh\"}}}"))
                .answers("NONE", price("NONE", "null", SECONDS))
                .answers("BELOW", price("BELOW", "-37.63", SECONDS))
                .answers("WAS", price("WAS", "1", 1_740_051_840_000L))
                .answers("FORBIDDEN", status(403, ""))
                .answers("LOST", status(302, "", "Location", yahoo.url() + "/v8/finance/chart/BELOW"))
                .answers("GOOD", price("GOOD", "1", SECONDS));
        String[] symbols = {
            "HANG",
            "HALF",
            "BROKEN",
            "LARGE",
            "HTML",
            "EMPTY",
            "NULL",
            "NONE",
            "BELOW",
            "WAS",
            "FORBIDDEN",
            "LOST",
            "GOOD"
        };
        YahooSettings settings = new YahooSettings(Arrays.asList(symbols), OFTEN, true, MAX_STALE, false);
        // On a busy machine the others answer within that time, too.
        Duration timeout = Duration.ofSeconds(2);
        try (RunningFeed feed = feed(settings, RequestHeaders.none(), timeout)) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines())
                    .containsExactlyInAnyOrder(
                            "! HANG: no answer within 2s (--timeout) (asked 4 times)",
                            "! HALF: no answer within 2s (--timeout) (asked 4 times)",
                            "! BROKEN: the connection to " + yahoo.host() + " broke (asked 4 times)",
                            "! LARGE: the body has more than 1048576 bytes; nothing is sent",
                            "! HTML: the body is \"<html></html>\"; expected JSON; nothing is sent",
                            "! EMPTY: chart.result[0].meta is missing; nothing is sent",
                            "! NULL: chart.result is empty: Oh; nothing is sent",
                            "! NONE: regularMarketPrice is null" + noPrice,
                            "! BELOW: regularMarketPrice is -37.63" + noPrice,
                            "! WAS: regularMarketTime is 1740051840000; expected seconds since 1970, from 1973 to 2099;"
                                    + " nothing is sent",
                            "! FORBIDDEN: HTTP 403",
                            "! LOST: regularMarketPrice is -37.63" + noPrice);
            assertThat(feed.counts().failed()).isEqualTo(12);
        }
        assertThat(sent()).containsExactly(json("GOOD", "1", SECONDS));
        // Those that hang were let go: they are asked again on connections of their own, and again.
        assertThat(yahoo.requests("HANG")).hasSize(4);
        assertThat(yahoo.requests("HALF")).hasSize(4);
    }

    @Test
    void theSameTroubleIsToldOnceAndOthersGoOnBesideASymbolThatHangs() throws Exception {
        yahoo.answers("HANG", yahoo.hangs())
                .answers("DOWN", price("DOWN", "0", SECONDS), price("DOWN", "-1", SECONDS), price("DOWN", "1", SECONDS))
                .answers("GOOD", price("GOOD", "1", SECONDS), price("GOOD", "2", SECONDS));
        try (RunningFeed feed = often("HANG", "DOWN", "GOOD")) {
            feed.awaitLine("DOWN: Yahoo tells its price again");
            yahoo.awaitRequests("GOOD", 4);
            assertThat(feed.stop()).as("it does not wait for who hangs").isEqualTo(Ending.STOPPED);
            assertThat(feed.lines())
                    .containsExactly(
                            "! DOWN: regularMarketPrice is 0; expected a number above zero, of 1e-18 to 1e18; nothing is"
                                    + " sent" + NEXT,
                            "DOWN: Yahoo tells its price again");
        }
        assertThat(yahoo.requests("HANG")).hasSize(1);
        assertThat(sent())
                .containsExactlyInAnyOrder(
                        json("DOWN", "1", SECONDS), json("GOOD", "1", SECONDS), json("GOOD", "2", SECONDS));
    }

    @Test
    void aRedirectIsNotFollowedWithHeadersThatMayBeSecret() throws Exception {
        yahoo.answers("A", status(302, "", "Location", yahoo.url() + "/v8/finance/chart/B"))
                .answers("B", price("B", "1", SECONDS));
        try (RunningFeed feed = once(RequestHeaders.parse(List.of("Cookie: A1=x")), "A")) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines())
                    .containsExactly("! A: HTTP 302, a redirect, which is not followed with headers of a file");
        }
        assertThat(yahoo.requests("B")).isEmpty();
    }

    @Test
    void aServerThatHangsUpOrIsNotThereIsSaidSo() throws Exception {
        String host;
        // No other program is given this port once it is free again.
        int port = FreePorts.find(1).get(0);
        try (ServerSocket rude = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            host = "127.0.0.1:" + port;
            new Thread(() -> resetAll(rude), "rude").start();
            try (RunningFeed feed = at("http://" + host)) {
                assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
                assertThat(feed.lines()).containsExactly("! A: the connection to " + host + " broke (asked 4 times)");
            }
        }
        try (RunningFeed feed = at("http://" + host)) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines()).containsExactly("! A: no connection to " + host + " (asked 4 times)");
        }
        try (RunningFeed feed = at("http://nowhere.invalid")) {
            assertThat(feed.ending()).isEqualTo(Ending.SOME_FAILED);
            assertThat(feed.lines()).containsExactly("! A: the host nowhere.invalid is not known (asked 4 times)");
        }
    }

    private static void resetAll(ServerSocket rude) {
        while (true) {
            try (Socket connection = rude.accept()) {
                connection.getInputStream().read();
                connection.setSoLinger(true, 0);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void aPlainPriceIsTheBareNumberUnderItsSymbol() throws Exception {
        yahoo.answers("BTC-USD", price("BTC-USD", "64250.10", SECONDS));
        YahooSettings settings = new YahooSettings(List.of("BTC-USD"), OFTEN, true, MAX_STALE, true);
        try (RunningFeed feed = feed(settings, RequestHeaders.none(), PATIENT)) {
            assertThat(feed.ending()).isEqualTo(Ending.ALL_ANSWERED);
        }
        assertThat(sent()).containsExactly("BTC-USD 64250.10");
    }

    private RunningFeed often(String... symbols) {
        return feed(again(OFTEN, symbols), RequestHeaders.none(), PATIENT);
    }

    private RunningFeed once(RequestHeaders headers, String... symbols) {
        return feed(new YahooSettings(Arrays.asList(symbols), OFTEN, true, MAX_STALE, false), headers, PATIENT);
    }

    private RunningFeed at(String url) {
        YahooSettings settings = new YahooSettings(List.of("A"), OFTEN, true, MAX_STALE, false);
        return new RunningFeed(kafka, topic, settings, url, RequestHeaders.none(), PATIENT, clock).start();
    }

    private RunningFeed feed(YahooSettings settings, RequestHeaders headers, Duration timeout) {
        return new RunningFeed(kafka, topic, settings, yahoo.url(), headers, timeout, clock).start();
    }

    private static YahooSettings again(Duration every, String... symbols) {
        return new YahooSettings(Arrays.asList(symbols), every, false, MAX_STALE, false);
    }

    private static String json(String symbol, String price, long seconds) {
        return "%s {\"symbol\":\"%s\",\"price\":%s,\"time\":%d000}".formatted(symbol, symbol, price, seconds);
    }

    /** Keys and values of what was sent, without heartbeats. */
    private List<String> sent() {
        return read(kafka, topic).stream()
                .filter(record -> record.key() != null)
                .map(record -> record.key() + " " + record.value())
                .toList();
    }

    private List<Instant> heartbeats(int partition) {
        return heartbeatsFrom(partition, 0);
    }

    private List<Instant> heartbeatsFrom(int partition, long offset) {
        String before = "{\"heartbeat\":true,\"time\":";
        return read(kafka, topic).stream()
                .filter(record -> record.partition() == partition && record.offset() >= offset)
                .filter(record -> record.key() == null && record.value().startsWith("{"))
                .map(ConsumerRecord::value)
                .peek(value -> assertThat(value).startsWith(before).endsWith("}"))
                .map(value -> value.substring(before.length(), value.length() - 1))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .toList();
    }
}
