package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

    /** Quantiles of Student's distribution by numerical integration of its density, and those of the normal one. */
    @ParameterizedTest
    @CsvSource({
        "64, 1.99834054, 1.95996398, 1e-4",
        "64, 3.94988922, 3.71901649, 1e-3",
        "64, 6.42319226, 5.61200124, 1e-3",
        "10, 2.26215716, 1.95996398, 1e-3",
        "10, 18.2839675, 5.61200124, 5e-2"
    })
    void meansScoreAsStudentSays(int size, double t, double z, double accuracy) {
        double[] sample = new double[size];
        for (int i = 0; i < size; i++) {
            sample[i] = i % 2 == 0 ? 1 : -1;
        }
        double standardError = Math.sqrt(1.0 / (size - 1));
        assertThat(Evidence.ofMean(sample, -t * standardError, 1)).isCloseTo(z, within(accuracy));
        assertThat(Evidence.ofMean(sample, t * standardError, 1)).isCloseTo(-z, within(accuracy));
    }

    @Test
    void meansWithoutSpreadMustBeRight() {
        double[] sample = {2, 2, 2};
        assertThat(Evidence.ofMean(sample, 2, 2)).isZero();
        assertThat(Evidence.ofMean(sample, 2 + 1e-9, 2)).isZero();
        assertThat(Evidence.ofMean(sample, 2 + 1e-8, 2)).isLessThan(-10);
        assertThat(Evidence.ofMean(new double[] {0, 0}, 0, 0)).isZero();
        assertThat(Evidence.ofMean(new double[] {1, Double.NaN}, 0, 1)).isNaN();
    }

    @Test
    void tailsScoreAsTheNormalTail() {
        assertThat(Evidence.ofTail(0.025)).isCloseTo(1.959963985, within(1e-8));
        assertThat(Evidence.ofTail(1)).isZero();
        assertThat(Evidence.ofTail(0)).isCloseTo(37.0, within(0.1));
        assertThat(Evidence.ofChiSquare(3.841458821, 1)).isCloseTo(1.644853627, within(1e-8));
    }

    /** 1e-6 over five scores, two-sided: the normal quantile at 1e-7 is -5.1993. */
    @Test
    void allScoresOfAReportShareOneFalseAlarmRate() {
        List<Finding> findings = Evidence.judge(List.of(
                new Evidence("a", new double[] {1, -5.19}, ""), new Evidence("b", new double[] {5.21, 0, 0}, "")));
        assertThat(findings).extracting(Finding::error).containsExactly(5.19, 5.21);
        assertThat(findings)
                .extracting(Finding::bound)
                .allSatisfy(bound -> assertThat(bound).isCloseTo(5.1993, within(1e-4)));
        assertThat(findings).extracting(Finding::passed).containsExactly(true, false);
        assertThat(Evidence.judge(List.of())).isEmpty();
    }

    @Test
    void scoresThatAreNoNumbersFail() {
        assertThat(Evidence.judge(List.of(new Evidence("a", new double[] {0, Double.NaN, 1}, "")))
                        .get(0)
                        .passed())
                .isFalse();
    }
}
