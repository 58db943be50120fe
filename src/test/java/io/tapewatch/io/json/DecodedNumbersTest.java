package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.Rounds;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Numbers and times come out of records with the digits that were sent, and go into records again. */
class DecodedNumbersTest {

    private static final long TIME = 1_700_000_000_000L;
    private static final Origin ORIGIN = new Origin(3, 42, TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final RecordLimits ANY_SIGN = new RecordLimits(64_000, Duration.ofMinutes(1), true);
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(18);

    private final Map<String, Integer> rounded = new TreeMap<>();
    private int unknownSides;

    private final DecoderCounters counters = new DecoderCounters() {
        @Override
        public Runnable unknownFields(String label) {
            return () -> {
                throw new AssertionError(label);
            };
        }

        @Override
        public Runnable roundedNumbers(String field) {
            return () -> rounded.merge(field, 1, Integer::sum);
        }

        @Override
        public Runnable unknownSides() {
            return () -> unknownSides++;
        }
    };

    private final RecordDecoder prices = PriceDecoder.factory(ANY_SIGN).decoder("prices", counters);
    private final RecordDecoder quotes = QuoteDecoder.factory(ANY_SIGN).decoder("quotes", counters);

    private static Decoded decode(RecordDecoder decoder, String value) {
        return decoder.decode("KEY".getBytes(UTF_8), value.getBytes(UTF_8), ORIGIN);
    }

    /** The number as it should be read, or null where it should not. */
    private static BigDecimal expected(String text) {
        BigDecimal exact = new BigDecimal(text);
        if (exact.abs().compareTo(LARGEST) > 0) {
            return null;
        }
        BigDecimal kept = exact;
        // Eighteen digits, leading zeros aside, of which at most eighteen stand behind the point: whichever bites
        // first.
        int decimals = Math.min(18, 18 - (exact.precision() - exact.scale()));
        if (exact.scale() > decimals) {
            kept = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        }
        return kept.signum() == 0 && exact.signum() != 0 ? null : kept;
    }

    private static String randomNumber(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        int digits = 1 + random.nextInt(25);
        int point = random.nextInt(digits) + 1;
        for (int i = 0; i < digits; i++) {
            int digit = random.nextInt(3) == 0 ? 5 * random.nextInt(2) : random.nextInt(10);
            text.append(i == 0 && point > 1 && digit == 0 ? 1 : digit);
            if (i + 1 == point && point < digits) {
                text.append('.');
            }
        }
        if (random.nextInt(5) == 0) {
            text.append('e').append(random.nextInt(40) - 20);
        }
        return text.toString();
    }

    @Test
    void everyNumberIsReadAsBigDecimalReadsItAndRoundedOnce() {
        long seed = 1155;
        Random random = new Random(seed);
        int rejected = 0;
        int roundedOnes = 0;
        for (int i = 0; i < Rounds.of(200_000); i++) {
            String text = randomNumber(random);
            String sent = random.nextBoolean() ? text : '"' + text + '"';
            BigDecimal expected = expected(text);
            int before = rounded.values().stream().mapToInt(Integer::intValue).sum();
            Decoded decoded = random.nextBoolean()
                    ? decode(prices, "{\"price\":" + sent + "}")
                    : decode(quotes, "{\"ask\":" + sent + "}");
            int after = rounded.values().stream().mapToInt(Integer::intValue).sum();
            BigDecimal read = decoded instanceof Tick tick
                    ? tick.price().toBigDecimal()
                    : decoded instanceof Quote quote ? quote.ask().toBigDecimal() : null;
            if (expected == null) {
                assertThat(decoded).as("%s of seed %s", text, seed).isInstanceOf(Rejection.class);
                rejected++;
            } else {
                assertThat(read).as("%s of seed %s", text, seed).isEqualByComparingTo(expected);
                boolean isRounded = expected.compareTo(new BigDecimal(text)) != 0;
                assertThat(after - before)
                        .as("rounded: %s of seed %s", text, seed)
                        .isEqualTo(isRounded ? 1 : 0);
                roundedOnes += isRounded ? 1 : 0;
            }
        }
        assertThat(rejected).isGreaterThan(Rounds.of(5_000));
        assertThat(roundedOnes).isGreaterThan(Rounds.of(5_000));
        assertThat(rounded).containsOnlyKeys("price", "ask");
    }

    @Test
    void eachTickThatIsWrittenIsReadAsItWas() {
        long seed = 1156;
        Random random = new Random(seed);
        JsonWriter<Tick> format = (tick, out) -> TickFormat.write(out, tick);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            String time = TIME + "."
                    + "%06d"
                            .formatted(
                                    random.nextInt(4) == 0 ? 1000 * random.nextInt(1000) : random.nextInt(1_000_000));
            Decoded tick = decode(
                    prices,
                    "{\"price\":" + kept(random) + ",\"size\":" + kept(random).replace("-", "") + ",\"time\":" + time
                            + "}");
            assertThat(tick).isInstanceOf(Tick.class);
            assertThat(prices.decode("KEY".getBytes(UTF_8), format.bytes(new JsonFactory(), (Tick) tick), ORIGIN))
                    .as("seed %s", seed)
                    .isEqualTo(tick);
        }
        assertThat(rounded).as("what was rounded before is rounded no more").isEmpty();
    }

    /** A number that is taken as it is. */
    private static String kept(Random random) {
        return BigDecimal.valueOf(random.nextLong() % LARGEST.longValue() >> random.nextInt(60), random.nextInt(19))
                .toPlainString();
    }

    @Test
    void eachQuoteThatIsWrittenIsReadAsItWas() {
        JsonWriter<Quote> format = (quote, out) -> QuoteFormat.write(out, quote);
        for (String nanos : new String[] {"000001", "100000", "123456", "999999", "000000"}) {
            Decoded quote = decode(
                    quotes, "{\"bid\":0.000000000000000001,\"ask\":\"1e18\",\"time\":" + TIME + "." + nanos + "}");
            assertThat(quote).isInstanceOfSatisfying(Quote.class, each -> assertThat(each.nanos())
                    .isEqualTo(Integer.parseInt(nanos)));
            assertThat(quotes.decode("KEY".getBytes(UTF_8), format.bytes(new JsonFactory(), (Quote) quote), ORIGIN))
                    .isEqualTo(quote);
        }
    }

    @Test
    void anExponentOfABillionCostsNothing() {
        for (int i = 0; i < 1_000; i++) {
            for (String number : new String[] {"1e1000000000", "1e-1000000000", "-1e1000000000"}) {
                assertThat(decode(prices, "{\"price\":" + number + "}")).isInstanceOf(Rejection.class);
                assertThat(decode(prices, "{\"price\":1,\"time\":\"" + number + "\"}"))
                        .isInstanceOf(Rejection.class);
            }
        }
        assertThat(decode(prices, "{\"price\":0e1000000000}")).isInstanceOf(Tick.class);
    }

    @Test
    void whatSaysNoSideIsCountedAndTaken() {
        List<String> none = List.of("\"N\"", "\"none\"", "\"\"", "\"bid\"", "1", "true", "[\"buy\",[1]]", "{\"a\":{}}");
        List<Decoded> decoded = new ArrayList<>();
        none.forEach(side -> decoded.add(decode(prices, "{\"price\":1,\"side\":" + side + ",\"seq\":5}")));

        assertThat(decoded).allSatisfy(each -> assertThat(each).isInstanceOfSatisfying(Tick.class, tick -> {
            assertThat(tick.side()).isNull();
            assertThat(tick.seq()).isEqualTo(5);
        }));
        assertThat(unknownSides).isEqualTo(none.size());
        assertThat(decode(prices, "{\"price\":1,\"side\":\"A\"}"))
                .isInstanceOfSatisfying(
                        Tick.class, tick -> assertThat(tick.side()).isEqualTo(Side.SELL));
        decode(prices, "{\"price\":1,\"side\":null}");
        decode(prices, "{\"price\":1}");
        decode(prices, "{\"price\":\"none\",\"side\":\"none\"}");
        assertThat(unknownSides)
                .as("sides that are absent, and records that are rejected")
                .isEqualTo(none.size());
    }
}
