package io.tapewatch.domain.quote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.check.ShownWords;
import io.tapewatch.domain.exact.Decimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the oracle joins as the documentation says: small cases worked out by hand. */
class NaiveQuotesTest {

    /** What is shown ({@link ShownWords}), and what stands beside each of its trades. */
    private static final String CASES = """
            # The last quote before it.
            2@100                              | none
            1q99/101 2@100.5                   | 99/101 mid 100 spread 200 effective 100 buy 1000 ms
            1q99/101 2q98/102 3@100.5          | 98/102 mid 100 spread 400 effective 100 buy 1000 ms
            1q99/101 2q98/102 1.5@100.5 3@99   | 99/101 mid 100 spread 200 effective 100 buy 500 ms & 98/102 mid 100 spread 400 effective 200 sell 1000 ms
            3q99/101 2@100.5                   | none
            1q99/101 2@102                     | 99/101 mid 100 spread 200 effective 400 buy 1000 ms
            1q99/101 2@98                      | 99/101 mid 100 spread 200 effective 400 sell 1000 ms

            # Of the same instant: after it, or before it.
            2q99/101 2@100.5                   | none
            1.999q99/101 2@100.5               | 99/101 mid 100 spread 200 effective 100 buy 1 ms
            1q98/102 2q99/101 2@100.5          | 98/102 mid 100 spread 400 effective 100 buy 1000 ms
            1q98/102 2q99/101 2@100.5 2@99.5   | 98/102 mid 100 spread 400 effective 100 buy 1000 ms & 98/102 mid 100 spread 400 effective 100 sell 1000 ms
            quotes-first 2q99/101 2@100.5      | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            quotes-first 2.001q99/101 2@100.5  | none
            quotes-first 1q98/102 2@100.5 2@99.5 2q99/101 | 99/101 mid 100 spread 200 effective 100 buy 0 ms & 99/101 mid 100 spread 200 effective 100 sell 0 ms

            # By the nanosecond, within a millisecond.
            1.999999999q99/101 2@100.5         | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            2.000000001q99/101 2@100.5         | none
            2.0000004q99/101 2.0000005@100.5   | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            2.0000005q99/101 2.0000005@100.5   | none
            2.0000006q99/101 2.0000005@100.5   | none
            quotes-first 2.0000005q99/101 2.0000005@100.5 | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            quotes-first 2.0000006q99/101 2.0000005@100.5 | none
            1q98/102 2.0000004q99/101 2.0000005@100.5 2.0000006q97/103 | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            0.0005q99/101 2@100.5              | 99/101 mid 100 spread 200 effective 100 buy 1999 ms
            0.0005q99/101 2.0005@100.5         | 99/101 mid 100 spread 200 effective 100 buy 2000 ms
            0.0000004q98/102#8 0.0000005q99/101#7 2@101 | 99/101 mid 100 spread 200 effective 200 buy 1999 ms

            # Of the same instant, where trades and quotes are numbered in one sequence.
            by-seq 2q99/101#6 2@100.5#7        | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 2q99/101#7 2@100.5#7        | none
            by-seq 2q99/101#8 2@100.5#7        | none
            by-seq 1.999999999q99/101#8 2@100.5#7 | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 2.000000001q99/101#6 2@100.5#7 | none
            by-seq 2q98/102#5 2@100.5#6 2q99/101#7 2@100.5#8 2q97/103#9 | 98/102 mid 100 spread 400 effective 100 buy 0 ms & 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 2q99/101 2@100.5            | none
            by-seq 2q99/101 2@100.5#7          | none
            by-seq 2q99/101#9 2@100.5          | 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 2@100.5#7 2q98/102#9 2@99.5 2q99/101 | none & 98/102 mid 100 spread 400 effective 100 sell 0 ms
            2q99/101#6 2@100.5#7               | none
            quotes-first 2q99/101#8 2@100.5#7  | 99/101 mid 100 spread 200 effective 100 buy 0 ms

            # As old as it may be, and a millisecond or a nanosecond older. A new one that is too old is not made up for by one before.
            0q99/101 5@100.5                   | 99/101 mid 100 spread 200 effective 100 buy 5000 ms
            0q99/101 5.001@100.5               | none
            0q99/101 5.000000001@100.5         | none
            0.000000001q99/101 5.000000001@100.5 | 99/101 mid 100 spread 200 effective 100 buy 5000 ms
            0.000000001q99/101 5.000000002@100.5 | none
            0.000000002q99/101 5.000000001@100.5 | 99/101 mid 100 spread 200 effective 100 buy 4999 ms
            max-age=0.002 0q99/101 0.002@100.5 0.003@100.5 | 99/101 mid 100 spread 200 effective 100 buy 2 ms & none
            max-age=0 quotes-first 1q99/101 1@101 1.001@101 | 99/101 mid 100 spread 200 effective 200 buy 0 ms & none
            max-age=0 1q99/101 1@101           | none

            # Crossed, locked, one-sided, and not above zero: these replace the one before like others.
            0q99/101 1q101/99 2@103            | 101/99 spread -200 1000 ms
            0q99/101 1q100/100 2@101           | 100/100 mid 100 spread 0 effective 200 buy 1000 ms
            0q99/101 1q100/100 2@100           | 100/100 mid 100 spread 0 effective 0 1000 ms
            0q99/101 1q100/100 2@99            | 100/100 mid 100 spread 0 effective 200 sell 1000 ms
            0q99/101 1q99/ 2@98                | 99/ 1000 ms
            0q99/101 1q/101 2@102              | /101 1000 ms
            0q99/101 1q-1/1 2@5                | -1/1 1000 ms
            0q99/101 1q-3/1 2@5                | -3/1 1000 ms
            0q99/101 1q-1/3 2@2                | -1/3 mid 1 spread 40000 effective 20000 buy 1000 ms
            0q99/101 1q-1/3 2@-1               | -1/3 mid 1 spread 40000 effective 40000 sell 1000 ms
            0q99/101 1q3/-1 2@2                | 3/-1 spread -40000 1000 ms
            1q101/99 2@103s                    | 101/99 spread -200 sell 1000 ms
            1q99/ 2@103b                       | 99/ buy 1000 ms
            2@103b                             | buy

            # At the mid: as the last change of price, however many trades ago.
            1q99/101 2@100                     | 99/101 mid 100 spread 200 effective 0 1000 ms
            0@99 1q99/101 2@100                | none & 99/101 mid 100 spread 200 effective 0 buy 1000 ms
            0@101 1q99/101 2@100               | none & 99/101 mid 100 spread 200 effective 0 sell 1000 ms
            0@100 1q99/101 2@100               | none & 99/101 mid 100 spread 200 effective 0 1000 ms
            0@99 0.5@100 1q99/101 2@100        | none & none & 99/101 mid 100 spread 200 effective 0 buy 1000 ms
            0@99 0.1@101 0.5@100 1q99/101 2@100 | none & none & none & 99/101 mid 100 spread 200 effective 0 sell 1000 ms
            0@99s 1q99/101 2@100               | sell & 99/101 mid 100 spread 200 effective 0 buy 1000 ms
            0@99 0@101 1q99/101 2@100          | none & none & 99/101 mid 100 spread 200 effective 0 sell 1000 ms
            0@101^5 0@99^4 1q99/101 2@100      | none & none & 99/101 mid 100 spread 200 effective 0 sell 1000 ms

            # Above, at and below the mid, when the mid is no double.
            1q0.1/0.3 2@0.2                    | 0.1/0.3 mid 0.2 spread 10000 effective 0 1000 ms
            1q0.1/0.2 2@0.15                   | 0.1/0.2 mid 0.15 spread 6666.666666666667 effective 0 1000 ms
            1q0.1/0.2 2@0.150000000000000001   | 0.1/0.2 mid 0.15 spread 6666.666666666667 effective 1.3333333333333334E-13 buy 1000 ms
            1q0.1/0.2 2@0.149999999999999999   | 0.1/0.2 mid 0.15 spread 6666.666666666667 effective 1.3333333333333334E-13 sell 1000 ms
            0@99 1q0.1/0.3 2@0.2               | none & 0.1/0.3 mid 0.2 spread 10000 effective 0 sell 1000 ms

            # As the trade itself says.
            1q99/101 2@101s                    | 99/101 mid 100 spread 200 effective 200 sell 1000 ms
            1q99/101 2@100b                    | 99/101 mid 100 spread 200 effective 0 buy 1000 ms

            # A price of 32 days before says what the change was, an older one does not.
            0@99 2764798q99/101 2764800@100    | none & 99/101 mid 100 spread 200 effective 0 buy 2000 ms
            0@99 2764798q99/101 2764800.001@100 | none & 99/101 mid 100 spread 200 effective 0 2001 ms
            0@99 1@100 2764798q99/101 2764800@100 | none & none & 99/101 mid 100 spread 200 effective 0 buy 2000 ms
            0@99 1@100 2764798q99/101 2764801.001@100 | none & none & 99/101 mid 100 spread 200 effective 0 3001 ms

            # Quotes of the same time: those with a sequence number first, by it; by partition; by offset.
            1q98/102 1q99/101 2@101            | 99/101 mid 100 spread 200 effective 200 buy 1000 ms
            1q98/102#8 1q99/101#7 2@102        | 98/102 mid 100 spread 400 effective 400 buy 1000 ms
            1q98/102 1q99/101#7 2@102          | 98/102 mid 100 spread 400 effective 400 buy 1000 ms
            1q98/102^4 1q99/101 2@102          | 98/102 mid 100 spread 400 effective 400 buy 1000 ms
            1q98/102#7^4 1q99/101#8 2@101      | 99/101 mid 100 spread 200 effective 200 buy 1000 ms
            1q98/102#7^4 1q99/101#7 2@102      | 98/102 mid 100 spread 400 effective 400 buy 1000 ms
            """;

    /** The same when some are behind the watermark, and so stand where they came. */
    private static final String LATE_CASES = """
            # A late trade has the last quote taken, if that stood before it; at the mid it has no side.
            1q99/101 4! ~2@100.5               | late 99/101 mid 100 spread 200 effective 100 buy 1000 ms
            1q99/101 4! ~2@100.5s              | late 99/101 mid 100 spread 200 effective 100 sell 1000 ms
            0@99 1q99/101 4! ~2@100            | none & late 99/101 mid 100 spread 200 effective 0 1000 ms
            0@99 0@98 1q99/101 4! ~2@100       | none & none & late 99/101 mid 100 spread 200 effective 0 1000 ms
            1q99/101 4! ~1@100.5               | late
            quotes-first 1q99/101 4! ~1@100.5  | late 99/101 mid 100 spread 200 effective 100 buy 0 ms
            quotes-first 1q99/101 4! ~0.999@100.5 | late
            1q99/101 4! ~1.000000001@100.5     | late 99/101 mid 100 spread 200 effective 100 buy 0 ms
            1.000000001q99/101 4! ~1@100.5     | late
            1.000000001q99/101 4! ~1.000000001@100.5 | late
            quotes-first 1.000000001q99/101 4! ~1@100.5 | late
            quotes-first 1.000000001q99/101 4! ~1.000000001@100.5 | late 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 1q99/101#6 4! ~1@100.5#7    | late 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 1q99/101#7 4! ~1@100.5#7    | late
            by-seq 1q99/101#7 4! ~1@100.5      | late 99/101 mid 100 spread 200 effective 100 buy 0 ms
            by-seq 1q99/101 4! ~1@100.5#7      | late
            1q99/101 3q98/102 4! ~2@100.5      | late
            1q99/101 3q98/102 4! ~2@100.5b     | late buy
            1q99/101 3q98/102 4! ~3.001@100.5  | late 98/102 mid 100 spread 400 effective 100 buy 1 ms
            0q99/101 4.999! ~4.999@100.5       | late 99/101 mid 100 spread 200 effective 100 buy 4999 ms
            0q99/101 5! ~4.999@100.5           | late
            0.000999999q99/101 4.999! ~4.999@100.5 | late 99/101 mid 100 spread 200 effective 100 buy 4998 ms
            0.000999999q99/101 5! ~4.999@100.5 | late
            max-age=1 0q99/101 0.9! ~0.9@100.5 | late 99/101 mid 100 spread 200 effective 100 buy 900 ms

            # It changes no direction.
            0@99 1q99/101 2! ~1@50 3@99 4@100  | none & late & 99/101 mid 100 spread 200 effective 200 sell 2000 ms & 99/101 mid 100 spread 200 effective 0 buy 3000 ms
            0@101 2! ~1@99 3q99/101 4@100      | none & late & 99/101 mid 100 spread 200 effective 0 sell 1000 ms

            # A late quote is the last one if it is after it.
            1q98/102 4! ~2q99/101 5@101        | 99/101 mid 100 spread 200 effective 200 buy 3000 ms
            3q98/102 4! ~2q99/101 5@102        | 98/102 mid 100 spread 400 effective 400 buy 2000 ms
            4! ~2q99/101 5@101                 | 99/101 mid 100 spread 200 effective 200 buy 3000 ms
            4! ~2q99/101 7.001@101             | none
            4! ~2q99/101 7.000000001@101       | none
            4! ~2.000000001q99/101 7.000000001@101 | 99/101 mid 100 spread 200 effective 200 buy 5000 ms
            2.000000002q98/102 4! ~2.000000001q99/101 5@102 | 98/102 mid 100 spread 400 effective 400 buy 2999 ms
            2.000000001q98/102 4! ~2.000000002q99/101 5@101 | 99/101 mid 100 spread 200 effective 200 buy 2999 ms
            4! ~2q99/101 ~3@101                | late 99/101 mid 100 spread 200 effective 200 buy 1000 ms
            4! ~2q99/101 ~2@101                | late
            4! ~3q99/101 ~2q98/102 5@101       | 99/101 mid 100 spread 200 effective 200 buy 2000 ms
            2q98/102 4! ~2q99/101 5@101        | 99/101 mid 100 spread 200 effective 200 buy 3000 ms
            2q98/102#7 4! ~2q99/101#6 5@102    | 98/102 mid 100 spread 400 effective 400 buy 3000 ms
            4! ~4q99/101 4.001q98/102 5@102    | 98/102 mid 100 spread 400 effective 400 buy 999 ms
            """;

    /** @param joined what is expected of each trade, in the order in which they are taken */
    record JoinCase(String words, List<Shown> shown, QuoteSettings settings, List<String> joined) {

        static JoinCase read(String line) {
            String[] columns = line.split("\\|");
            ShownWords words = new ShownWords(columns[0]);
            return new JoinCase(
                    line.strip(),
                    words.shown,
                    words.settings(),
                    List.of(columns[1].strip().split(" & ")));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static List<JoinCase> inOrder() {
        return read(CASES);
    }

    static List<JoinCase> late() {
        return read(LATE_CASES);
    }

    private static List<JoinCase> read(String cases) {
        return cases.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(JoinCase::read)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("inOrder")
    void eachTradeHasTheQuoteThatStoodInWhateverOrderTheyCame(JoinCase each) {
        List<Shown> shown = new ArrayList<>(each.shown);
        for (long seed = 0; seed < 5; seed++) {
            List<QuotedTrade> joined = NaiveQuotes.join(trades(shown), quotes(shown), each.settings);
            assertThat(joined).map(NaiveQuotesTest::inWords).isEqualTo(each.joined);
            Collections.shuffle(shown, new Random(seed));
        }
    }

    @ParameterizedTest
    @MethodSource("late")
    void whatIsLateStandsWhereItCame(JoinCase each) {
        assertThat(NaiveQuotes.join(each.shown, each.settings))
                .map(NaiveQuotesTest::inWords)
                .isEqualTo(each.joined);
    }

    private static List<Tick> trades(List<Shown> shown) {
        return shown.stream()
                .filter(each -> each instanceof Shown.InOrder)
                .map(each -> ((Shown.InOrder) each).tick())
                .toList();
    }

    private static List<Quote> quotes(List<Shown> shown) {
        return shown.stream()
                .filter(each -> each instanceof Shown.QuoteInOrder)
                .map(each -> ((Shown.QuoteInOrder) each).quote())
                .toList();
    }

    static String inWords(QuotedTrade trade) {
        List<String> words = new ArrayList<>();
        if (trade.late()) {
            words.add("late");
        }
        if (trade.quoteAgeMs() != null) {
            words.add(text(trade.bid()) + "/" + text(trade.ask()));
        }
        add("mid ", trade.mid(), words);
        add("spread ", trade.spreadBps(), words);
        add("effective ", trade.effectiveSpreadBps(), words);
        if (trade.side() != null) {
            words.add(trade.side().name().toLowerCase(Locale.ROOT));
        }
        if (trade.quoteAgeMs() != null) {
            words.add(trade.quoteAgeMs() + " ms");
        }
        return words.isEmpty() ? "none" : String.join(" ", words);
    }

    private static String text(Decimal number) {
        return number == null ? "" : number.toString();
    }

    private static void add(String name, Double value, List<String> words) {
        if (value != null) {
            words.add(name + (value == Math.rint(value) ? String.valueOf(value.longValue()) : value));
        }
    }
}
