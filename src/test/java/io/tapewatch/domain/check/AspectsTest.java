package io.tapewatch.domain.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.rule.Aspect;
import io.tapewatch.domain.rule.Metric;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The bytes are those of savepoints. */
class AspectsTest {

    private static final int EIGHTH = 1 << 7;

    @Test
    void savepointsNameAnAspectByItsPlace() {
        assertThat(Aspect.values())
                .startsWith(
                        Aspect.FIRST,
                        Aspect.RANGE,
                        Aspect.COUNT,
                        Aspect.SIZES,
                        Aspect.TURNOVER,
                        Aspect.RETURNS,
                        Aspect.SIDES);
    }

    @Test
    void aSetOfTheFirstSevenTakesAByte() throws IOException {
        for (int aspects = 0; aspects < EIGHTH; aspects++) {
            assertThat(written(aspects)).containsExactly(aspects);
            assertThat(read(written(aspects))).isEqualTo(aspects);
        }
    }

    @Test
    void anEighthAspectTakesAnotherByteAndIsNotLost() throws IOException {
        assertThat(written(EIGHTH)).containsExactly(0x80, 0x01);
        assertThat(written(EIGHTH | 1)).containsExactly(0x81, 0x01);
    }

    @Test
    void anAspectThatIsNotKnownIsNotReadPast() {
        int unknown = 1 << Aspect.values().length;
        assertThatThrownBy(() -> read(written(unknown | 1)))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("known are " + Aspect.values().length);
    }

    @Test
    void aMetricOverAWindowNeedsSomethingOfIt() {
        assertThat(Metric.values())
                .allMatch(metric -> metric.isWindowed() != metric.aspects().isEmpty());
    }

    @Test
    void whatAMetricNeedsIsASet() {
        int needed = Aspects.of(Metric.TURNOVER);
        assertThat(Aspects.ALL)
                .filteredOn(each -> Aspects.has(needed, each))
                .containsExactly(Aspect.SIZES, Aspect.TURNOVER);
        assertThat(Aspects.hasAll(needed, Aspects.of(Metric.VOLUME))).isTrue();
        assertThat(Aspects.hasAll(needed, Aspects.of(Metric.VOLUME_RATIO))).isFalse();
    }

    private static byte[] written(int aspects) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Aspects.write(new DataOutputStream(bytes), aspects);
        return bytes.toByteArray();
    }

    private static int read(byte[] bytes) throws IOException {
        return Aspects.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
