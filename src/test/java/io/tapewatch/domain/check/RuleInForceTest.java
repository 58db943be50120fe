package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleInForceTest {

    private static final long CAME = 1000;
    private static final long CHANGED = 2000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            changePct over 5m > 5                   | changePct over 5m > 6, cooldown 1m, for 5s, severity HIGH
            changePct over 5m > 5                   | all(changePct over 5m > 5; price > 1)
            changePct over 5m > 5                   | price > 1
            volumeRatio over 5m baseline 1h > 3     | countRatio over 5m baseline 1h > 3
            quoteCount over 1s > 5                  | all(quoteCount over 1s > 9; spreadBps > 5; offQuoteBps > 1)
            quoteCount over 1s > 5, on quote        | any(quoteCount over 1s > 9; spreadBps < 0), on quote
            quoteCount over 1s > 5, sectors A, venues V | quoteCount over 1s > 6, sectors A, venues V
            """)
    void aChangeThatLooksAtNoMoreKnowsWhatWasKnown(String before, String after) {
        assertThat(changed(before, after).since()).isEqualTo(CAME);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            changePct over 5m > 5                   | changePct over 1h > 5
            changePct over 5m > 5                   | rangePct over 5m > 5
            changePct over 5m > 5, paused           | changePct over 5m > 5
            changePct over 5m > 5, symbols A        | changePct over 5m > 5, symbols A B
            changePct over 5m > 5, sectors A        | changePct over 5m > 5
            changePct over 5m > 5, venues A         | changePct over 5m > 5, venues A B
            countRatio over 5m baseline 1h > 3      | volumeRatio over 5m baseline 1h > 3
            quoteCount over 1s > 5                  | quoteCount over 1s > 5, on quote
            quoteCount over 1s > 5, on quote        | quoteCount over 1s > 5
            count over 1s > 5                       | quoteCount over 1s > 5
            quoteRatio over 1s baseline 1m > 5      | countRatio over 1s baseline 1m > 5
            volume over 10s > 5                     | buyPct over 10s > 90
            """)
    void aChangeThatLooksAtMoreOrElsewhereKnowsWhatComesAfterIt(String before, String after) {
        assertThat(changed(before, after).since()).isEqualTo(CHANGED);
    }

    private static RuleInForce changed(String before, String after) {
        RuleInForce first = RuleInForce.coming(rule("a: " + before), null, CAME, 1);
        assertThat(first.since()).isEqualTo(CAME);
        return RuleInForce.coming(rule("a: " + after + ", version 2"), first, CHANGED, 2);
    }
}
