package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void soManyASecondPassAndTheOthersAreCountedOnce() {
        Throttle throttle = new Throttle(2);
        assertThat(throttle.passes(5 * SECOND)).isTrue();
        assertThat(throttle.passes(5 * SECOND + 1)).isTrue();
        assertThat(throttle.passes(5 * SECOND + 2)).isFalse();
        assertThat(throttle.passes(6 * SECOND - 1)).isFalse();
        assertThat(throttle.takeWithheld()).isEqualTo(2);
        assertThat(throttle.takeWithheld()).isZero();
    }

    @Test
    void aNewSecondBeginsAnew() {
        Throttle throttle = new Throttle(1);
        assertThat(throttle.passes(-1)).isTrue();
        assertThat(throttle.passes(-1)).isFalse();
        assertThat(throttle.passes(0)).isTrue();
        assertThat(throttle.takeWithheld()).isEqualTo(1);
    }
}
