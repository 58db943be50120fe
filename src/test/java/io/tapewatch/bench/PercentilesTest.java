package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void aPercentileIsTheLeastNumberThatSoManyDoNotExceed() {
        Percentiles thousand = Percentiles.of(LongStream.rangeClosed(1, 1000).map(each -> 1001 - each));
        assertThat(thousand.at(500)).isEqualTo(500);
        assertThat(thousand.at(990)).isEqualTo(990);
        assertThat(thousand.at(999)).isEqualTo(999);
        assertThat(thousand.at(1000)).isEqualTo(1000);
        assertThat(thousand.max()).isEqualTo(1000);
        assertThat(thousand.count()).isEqualTo(1000);
    }

    @Test
    void aSingleNumberIsEachPercentile() {
        Percentiles one = Percentiles.of(LongStream.of(7));
        assertThat(one.at(1)).isEqualTo(7);
        assertThat(one.at(999)).isEqualTo(7);
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatThrownBy(() -> Percentiles.of(LongStream.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is nothing to take percentiles of");
    }
}
