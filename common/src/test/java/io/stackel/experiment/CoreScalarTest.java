package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreScalarTest {

    /** The examples of YAML 1.2.2, section 10.3.2, and what YAML 1.1 read differently. */
    @ParameterizedTest
    @CsvSource({
        "'', NOTHING",
        "~, NOTHING",
        "Null, NOTHING",
        "nULL, TEXT",
        "true, FLAG",
        "False, FLAG",
        "yes, TEXT",
        "on, TEXT",
        "0, WHOLE",
        "0o7, WHOLE",
        "0x3A, WHOLE",
        "-19, WHOLE",
        "017, WHOLE",
        "0o8, TEXT",
        "-0x1, TEXT",
        "0., REAL",
        "-0.0, REAL",
        ".5, REAL",
        "+12e03, REAL",
        "-2E+05, REAL",
        "1e, TEXT",
        ".inf, REAL",
        "-.Inf, REAL",
        "+.INF, REAL",
        ".NAN, REAL",
        "+.nan, TEXT",
        "1_000, TEXT",
        "1:30, TEXT",
        "Infinity, TEXT",
        "1d, TEXT",
        "0x1p3, TEXT",
        "２, TEXT"
    })
    void plainScalarsResolveByTheCoreSchema(String text, CoreScalar.Kind kind) {
        assertThat(CoreScalar.plain(text).kind()).isEqualTo(kind);
    }

    @Test
    void numbersHaveTheirValues() {
        assertThat(CoreScalar.plain("017").whole()).hasValue(17);
        assertThat(CoreScalar.plain("0o17").whole()).hasValue(15);
        assertThat(CoreScalar.plain("0xfF").whole()).hasValue(255);
        assertThat(CoreScalar.plain("+5").whole()).hasValue(5);
        assertThat(CoreScalar.plain("9223372036854775807").whole()).hasValue(Long.MAX_VALUE);
        assertThat(CoreScalar.plain("9223372036854775808").whole()).isEmpty();
        assertThat(CoreScalar.plain("-1.50e1").whole()).hasValue(-15);
        assertThat(CoreScalar.plain("1e300").whole()).isEmpty();
        assertThat(CoreScalar.plain("0e999999999").whole()).hasValue(0);
        assertThat(CoreScalar.plain("1e-99999999999999").whole()).isEmpty();
        assertThat(CoreScalar.plain("1e99999999999999").whole()).isEmpty();
        assertThat(CoreScalar.plain("-.inf").real()).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(CoreScalar.plain(".NaN").real().getAsDouble()).isNaN();
        assertThat(CoreScalar.plain("1.").real()).hasValue(1);
        assertThat(CoreScalar.plain("0x10").real()).hasValue(16);
        assertThat(CoreScalar.quoted("5").real()).isEmpty();
        assertThat(CoreScalar.quoted("5").whole()).isEmpty();
        assertThat(CoreScalar.quoted("true").flag()).isEmpty();
    }

    @Test
    void shownTextIsShortAndHasNoControlCharacters() {
        assertThat(CoreScalar.quoted("a\u001b[31m\nb").shown()).isEqualTo("the text \"a?[31m?b\"");
        assertThat(CoreScalar.quoted("x".repeat(61)).shown()).isEqualTo("the text \"" + "x".repeat(60) + "...\"");
        assertThat(CoreScalar.plain("").shown()).isEqualTo("nothing");
    }
}
