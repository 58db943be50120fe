package io.tapewatch.domain;

import static io.tapewatch.domain.Quotes.quote;
import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TapeOrderTest {

    private static final long TIME = 1_719_878_281_218L;

    /** Trades (t) and quotes (q), with a sequence number or a dash; the time is the same but where nanoseconds are said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QUOTES_AFTER  | t5 t9 t- q1 q7 q-
            QUOTES_AFTER  | q9+1 t5+2 t-+2 q1+2 t1+3
            QUOTES_BEFORE | q1 q7 q- t5 t9 t-
            QUOTES_BEFORE | t5+1 q9+2 q-+2 t1+2 q1+3
            BY_SEQ        | q1 t5 q7 t9 t- q-
            BY_SEQ        | t7 q7 t8
            BY_SEQ        | t-9223372036854775807 q-3 t-2 q0 t9223372036854775806 q9223372036854775807 t- q-
            BY_SEQ        | q9+1 t5+2 q7+2 t-+2 q1+3
            """)
    void atOneInstantItSortsThemLikeThis(TapeOrder order, String inOrder) {
        for (long seed = 0; seed < 20; seed++) {
            List<TapeRecord> records = new ArrayList<>();
            for (String word : inOrder.split(" ")) {
                records.add(record(word));
            }
            Collections.shuffle(records, new Random(seed));
            records.sort(order);
            assertThat(records.stream().map(TapeOrderTest::inWords).collect(Collectors.joining(" ")))
                    .isEqualTo(inOrder);
        }
    }

    private static TapeRecord record(String word) {
        String[] seqAndNanos = word.substring(1).split("\\+");
        long seq = seqAndNanos[0].equals("-") ? Tick.NO_SEQ : Long.parseLong(seqAndNanos[0]);
        int nanos = seqAndNanos.length == 1 ? 0 : Integer.parseInt(seqAndNanos[1]);
        return record(word.charAt(0) == 't', nanos, seq, 3, 0);
    }

    private static TapeRecord record(boolean isTrade, int nanos, long seq, int partition, long offset) {
        return isTrade
                ? tick("X")
                        .at(TIME)
                        .nanos(nanos)
                        .seq(seq)
                        .partition(partition)
                        .offset(offset)
                        .tick()
                : quote("X")
                        .at(TIME)
                        .nanos(nanos)
                        .seq(seq)
                        .partition(partition)
                        .offset(offset)
                        .bid(1)
                        .quote();
    }

    @ParameterizedTest
    @EnumSource
    void amendmentsComeAfterAllElseOfTheirInstantAndByTheirNumbersAmongThemselves(TapeOrder order) {
        List<TapeRecord> inOrder = List.of(
                record(true, 0, 9, 3, 0),
                amendment(0, 1, 5),
                amendment(0, 2, 4),
                amendment(0, Tick.NO_SEQ, 3),
                record(false, 1, 7, 3, 0),
                amendment(1, 1, 1),
                record(true, 2, 1, 3, 0));
        for (long seed = 0; seed < 20; seed++) {
            List<TapeRecord> records = new ArrayList<>(inOrder);
            Collections.shuffle(records, new Random(seed));
            records.sort(order);
            assertThat(records).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    private static Amendment amendment(int nanos, long seq, long offset) {
        return new Amendment(
                "X",
                Amendment.Kind.CANCEL,
                null,
                "a",
                null,
                0,
                Amendment.UNCHANGED,
                0,
                Amendment.UNCHANGED,
                TIME,
                nanos,
                Decoded.NO_TIME,
                seq,
                new Origin(3, offset, TIME, Origin.Stamp.CREATE_TIME));
    }

    private static String inWords(TapeRecord record) {
        boolean isTrade = record instanceof Tick;
        long seq = record instanceof Tick tick ? tick.seq() : ((Quote) record).seq();
        int nanos = record instanceof Tick tick ? tick.nanos() : ((Quote) record).nanos();
        return (isTrade ? "t" : "q") + (seq == Tick.NO_SEQ ? "-" : seq) + (nanos == 0 ? "" : "+" + nanos);
    }

    /** Of all that can matter to the order: two instants, numbers and none, two partitions and offsets. */
    private static List<TapeRecord> allKinds() {
        List<TapeRecord> all = new ArrayList<>();
        for (boolean isTrade : new boolean[] {false, true}) {
            for (int nanos = 0; nanos < 2; nanos++) {
                for (long seq : new long[] {Tick.NO_SEQ, Tick.NO_SEQ + 1, 7, Long.MAX_VALUE}) {
                    for (int place = 0; place < 3; place++) {
                        all.add(record(isTrade, nanos, seq, place / 2, place % 2));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void itIsATotalOrder(TapeOrder order) {
        List<TapeRecord> all = allKinds();
        for (TapeRecord a : all) {
            for (TapeRecord b : all) {
                int ofBoth = Integer.signum(order.compare(a, b));
                assertThat(Integer.signum(order.compare(b, a)))
                        .as("%s and %s", a, b)
                        .isEqualTo(-ofBoth);
                assertThat(ofBoth == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
                for (TapeRecord c : all) {
                    if (ofBoth <= 0 && order.compare(b, c) <= 0 && order.compare(a, c) > 0) {
                        throw new AssertionError("%s, %s, %s go round".formatted(a, b, c));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itAgreesWithTheOrderOfEachKind(TapeOrder order) {
        List<TapeRecord> all = allKinds();
        for (TapeRecord a : all) {
            for (TapeRecord b : all) {
                if (a instanceof Tick tick && b instanceof Tick other) {
                    assertThat(order.compare(a, b)).isEqualTo(tick.compareTo(other));
                } else if (a instanceof Quote quote && b instanceof Quote other) {
                    assertThat(order.compare(a, b)).isEqualTo(quote.compareTo(other));
                }
            }
        }
    }

    /** Why a numbered record comes before all without a number: the rule of thumb that would keep the default goes round. */
    @Test
    void numbersThatDecideBetweenTheNumberedAloneWouldGoRound() {
        Tick numberedTrade = (Tick) record("t5");
        Tick trade = (Tick) record("t-");
        Quote numberedQuote = (Quote) record("q3");
        assertThat(TapeOrder.BY_SEQ.compare(numberedQuote, numberedTrade)).isNegative();
        assertThat(numberedTrade.compareTo(trade)).isNegative();
        assertThat(TapeOrder.QUOTES_AFTER.compare(trade, numberedQuote)).isNegative();
        assertThat(TapeOrder.BY_SEQ.compare(trade, numberedQuote)).isPositive();
    }
}
