package io.tapewatch.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {

    @Test
    void eachHoldsOnItsSideOfTheLimit() {
        assertThat(holding(-1)).containsExactly(Comparison.BELOW, Comparison.AT_MOST);
        assertThat(holding(0)).containsExactly(Comparison.AT_LEAST, Comparison.AT_MOST);
        assertThat(holding(1)).containsExactly(Comparison.ABOVE, Comparison.AT_LEAST);
    }

    private static Comparison[] holding(int compared) {
        return Arrays.stream(Comparison.values())
                .filter(each -> each.holds(compared))
                .toArray(Comparison[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void theInvertedOneHoldsOfAllOtherNumbers(Comparison comparison) {
        for (int compared = -1; compared <= 1; compared++) {
            assertThat(comparison.inverted().holds(compared)).isNotEqualTo(comparison.holds(compared));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFurtherBeyondTheLimitIsMoreExtreme(Comparison comparison) {
        double beyond = comparison.holds(1) ? 1 : -1;
        assertThat(comparison.isMoreExtreme(5 + 2 * beyond, 5 + beyond)).isTrue();
        assertThat(comparison.isMoreExtreme(5 + beyond, 5 + 2 * beyond)).isFalse();
        assertThat(comparison.isMoreExtreme(5, 5)).isFalse();
    }
}
