package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the packages of {@code resources/cma}, and against evaluations that are published. */
class CovarianceAdaptationTest {

    private static final int SIZE = 5;
    private static final double SAME = 1e-8;

    /** The numbers of the next line, which must have this name. */
    private static double[] read(Iterator<String> lines, String name) {
        String[] cells = lines.next().split(",", -1);
        assertThat(cells[0]).isEqualTo(name);
        return Arrays.stream(cells, 1, cells.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[][] rows(double[] values) {
        double[][] rows = new double[values.length / SIZE][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(values, k * SIZE, (k + 1) * SIZE));
        return rows;
    }

    private static void requireSame(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(SAME));
        }
    }

    private static double[] values(SortedMap<String, Tensor> state, String name) {
        return ((Tensor.Real) state.get(name)).values();
    }

    @ParameterizedTest
    @EnumSource
    void tenGenerationsAreThoseOfOtherPeoplesPackages(CovarianceModel model) throws IOException {
        String file = "/cma/" + (model == CovarianceModel.FULL ? "full.csv" : "diagonal.csv");
        CovarianceAdaptation strategy =
                new CovarianceAdaptation(SIZE, CovarianceAdaptation.defaultPopulation(SIZE), model);
        double[] start = new double[SIZE];
        Arrays.fill(start, 0.5);
        SortedMap<String, Tensor> state = strategy.init(start, 0.4);
        try (InputStream stream = CovarianceAdaptationTest.class.getResourceAsStream(file)) {
            Iterator<String> lines = new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .iterator();
            int generations = 0;
            while (lines.hasNext()) {
                double[][] normals = rows(read(lines, "normals"));
                double[][] candidates = rows(read(lines, "candidates"));
                double[][] asked = strategy.candidates(state, normals);
                for (int k = 0; k < candidates.length; k++) {
                    requireSame(asked[k], candidates[k]);
                }
                state = strategy.step(state, normals, read(lines, "values"));
                requireSame(strategy.mean(state), read(lines, "mean"));
                requireSame(values(state, "stepSize"), read(lines, "stepSize"));
                requireSame(values(state, "covariance"), read(lines, "covariance"));
                generations++;
            }
            assertThat(generations).isEqualTo(10);
        }
    }

    /** Mean evaluations until some f is at most 1e-10. */
    private static double evaluations(
            CovarianceModel model, int size, double start, double stepSize, ToDoubleFunction<double[]> f, int runs) {
        int population = CovarianceAdaptation.defaultPopulation(size);
        CovarianceAdaptation strategy = new CovarianceAdaptation(size, population, model);
        double total = 0;
        for (int run = 0; run < runs; run++) {
            double[] mean = new double[size];
            Arrays.fill(mean, start);
            SortedMap<String, Tensor> state = strategy.init(mean, stepSize);
            double best = Double.POSITIVE_INFINITY;
            for (int generation = 0; best > 1e-10 && generation < 20_000; generation++) {
                double[][] normals = new double[population][size];
                for (int k = 0; k < population; k++) {
                    RandomStream random = RandomStream.at(run, Purpose.CHECK, k, 0, generation, 0);
                    Arrays.setAll(normals[k], i -> random.nextGaussian());
                }
                double[] values = Arrays.stream(strategy.candidates(state, normals))
                        .mapToDouble(f)
                        .toArray();
                best = Math.min(best, Arrays.stream(values).min().orElseThrow());
                state = strategy.step(state, normals, values);
                total += population;
            }
            assertThat(best).isLessThanOrEqualTo(1e-10);
        }
        return total / runs;
    }

    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i] * x[i] - x[i + 1];
            sum += 100 * valley * valley + (x[i] - 1) * (x[i] - 1);
        }
        return sum;
    }

    private static double ellipsoid(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += StrictMath.pow(1e6, i / (x.length - 1.0)) * x[i] * x[i];
        }
        return sum;
    }

    /**
     * Evaluations to 1e-10 of the package cma 4.5.0 at the same start and step size, means over 41 seeds with standard errors of 16,
     * 35 and 27. A run deviates by 5 %, so that the mean of eleven is within 10 % but for a false alarm of less than 1e-9.
     */
    @ParameterizedTest
    @CsvSource({"sphere, 1, 0.3, 1654", "rosenbrock, 0, 0.1, 5247", "ellipsoid, 1, 0.3, 4313"})
    void aFullCovarianceNeedsAsManyEvaluationsAsOtherPeoples(
            String name, double start, double stepSize, double published) {
        ToDoubleFunction<double[]> f = switch (name) {
            case "sphere" -> VectorMath::normSquared;
            case "rosenbrock" -> CovarianceAdaptationTest::rosenbrock;
            default -> CovarianceAdaptationTest::ellipsoid;
        };
        assertThat(evaluations(CovarianceModel.FULL, 10, start, stepSize, f, 11))
                .isCloseTo(published, within(0.1 * published));
    }

    /** SepCMA of the package cmaes 0.13.1 with the same rates needs 11,277, standard error 233; five runs. */
    @Test
    void aDiagonalCovarianceNeedsAsManyEvaluationsAsOtherPeoples() {
        assertThat(evaluations(CovarianceModel.DIAGONAL, 40, 1, 0.3, CovarianceAdaptationTest::ellipsoid, 5))
                .isCloseTo(11_277, within(2000.0));
    }

    @Test
    void thePublishedPopulation() {
        assertThat(CovarianceAdaptation.defaultPopulation(1)).isEqualTo(4);
        assertThat(CovarianceAdaptation.defaultPopulation(10)).isEqualTo(10);
        assertThat(CovarianceAdaptation.defaultPopulation(500)).isEqualTo(22);
    }

    /** Ranks are all that counts, and of equal values the earlier candidate is the better. */
    @Test
    void onlyRanksMatter() {
        CovarianceAdaptation strategy = new CovarianceAdaptation(1, 4, CovarianceModel.FULL);
        SortedMap<String, Tensor> start = strategy.init(new double[1], 1);
        double[][] normals = {{1}, {2}, {-1}, {-3}};
        assertThat(strategy.step(start, normals, new double[] {1, 2, 3, 4}))
                .isEqualTo(strategy.step(start, normals, new double[] {-5, -5, 0, 1e9}));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new CovarianceAdaptation(2, 3, CovarianceModel.FULL))
                .hasMessage("population must be at least 4, but was 3");
        CovarianceAdaptation strategy = new CovarianceAdaptation(2, 4, CovarianceModel.FULL);
        assertThatThrownBy(() -> strategy.step(strategy.init(new double[2], 1), new double[4][2], new double[3]))
                .hasMessage("there must be 4 candidates, but there were 4 normals and 3 values");
    }
}
