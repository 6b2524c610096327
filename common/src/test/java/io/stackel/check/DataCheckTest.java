package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.DataFamilies;
import io.stackel.problem.DataProblem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.SmallRidge;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound problems pass and each planted mistake is found; a sound problem fails with a probability of at most 1e-6. */
class DataCheckTest {

    private static CheckReport run(DataProblem problem) {
        Directions random = new Directions(5);
        DenseVector upper = new DenseVector(random.normal(Directions.Use.UPPER, 7, problem.upperSize()));
        double[] lower = random.normal(Directions.Use.LOWER, 7, problem.lowerSize());
        return DataCheck.run(problem, new CheckPoint(upper, lower, 0.1), new CheckRule(3, 512, 1));
    }

    static Stream<String> families() {
        return DataFamilies.factories().map(ProblemFactory::name);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFamilyPasses(String name) {
        CheckReport report = run(DataFamilies.of(name, Map.of()));
        assertThat(report.failures()).isEmpty();
        assertThat(report.findings()).hasSizeGreaterThan(12);
    }

    @Test
    void logisticRegressionHasNoExactHypergradient() {
        CheckReport report = run(DataFamilies.of("hyper-parameters", Map.of("model", "logistic")));
        assertThat(report.failures()).isEmpty();
        assertThat(report.leftOut())
                .containsExactly("best response and hypergradient, which are known for quadratic lower levels alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training block 0, w | training loss, block 0, in w",
                "validation block 0, w | validation loss, block 0, in w",
                "lower term, x | lowerTerm, in x",
                "lower term, w | lowerTerm, in w",
                "upper term, x | upperTerm in x"
            })
    void everyWrongGradientIsFound(String mistake, String finding) {
        assertThat(run(new SmallRidge("")).failures()).isEmpty();
        assertThat(run(new SmallRidge(mistake)).failures())
                .extracting(Finding::name)
                .contains(finding);
    }
}
