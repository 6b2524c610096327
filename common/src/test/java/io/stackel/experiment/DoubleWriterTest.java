package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleWriterTest {

    /**
     * SHA-256 of the lines that {@code Double.toString} of JDK 25 (Temurin 25.0.3) makes of {@link #example} 0 to
     * 199,999; to regenerate, replace {@code DoubleWriter.text} in the test by {@code Double.toString} and run it there.
     */
    private static final String LINES_OF_JDK_25 = "6b95266c790effe0a92d102e384b1e27d9dd240ad2a2d3e56bd75c7f477b9d31";

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "-1.5, -1.5",
        "0.002, 0.002",
        "0.001, 0.001",
        "9.999E-4, 9.999E-4",
        "1.0E-5, 1.0E-5",
        "100.0, 100.0",
        "9999999.0, 9999999.0",
        "1.0E7, 1.0E7",
        "12345678.9, 1.23456789E7",
        "1.0E22, 1.0E22",
        "1.0E23, 1.0E23",
        "2.0E23, 2.0E23",
        "2.2E-322, 2.2E-322",
        "1.0E-322, 9.9E-323",
        "4.9E-324, 4.9E-324",
        "1.0E-323, 9.9E-324",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "9007199254740993, 9.007199254740992E15",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "Infinity, Infinity"
    })
    void knownValuesAreWrittenAsFromJdk19On(double value, String text) {
        assertThat(DoubleWriter.text(value)).isEqualTo(text);
    }

    @Test
    void everyWrittenValueReadsBackToTheSameBits() {
        for (int i = 0; i < 200_000; i++) {
            double value = example(i);
            assertThat(Double.doubleToLongBits(Double.parseDouble(DoubleWriter.text(value))))
                    .isEqualTo(Double.doubleToLongBits(value));
        }
    }

    @Test
    void noShorterDecimalReadsBackAndNoneOfThatLengthIsNearer() {
        for (int i = 0; i < 10_000; i++) {
            double value = Math.abs(example(i));
            BigDecimal exact = new BigDecimal(value);
            BigDecimal written = new BigDecimal(DoubleWriter.text(value)).stripTrailingZeros();
            int digits = written.precision();
            BigDecimal nearest = exact.round(new MathContext(Math.max(digits, 2), RoundingMode.HALF_EVEN));
            if (nearest.doubleValue() == value) {
                assertThat(exact.subtract(written).abs())
                        .isLessThanOrEqualTo(exact.subtract(nearest).abs());
            }
            for (int fewer = digits - 1; fewer > 0 && fewer >= Math.max(2, digits - 3); fewer--) {
                BigDecimal below = exact.round(new MathContext(fewer, RoundingMode.DOWN));
                BigDecimal above = exact.round(new MathContext(fewer, RoundingMode.UP));
                assertThat(below.doubleValue()).isNotEqualTo(value);
                assertThat(above.doubleValue()).isNotEqualTo(value);
            }
        }
    }

    @Test
    void linesAreThoseOfALaterJdk() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 200_000; i++) {
            digest.update((DoubleWriter.text(example(i)) + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(LINES_OF_JDK_25);
    }

    /**
     * Finite doubles of five kinds: any bits, subnormals of every length, short decimals, neighbours of powers of two,
     * and numbers of everyday size.
     */
    private static double example(int i) {
        long bits = mixed(i);
        return switch (i % 5) {
            case 0 -> Double.longBitsToDouble(bits & ~(1L << 62));
            case 1 -> Double.longBitsToDouble((bits >>> 12) >>> (i % 52));
            case 2 -> Math.floorMod(bits, 1_000_000L) / 1000.0;
            case 3 -> Double.longBitsToDouble((Math.floorMod(bits, 2046L) + 1) * (1L << 52) - 2 + (i % 3));
            default -> (bits >> 11) * 0x1p-40;
        };
    }

    /** The output function of SplitMix64 at address {@code i}. */
    private static long mixed(long i) {
        long z = (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
