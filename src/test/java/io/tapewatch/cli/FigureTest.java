package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

    @ParameterizedTest
    @CsvSource({
        "64250.12, 64250.12",
        "66980.45454545454, 66980.4545",
        "66980.99999999999, 66981",
        "0.000001, 0.000001",
        "0.0000012345, 0.00000123",
        "0.00000000123456, 1.23E-9",
        "-0.00000000123456, -1.23E-9",
        "0.000000001, 1E-9",
        "0.00000001, 0.00000001",
        "9.99999999999, 10",
        "1234567890123, 1234567890123",
        "1234567890123.5, 1234567890124",
        "500, 500",
        "1e3, 1000",
        "1.50, 1.5",
        "0.0, 0",
        "-0, 0",
        "1e1000000000, 1E+1000000000",
        "-1.2345e-1000000000, -1.23E-1000000000",
    })
    void aFigureIsPlainAndRoundedWhereItIsTooLong(String value, String shown) {
        assertThat(Figure.in(10, new BigDecimal(value))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "3.0352272727272727, 3.04",
        "-1.9268292682926829, -1.93",
        "-0.004, 0.00",
        "5, 5.00",
        "1e1000000000, 1E+1000000000",
    })
    void aRateHasTwoDecimals(String value, String shown) {
        assertThat(Figure.rate(new BigDecimal(value))).isEqualTo(shown);
    }
}
