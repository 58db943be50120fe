package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherProgramsTest {

    @Test
    void whatThisProcessDoesIsNotTakenForOthers() {
        try (OtherPrograms others = OtherPrograms.watch()) {
            double share = others.share();
            assertThat(share).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aDisturbedMeasurementSaysSo() {
        assertThat(OtherPrograms.inWords(0.04)).isEqualTo("Nothing else kept the machine busy.");
        assertThat(OtherPrograms.inWords(0.124))
                .isEqualTo("Other programs took 12 % of the machine: measure again when it is quiet.");
    }
}
