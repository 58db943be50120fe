package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.tapewatch.Rounds;
import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagMessageTest {

    private static final List<Metric> QUOTED =
            Stream.of(Metric.values()).filter(Metric::needsQuotes).toList();

    // What was seen: value, price that it is counted from, price of the tick.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    price > 1100               | 1200 NaN 1200        | BTC-USD traded at 1200 (limit 1100)
                    price <= 0.00001           | 0.0000099 NaN 0.0000099 | BTC-USD traded at 0.0000099 (limit 0.00001)
                    price < 0                  | -37.63 NaN -37.63    | BTC-USD traded at -37.63 (limit 0)
                    size >= 200                | 250.5 250.5 811.02   | BTC-USD traded a size of 250.5 at 811.02 (limit 200)
                    notional > 1000000         | 1250000.5 NaN 50     | BTC-USD traded a notional of 1250000.5 at 50 (limit 1000000)
                    changePct over 5m > 5      | 6.1206 811.02 860.66 | BTC-USD rose 6.1 % in 5m (limit 5 %), 811.02 → 860.66
                    changePct over 3600s < -5  | -10 100 90           | BTC-USD fell 10 % in 1h (limit -5 %), 100 → 90
                    changePct over 5m > 5      | 5.04 100 105.04      | BTC-USD rose 5.04 % in 5m (limit 5 %), 100 → 105.04
                    changePct over 5m > 5      | 5.00004 100 105.00004 | BTC-USD rose 5.00004 % in 5m (limit 5 %), 100 → 105.00004
                    changePct over 5m > 97.1   | 97.146 100 197.146   | BTC-USD rose 97.15 % in 5m (limit 97.1 %), 100 → 197.146
                    changePct over 5m >= 5     | 5 100 105            | BTC-USD rose 5 % in 5m (limit 5 %), 100 → 105
                    changePct over 1m >= 0     | 0 100 100            | BTC-USD is unchanged from 1m before (limit 0 %), at 100
                    changePct over 1m > -1     | -0.0 100 100         | BTC-USD is unchanged from 1m before (limit -1 %), at 100
                    tickChangePct <= 0         | 0 100 100            | BTC-USD is unchanged from the tick before (limit 0 %), at 100
                    dayChangePct < 2           | 0 100 100            | BTC-USD is unchanged from the previous close (limit 2 %), at 100
                    gapSeconds <= 0            | 0 NaN 100            | BTC-USD ticked at the same time as the tick before (limit 0), at 100
                    rangePct over 5m <= 0      | 0 100 100            | BTC-USD kept one price in 5m (limit 0 %), at 100
                    fromHighPct over 5m >= 0   | 0 100 100            | BTC-USD is at its high of 5m (limit 0 %), at 100
                    fromHighPct over 5m > -5   | -0.0 100 100         | BTC-USD is at its high of 5m (limit -5 %), at 100
                    fromLowPct over 5m <= 0    | 0 100 100            | BTC-USD is at its low of 5m (limit 0 %), at 100
                    vwapDeviationPct over 1h < 1 | 0 100 100          | BTC-USD traded at its VWAP of 1h (limit 1 %), at 100
                    vwapDeviationPct over 1h < 1 | 0.000001 99.999999 100 | BTC-USD traded 0.000001 % above its VWAP of 1h (limit 1 %), 99.999999 → 100
                    returnZScore over 1h < 1   | 0 NaN 100            | BTC-USD moved by 0 standard deviations of its returns in 1h (limit 1), at 100
                    buyPct over 10s <= 100     | 100 NaN 99.8         | BTC-USD saw buyers take 100 % of its volume in 10s (limit 100 %), at 99.8
                    changePct over 1m > 0      | 0.004 100 100.004    | BTC-USD rose 0.004 % in 1m (limit 0 %), 100 → 100.004
                    changePct over 1m > 0      | 0.012345 100 100.0123 | BTC-USD rose 0.012 % in 1m (limit 0 %), 100 → 100.0123
                    tickChangePct >= 12.5      | 20 100 120           | BTC-USD rose 20 % since the tick before (limit 12.5 %), 100 → 120
                    tickChangePct >= 12.5      | 1199900 1 12000      | BTC-USD rose 1199900 % since the tick before (limit 12.5 %), 1 → 12000
                    gapSeconds > 600           | 630.25 NaN 100       | BTC-USD ticked after 630.3 s without a tick (limit 600), at 100
                    rangePct over 5m > 5       | 7.23 90 96           | BTC-USD ranged over 7.2 % in 5m (limit 5 %), at 96
                    fromHighPct over 1h < -5   | -5.57 100 94.43      | BTC-USD is 5.6 % below its high of 1h (limit -5 %), 100 → 94.43
                    fromLowPct over 1h > 5     | 5.57 100 105.57      | BTC-USD is 5.6 % above its low of 1h (limit 5 %), 100 → 105.57
                    count over 10s >= 500      | 512 NaN 100          | BTC-USD ticked 512 times in 10s (limit 500), at 100
                    volume over 5m > 800       | 812.5 NaN 100        | BTC-USD traded a volume of 812.5 in 5m (limit 800), at 100
                    turnover over 5m > 800     | 812.5 NaN 100        | BTC-USD turned over 812.5 in 5m (limit 800), at 100
                    vwapDeviationPct over 1h > 5 | 5.21 100 105.21    | BTC-USD traded 5.2 % above its VWAP of 1h (limit 5 %), 100 → 105.21
                    vwapDeviationPct over 1h > 2 | 3.01 1033.6213242953506 1064.77 | BTC-USD traded 3 % above its VWAP of 1h (limit 2 %), 1033.6213 → 1064.77
                    vwapDeviationPct over 1h < -5 | -5.21 100 94.79   | BTC-USD traded 5.2 % below its VWAP of 1h (limit -5 %), 100 → 94.79
                    returnZScore over 1h > 8   | 8.21 NaN 100         | BTC-USD rose by 8.2 standard deviations of its returns in 1h (limit 8), at 100
                    returnZScore over 1h < -8  | -8.21 NaN 100        | BTC-USD fell by 8.2 standard deviations of its returns in 1h (limit -8), at 100
                    sizeRatio over 1h > 50     | 52.1 NaN 100         | BTC-USD traded 52.1 times its mean size of 1h (limit 50), at 100
                    volumeRatio over 5m baseline 1h > 3 | 3.41 NaN 100 | BTC-USD traded 3.4 times its usual volume in 5m (limit 3), at 100
                    countRatio over 5m baseline 1h > 3 | 3.41 NaN 100 | BTC-USD ticked 3.4 times as often as usual in 5m (limit 3), at 100
                    dayChangePct > 10          | 10.11 100 110.11     | BTC-USD rose 10.1 % since the previous close (limit 10 %), 100 → 110.11
                    count over 10s < 5         | 1 NaN 100            | BTC-USD ticked once in 10s (limit 5), at 100
                    spreadBps > 50             | 53.24 NaN 100.2      | BTC-USD traded on a spread of 53.2 bps (limit 50 bps), at 100.2
                    spreadBps < 0              | -49.382716 NaN 101   | BTC-USD traded on a quote crossed by 49.4 bps (limit 0 bps), at 101
                    offQuoteBps >= 10          | 12.3456 NaN 100.6    | BTC-USD traded 12.3 bps outside its quote (limit 10 bps), at 100.6
                    offQuoteBps > 10           | 10.0004 NaN 100.6    | BTC-USD traded 10.0004 bps outside its quote (limit 10 bps), at 100.6
                    offQuoteBps <= 0           | 0 NaN 100.2          | BTC-USD traded within its quote (limit 0 bps), at 100.2
                    quoteAgeSeconds > 3        | 4.25 NaN 100.2       | BTC-USD traded on a quote that was 4.3 s old (limit 3), at 100.2
                    buyPct over 10s >= 80      | 93.1234 NaN 100.2    | BTC-USD saw buyers take 93.1 % of its volume in 10s (limit 80 %), at 100.2
                    buyPct over 10s >= 80      | 100 NaN 100.2        | BTC-USD saw buyers take 100 % of its volume in 10s (limit 80 %), at 100.2
                    buyPct over 10s <= 20      | 6.8766 NaN 99.8      | BTC-USD saw buyers take only 6.9 % of its volume in 10s (limit 20 %), at 99.8
                    buyPct over 10s < 20       | 19.99 NaN 99.8       | BTC-USD saw buyers take only 19.99 % of its volume in 10s (limit 20 %), at 99.8
                    buyPct over 10s <= 0       | 0 NaN 99.8           | BTC-USD saw buyers take none of its volume in 10s (limit 0 %), at 99.8
                    quoteCount over 1s >= 500  | 812 NaN 100.2        | BTC-USD was quoted 812 times in 1s (limit 500), when it traded at 100.2
                    quoteCount over 1m < 1     | 0 NaN 100.2          | BTC-USD was not quoted in 1m (limit 1), when it traded at 100.2
                    quoteRatio over 1s baseline 1m > 5 | 6.34 NaN 100.2 | BTC-USD was quoted 6.3 times as often as usual in 1s (limit 5), when it traded at 100.2
                    silenceSeconds >= 600      | 600 811.02 811.02    | BTC-USD has not ticked for 600 s (limit 600), last at 811.02 at 2013-11-25T00:00:00Z
                    """)
    void aMessageIsASentence(String condition, String seen, String message) {
        assertThat(message("BTC-USD", part(condition, seen))).isEqualTo(message);
    }

    // What was seen of a quote: value, bid, ask.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    spreadBps > 50             | 53.1915 99.734 100.266 | BTC-USD was quoted with a spread of 53.2 bps (limit 50 bps), bid 99.734, ask 100.266
                    spreadBps <= 0             | 0 101 101            | BTC-USD was quoted with a spread of 0 bps (limit 0 bps), bid 101, ask 101
                    spreadBps < 0              | -49.382716 101.5 101 | BTC-USD was quoted crossed by 49.4 bps (limit 0 bps), bid 101.5 above ask 101
                    spreadBps < -49            | -49.04 101.5 101     | BTC-USD was quoted crossed by 49.04 bps (limit -49 bps), bid 101.5 above ask 101
                    quoteCount over 1s >= 500  | 812 100 100.1        | BTC-USD was quoted 812 times in 1s (limit 500), bid 100, ask 100.1
                    quoteCount over 1s >= 500  | 812 100.1 100        | BTC-USD was quoted 812 times in 1s (limit 500), bid 100.1 above ask 100
                    quoteCount over 1s >= 500  | 812 NaN 100.1        | BTC-USD was quoted 812 times in 1s (limit 500), ask 100.1 and no bid
                    quoteCount over 1h < 2     | 1 100 NaN            | BTC-USD was quoted once in 1h (limit 2), bid 100 and no ask
                    quoteRatio over 1s baseline 1m > 5 | 6.34 -1.5 -1 | BTC-USD was quoted 6.3 times as often as usual in 1s (limit 5), bid -1.5, ask -1
                    """)
    void aMessageOnAQuoteSaysWhatWasBidAndAskedAndNotThatItTraded(String condition, String seen, String message) {
        assertThat(ofQuote("BTC-USD", part(condition, seen))).isEqualTo(message);
    }

    @Test
    void furtherConditionsOnAQuoteFollowInTheirWords() {
        FlagMessage.Part wide = part("spreadBps > 50", "53.1915 99.734 100.266");
        FlagMessage.Part crossed = part("spreadBps < 0", "-49.382716 101.5 101");
        FlagMessage.Part count = part("quoteCount over 1s >= 200", "812 99.734 100.266");
        FlagMessage.Part ratio = part("quoteRatio over 1s baseline 1m > 5", "6.34 99.734 100.266");
        assertThat(ofQuote("X", count, ratio, wide))
                .isEqualTo("X was quoted 812 times in 1s (limit 200), bid 99.734, ask 100.266, with 6.3 times as many"
                        + " quotes as usual, with a spread of 53.2 bps");
        assertThat(ofQuote("X", count, crossed))
                .isEqualTo("X was quoted 812 times in 1s (limit 200), bid 99.734, ask 100.266, crossed by 49.4 bps");
        assertThat(ofQuote("X", wide, count))
                .isEqualTo("X was quoted with a spread of 53.2 bps (limit 50 bps), bid 99.734, ask 100.266, was quoted"
                        + " 812 times in 1s");
        assertThat(ofQuote("X")).isEqualTo("X was quoted, bid 99.5, ask 100, where no condition has a value");
    }

    @Test
    void furtherConditionsThatNeedQuotesFollowInTheirWords() {
        FlagMessage.Part fall = part("changePct over 10s < -0.1", "-0.21 100 99.79");
        assertThat(message(
                        "X",
                        fall,
                        part("buyPct over 10s <= 20", "6.8766 NaN 99.79"),
                        part("offQuoteBps > 1", "2.5 NaN 99.79"),
                        part("spreadBps > 50", "53.2 NaN 99.79"),
                        part("quoteRatio over 1s baseline 1m > 5", "6.34 NaN 99.79")))
                .isEqualTo(
                        "X fell 0.21 % in 10s (limit -0.1 %), 100 → 99.79, with buyers taking only 6.9 % of its volume"
                                + " in 10s, traded 2.5 bps outside its quote, on a spread of 53.2 bps, with 6.3 times as many"
                                + " quotes as usual");
        assertThat(message(
                        "X",
                        fall,
                        part("spreadBps < 0", "-49.4 NaN 99.79"),
                        part("quoteAgeSeconds > 3", "4 NaN 99.79"),
                        part("quoteCount over 1s < 1", "0 NaN 99.79"),
                        part("buyPct over 10s > 50", "60 NaN 99.79")))
                .isEqualTo(
                        "X fell 0.21 % in 10s (limit -0.1 %), 100 → 99.79, on a quote crossed by 49.4 bps, traded on a"
                                + " quote that was 4 s old, was not quoted in 1s, with buyers taking 60 % of its volume in 10s");
    }

    @Test
    void aMessageDoesNotDenyItsFlag() {
        long seed = 31;
        Random random = new Random(seed);
        Pattern said = Pattern.compile(" ([0-9.]+) (?:bps|s old|%|times)");
        Map<Metric, Integer> close = new EnumMap<>(Metric.class);
        for (int i = 0; i < Rounds.of(100_000); i++) {
            Metric metric = QUOTED.get(random.nextInt(QUOTED.size()));
            boolean isQuote = random.nextBoolean() && metric.isMeasuredOn(Rule.On.QUOTE);
            Comparison is = Comparison.values()[random.nextInt(4)];
            double limit = metric == Metric.QUOTE_COUNT ? random.nextInt(9) : random.nextInt(1000) / 10.0;
            double value = metric == Metric.QUOTE_COUNT
                    ? random.nextInt(9)
                    : limit + random.nextInt(-99, 100) / Math.pow(10, random.nextInt(12));
            if (metric == Metric.SPREAD_BPS && random.nextBoolean()) {
                limit = -limit;
                value = -value;
            }
            if (!is.holds(Double.compare(value, limit)) || value < 0 && metric != Metric.SPREAD_BPS) {
                continue;
            }
            long over = metric.isWindowed() ? 7_000 : Condition.NO_OVER;
            Condition condition = new Condition(
                    metric, over, metric.isCompared() ? 60_000 : Condition.NO_OVER, is, Numbers.decimal(limit));
            FlagMessage.Part part =
                    new FlagMessage.Part(condition, is, new Seen(value, Decimal.of("11"), Decimal.of("12")));
            FlagMessage.Part other = part("price > 0.25", "2 NaN 2");
            for (List<FlagMessage.Part> parts : List.of(List.of(part), List.of(other, part))) {
                String message = isQuote ? ofQuote("X", part) : message("X", parts.toArray(FlagMessage.Part[]::new));
                String told = message.replaceFirst(".*\\(limit 0.25\\), ", "").replaceFirst(" \\(limit .*", "");
                double read;
                if (told.matches(".*(within its quote|was not quoted|taking none|take none).*")) {
                    read = 0;
                } else if (told.contains("was quoted once")) {
                    read = 1;
                } else {
                    Matcher number = said.matcher(told);
                    assertThat(number.find()).as("%s of seed %s", message, seed).isTrue();
                    read = Double.parseDouble(number.group(1)) * (told.contains("crossed") ? -1 : 1);
                }
                assertThat(is.holds(Double.compare(read, limit)))
                        .as("%s at %s, seed %s", message, value, seed)
                        .isTrue();
                assertThat(isQuote && message.contains("trade"))
                        .as("%s of a quote", message)
                        .isFalse();
            }
            close.merge(metric, Math.abs(value - limit) < 0.001 ? 1 : 0, Integer::sum);
        }
        assertThat(close.keySet()).containsExactlyInAnyOrderElementsOf(QUOTED);
        assertThat(close.values()).as("close to the limit").allMatch(times -> times > Rounds.of(500));
    }

    @Test
    void furtherConditionsFollowInTheirWords() {
        FlagMessage.Part rise = part("changePct over 5m > 5", "6.1206 811.02 860.66");
        assertThat(message(
                        "BTC-USD",
                        rise,
                        part("volumeRatio over 5m baseline 1h > 3", "3.41 NaN 860.66"),
                        part("countRatio over 5m baseline 1h > 2", "2.5 NaN 860.66"),
                        part("fromLowPct over 1h > 6", "7 804 860.66")))
                .isEqualTo("BTC-USD rose 6.1 % in 5m (limit 5 %), 811.02 → 860.66, on 3.4 times its usual volume, with"
                        + " 2.5 times as many ticks as usual, is 7 % above its low of 1h");
        assertThat(message("X")).isEqualTo("X traded at 860.66, where no condition has a value");
    }

    private static FlagMessage.Part part(String condition, String seen) {
        double[] numbers =
                Arrays.stream(seen.split(" ")).mapToDouble(Double::parseDouble).toArray();
        Condition read = condition(condition);
        return new FlagMessage.Part(
                read, read.is(), new Seen(numbers[0], Numbers.decimal(numbers[1]), Numbers.decimal(numbers[2])));
    }

    private static String ofQuote(String symbol, FlagMessage.Part... parts) {
        Origin origin = new Origin(3, 7, 1000, Origin.Stamp.CREATE_TIME);
        Quote quote = Quotes.of(symbol, 99.5, Quotes.NONE, 100, Quotes.NONE, 1000, Tick.NO_SEQ, origin);
        return FlagMessage.of(symbol, FlaggedTick.of(quote, false), List.of(parts));
    }

    private static String message(String symbol, FlagMessage.Part... parts) {
        Tick tick = tick(symbol).price(860.66).at(1_385_337_600_000L + 600_000).tick();
        return FlagMessage.of(symbol, FlaggedTick.of(tick, null, null, false), List.of(parts));
    }

    @Test
    void aMessageIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(message("X", part("changePct over 5m > 1.5", "23.46 1000 1234.5")))
                    .isEqualTo("X rose 23.5 % in 5m (limit 1.5 %), 1000 → 1234.5");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aNumberIsTheShortestThatReadsBack() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < Rounds.of(100_000); i++) {
            double value = (random.nextInt(2_000_000) - 1_000_000)
                    / Math.pow(10, random.nextInt(10))
                    * (random.nextBoolean() ? 1 : random.nextDouble());
            String plain = FlagNumbers.plain(value);
            assertThat(Double.parseDouble(plain)).as("seed %s", seed).isEqualTo(value == 0 ? 0 : value);
            String shortest = new BigDecimal(NumberOutput.toString(value, true))
                    .stripTrailingZeros()
                    .toPlainString();
            assertThat(plain).as("%s of seed %s", value, seed).hasSameSizeAs(shortest);
        }
        assertThat(FlagNumbers.plain(2.0e-3)).isEqualTo("0.002");
        assertThat(FlagNumbers.plain(2.2e-12)).isEqualTo("0.0000000000022");
    }
}
