package io.tapewatch.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {

    @Test
    void eachHoldsOnItsSideOfTheLimit() {
        assertThat(holding(4)).containsExactly(Comparison.BELOW, Comparison.AT_MOST);
        assertThat(holding(5)).containsExactly(Comparison.AT_LEAST, Comparison.AT_MOST);
        assertThat(holding(6)).containsExactly(Comparison.ABOVE, Comparison.AT_LEAST);
        assertThat(holding(Double.NaN)).isEmpty();
    }

    private static Comparison[] holding(double value) {
        return Arrays.stream(Comparison.values())
                .filter(each -> each.holds(value, 5))
                .toArray(Comparison[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void theInvertedOneHoldsOfAllOtherNumbers(Comparison comparison) {
        for (double value : new double[] {4, 5, 6}) {
            assertThat(comparison.inverted().holds(value, 5)).isNotEqualTo(comparison.holds(value, 5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFurtherBeyondTheLimitIsMoreExtreme(Comparison comparison) {
        double beyond = comparison.holds(6, 5) ? 1 : -1;
        assertThat(comparison.isMoreExtreme(5 + 2 * beyond, 5 + beyond)).isTrue();
        assertThat(comparison.isMoreExtreme(5 + beyond, 5 + 2 * beyond)).isFalse();
        assertThat(comparison.isMoreExtreme(5, 5)).isFalse();
    }
}
