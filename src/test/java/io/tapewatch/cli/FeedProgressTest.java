package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedProgressTest {

    @ParameterizedTest
    @CsvSource({"0, kB, 1024", "200000, kB, 1024", "10485760, MB, 1048576", "-1, MB, 1048576"})
    void aSmallFileIsCountedInKilobytes(long bytes, String unit, long size) {
        assertThat(FeedProgress.Unit.of(bytes)).isEqualTo(new FeedProgress.Unit(" " + unit, size));
    }
}
