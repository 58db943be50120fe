package io.tapewatch.domain.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapewatch.domain.trade.Eligibility.Last;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EligibilityTest {

    private static final Eligibility VOLUME = new Eligibility(false, Last.NO, true, false);
    private static final Eligibility EXTENDED_HOURS = new Eligibility(false, Last.NO, true, true);
    private static final Eligibility FIRST_OF_DAY = new Eligibility(true, Last.FIRST_OF_DAY, true, false);

    @Test
    void bothMustAllowWhatAPrintMayUpdate() {
        for (Eligibility one : all()) {
            for (Eligibility other : all()) {
                Eligibility both = one.and(other);
                assertThat(both.highLow()).isEqualTo(one.highLow() && other.highLow());
                assertThat(both.volume()).isEqualTo(one.volume() && other.volume());
                assertThat(both.last().ordinal())
                        .isEqualTo(Math.max(one.last().ordinal(), other.last().ordinal()));
                assertThat(both).isEqualTo(other.and(one));
                for (Eligibility third : all()) {
                    if (both.volume() && third.volume()) {
                        assertThat(both.and(third)).isEqualTo(one.and(other.and(third)));
                    }
                }
            }
        }
    }

    @Test
    void anExtendedHoursPrintCountsInMinutesOnlyIfItsOtherCodesAllowAll() {
        assertThat(EXTENDED_HOURS.and(Eligibility.ALL)).isEqualTo(EXTENDED_HOURS);
        assertThat(EXTENDED_HOURS.and(EXTENDED_HOURS)).isEqualTo(EXTENDED_HOURS);
        assertThat(EXTENDED_HOURS.and(VOLUME)).isEqualTo(VOLUME);
        assertThat(EXTENDED_HOURS.and(FIRST_OF_DAY)).isEqualTo(VOLUME);
        assertThat(EXTENDED_HOURS.and(new Eligibility(true, Last.YES, false, false)))
                .isEqualTo(new Eligibility(false, Last.NO, false, false));
    }

    @Test
    void whatAllowsEverythingIsOneObject() {
        assertThat(new Eligibility(true, Last.YES, true, false).and(new Eligibility(true, Last.YES, true, false)))
                .isSameAs(Eligibility.ALL);
    }

    @Test
    void aPrintThatCanBeTheCloseCountsInHighAndLow() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Eligibility(false, Last.YES, true, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Eligibility(false, Last.FIRST_OF_DAY, true, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Eligibility(true, Last.NO, true, true));
    }

    @Test
    void itTravelsWithTheJob() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(EXTENDED_HOURS);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(EXTENDED_HOURS);
        }
    }

    private static List<Eligibility> all() {
        List<Eligibility> all = new ArrayList<>();
        for (boolean volume : new boolean[] {true, false}) {
            for (Last last : Last.values()) {
                all.add(new Eligibility(true, last, volume, false));
            }
            all.add(new Eligibility(false, Last.NO, volume, false));
            all.add(new Eligibility(false, Last.NO, volume, true));
        }
        return all;
    }
}
