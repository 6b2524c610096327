package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "999, 999",
        "1000, 1.00k",
        "999499, 999k",
        "999600, 1.00M",
        "12345678, 12.3M",
        "0.5, 0.50"
    })
    void countsHaveThreeDigitsAndAPrefix(double value, String text) {
        assertThat(Quantities.count(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000000",
        "-0.435046, -0.435046",
        "0.0009, 9.0000e-04",
        "12345678, 1.2346e+07",
        "NaN, NaN",
        "Infinity, Infinity"
    })
    void numbersHaveAPointOrAnExponent(double value, String text) {
        assertThat(Quantities.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"4.25, 4.3s", "42.4, 42s", "187, 3m07s", "3599.6, 1h00m", "7500, 2h05m", "90000, 1d01h"})
    void durationsHaveTwoUnits(double seconds, String text) {
        assertThat(Quantities.duration(seconds)).isEqualTo(text);
    }
}
