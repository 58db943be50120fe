package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.book;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Tick;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How much a symbol's rules remember: a window is 61 cells, however many ticks there are. */
class SymbolRulesSizeTest {

    private static final long NOON = 1_385_380_800_000L;
    private static final long HOUR = 3_600_000;

    @Test
    void aWindowTakesTheSameHoweverManyTicksItHolds() throws IOException {
        RuleBook book = book("a: changePct over 1h > 1e9", "b: rangePct over 1h > 1e9");
        int few = bytes(memoryOf(book, 20_000));
        int many = bytes(memoryOf(book, 200_000));
        assertThat(few).isGreaterThan(61 * 14);
        assertThat(many).as("but for the digits of prices").isBetween(few - 100, few + 100);
    }

    @Test
    void allThatCanBeKnownOfAWindowAndItsBaselineTakesAFewKilobytes() throws IOException {
        RuleBook book = book(
                "a: changePct over 1h > 1e9",
                "b: rangePct over 1h > 1e9",
                "c: turnover over 1h > 1e15",
                "d: returnZScore over 1h > 1e9",
                "e: sizeRatio over 1h > 1e9",
                "f: volumeRatio over 1h baseline 24h > 1e9",
                "g: countRatio over 1h baseline 24h > 1e9");
        assertThat(bytes(memoryOf(book, 300_000))).isBetween(4_000, 16_000);
    }

    @Test
    void cellsAreCutAtTheStepsOfBaselinesTooAndAreAtMostTwiceAsMany() throws IOException {
        RuleBook plain = book("a: count over 1h > 1e9", "b: count over 61m > 1e9");
        RuleBook compared = book("a: count over 1h > 1e9", "c: countRatio over 1h baseline 61m > 1e9");
        assertThat(bytes(memoryOf(compared, 100_000))).isLessThan(2 * bytes(memoryOf(plain, 100_000)));
    }

    /** Of ticks within the last two days. */
    private static SymbolRules memoryOf(RuleBook book, int ticks) {
        SymbolRules memory = new SymbolRules();
        long spacing = 48 * HOUR / ticks;
        for (int i = 0; i < ticks; i++) {
            Tick next = tick("X")
                    .at(NOON + i * spacing)
                    .price(1000 + i % 97 * 0.25)
                    .size(1 + i % 13 * 0.001)
                    .offset(i)
                    .tick();
            Unquoted.check(memory, next, book, Rules.NO_CLOSES, flag -> {
                throw new AssertionError(flag);
            });
        }
        return memory;
    }

    private static int bytes(SymbolRules memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.writeTo(new DataOutputStream(bytes));
        return bytes.size();
    }
}
