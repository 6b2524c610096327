package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.LossGradient;
import io.stackel.families.DataFamilies;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code f2sa} against the schedule of Kwon, Kwon, Wright and Nowak, "A fully first-order method for stochastic bilevel
 * optimization", ICML 2023, and against a second implementation of its algorithms 1 (F2SA) and 2 (F3SA).
 */
class F2saTest {

    private static final int ITERATIONS = 50;
    private static final double OFFSET = 20;
    private static final double LAMBDA = 5;
    private static final double UPPER_STEP = 0.05;
    private static final double LOWER_STEP = 0.1;

    private static final DataProblem PROBLEM =
            DataFamilies.of("quadratic", Map.of("trainingRows", 40L, "validationRows", 20L));

    /**
     * At {@code r = 1 + k / offset} the steps are r^-a and r^-c, the weight r^(a - c) and eta r^-2c. The r of a row is chosen
     * such that a and c give powers of two: 7, 5 and so on are the denominators of the theorem's exponents.
     */
    @ParameterizedTest
    @CsvSource({
        // exponents, momentum, r, step of x, step of models, weight, eta
        "NOISY,         false, 128, 0.03125, 0.0625, 2, 1",
        "NOISY_UPPER,   false,  32, 0.125,   0.25,   2, 1",
        "DETERMINISTIC, false,   8, 0.5,     1,      2, 1",
        "CONSTANT,      false,  16, 1,       1,      1, 1",
        "NOISY,         true,   32, 0.125,   0.25,   2, 0.0625",
        "NOISY_UPPER,   true,   16, 0.25,    0.5,    2, 0.25",
        "DETERMINISTIC, true,    8, 0.5,     1,      2, 1",
        "CONSTANT,      true,   16, 1,       1,      1, 1",
    })
    void stepsDecayAndTheWeightGrowsAsPublished(
            DataMethod.Exponents exponents,
            boolean momentum,
            int r,
            double upper,
            double lower,
            double growth,
            double eta) {
        DataMethod method = new DataMethod.F2sa(LAMBDA, exponents, momentum, OFFSET);
        long k = Math.round((r - 1) * OFFSET);
        assertThat(method.upperDecay(k)).isCloseTo(upper, within(1e-14));
        assertThat(method.lowerDecay(k)).isCloseTo(lower, within(1e-14));
        assertThat(1 / method.sigma(k)).isCloseTo(growth * LAMBDA, within(1e-13));
        assertThat(method.renewal(k)).isCloseTo(eta, within(1e-14));
        assertThat(method.momentum()).isEqualTo(momentum);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theFirstIterationHasTheGivenStepsAndWeight(boolean momentum) {
        DataMethod method = new DataMethod.F2sa(LAMBDA, DataMethod.Exponents.NOISY, momentum, OFFSET);
        assertThat(method.upperDecay(0)).isOne();
        assertThat(method.lowerDecay(0)).isOne();
        assertThat(method.sigma(0)).isEqualTo(1 / LAMBDA);
        assertThat(method.renewal(0)).isOne();
        assertThat(method.joint()).isFalse();
        assertThat(method.twoSided()).isFalse();
    }

    /** With all rows, and with minibatches, whose rows are read from what the algorithm asks for. */
    @ParameterizedTest(name = "{0}, momentum {1}, {2} units, {3} inner steps")
    @CsvSource({
        "noisy, false, 1000, 1",
        "noisy, true, 1000, 1",
        "noisy, false, 2, 3",
        "noisy, true, 2, 1",
        "noisy-upper, false, 2, 1",
        "noisy-upper, true, 2, 1",
        "deterministic, false, 2, 2",
        "deterministic, true, 2, 1",
        "constant, false, 2, 1",
        "constant, true, 2, 1"
    })
    void fiftyIterationsAreThoseOfTheSource(String exponents, boolean momentum, int units, int innerSteps) {
        Map<String, Object> keys =
                Map.of("penaltyWeight", LAMBDA, "exponents", exponents, "momentum", momentum, "offset", OFFSET);
        Algorithm algorithm = Setups.algorithm("f2sa", setup(units, innerSteps), keys);
        State state = algorithm.init();
        Source source = new Source(state.real("upper"), state.real("lower.0/0"), exponents, momentum);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(PROBLEM))) {
            for (int k = 0; k < ITERATIONS; k++) {
                for (int t = 0; t <= innerSteps; t++) {
                    BatchRequest request = algorithm.request(state);
                    if (t < innerSteps) {
                        source.models(k, blocks(request, false), blocks(request, true));
                    } else {
                        source.upper(k, blocks(request, false), blocks(request, true));
                    }
                    state = algorithm
                            .step(state, oracle.evaluate(request, "test"))
                            .next();
                }
            }
        }
        requireClose(state.real("upper"), source.x);
        requireClose(state.real("lower.0/0"), source.z);
        requireClose(state.real("lower.1/0"), source.y);
    }

    /** The comparison sees what it compares: all three have moved, and momentum and exponents are no small change. */
    @Test
    void theCasesDiffer() {
        double[] plain = solved("noisy", false);
        double[] start = Setups.algorithm("f2sa", setup(2, 1), Map.of()).init().real("upper");
        assertThat(VectorMath.norm(VectorMath.minus(plain, start))).isGreaterThan(0.01);
        assertThat(VectorMath.norm(VectorMath.minus(plain, solved("noisy", true))))
                .isGreaterThan(1e-3);
        assertThat(VectorMath.norm(VectorMath.minus(plain, solved("constant", false))))
                .isGreaterThan(1e-3);
    }

    private static double[] solved(String exponents, boolean momentum) {
        Map<String, Object> keys =
                Map.of("penaltyWeight", LAMBDA, "exponents", exponents, "momentum", momentum, "offset", OFFSET);
        Algorithm algorithm = Setups.algorithm("f2sa", setup(2, 1), keys);
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(PROBLEM))) {
            for (int i = 0; i < 2 * ITERATIONS; i++) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "test"))
                        .next();
            }
        }
        return state.real("upper");
    }

    private static DataSetup setup(int units, int innerSteps) {
        return new DataSetup(
                PROBLEM,
                17,
                new Setup.UpperRule(
                        new Sgd(), Schedule.CONSTANT, UPPER_STEP, OptionalDouble.empty(), Projection.none(), units),
                new Setup.LowerRule(false, innerSteps, Setup.LowerStep.SGD, LOWER_STEP, units, 0, 1e-10),
                false);
    }

    /** The rows of one kind that a batch sees: all its estimands see the same. */
    private static int[] blocks(BatchRequest request, boolean validation) {
        int[][] drawn = request.estimands().stream()
                .map(estimand -> (LossGradient) estimand)
                .filter(estimand -> estimand.validation() == validation)
                .map(LossGradient::blocks)
                .toArray(int[][]::new);
        assertThat(drawn).isNotEmpty();
        for (int[] blocks : drawn) {
            assertThat(blocks).containsExactly(drawn[0]);
        }
        return drawn[0];
    }

    private static void requireClose(double[] got, double[] wanted) {
        assertThat(got).hasSameSizeAs(wanted);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).isCloseTo(wanted[i], within(1e-12 * (1 + Math.abs(wanted[i]))));
        }
    }

    /**
     * The source's algorithms in its own letters: x, y near argmin g + f / lambda, z near argmin g; step sizes alpha, gamma;
     * h the running estimates of F3SA. Both models have the step gamma, so that y moves by gamma / lambda along f + lambda g.
     */
    private static final class Source {

        private double[] x;
        private double[] y;
        private double[] z;
        private final double a;
        private final double c;
        private final boolean momentum;

        /** Where the last gradients were taken: x, y, z of the models' steps and of those of x. */
        private double[][] lower;

        private double[][] upper;
        private double[] hgz;
        private double[] hgy;
        private double[] hfy;
        private double[] hgxy;
        private double[] hgxz;
        private double[] hfx;

        Source(double[] x, double[] w, String exponents, boolean momentum) {
            this.x = x.clone();
            y = w.clone();
            z = w.clone();
            this.momentum = momentum;
            a = switch (exponents) {
                case "noisy" -> momentum ? 0.6 : 5 / 7.0;
                case "noisy-upper" -> momentum ? 0.5 : 0.6;
                case "deterministic" -> 1 / 3.0;
                default -> 0;
            };
            c = switch (exponents) {
                case "noisy" -> momentum ? 0.4 : 4 / 7.0;
                case "noisy-upper" -> momentum ? 0.25 : 0.4;
                default -> 0;
            };
        }

        private static double power(int k, double exponent) {
            return StrictMath.pow((k + OFFSET) / OFFSET, exponent);
        }

        void models(int k, int[] training, int[] validation) {
            double gamma = LOWER_STEP * power(k, -c);
            double lambda = LAMBDA * power(k, a - c);
            double[][] now = {x, y, z};
            double[][] then = lower;
            hgz = running(
                    k, hgz, training(x, z, training)[1], then == null ? x : training(then[0], then[2], training)[1]);
            hgy = running(
                    k, hgy, training(x, y, training)[1], then == null ? x : training(then[0], then[1], training)[1]);
            hfy = running(
                    k,
                    hfy,
                    validation(x, y, validation)[1],
                    then == null ? x : validation(then[0], then[1], validation)[1]);
            lower = now;
            z = minus(z, gamma, plus(hgz, term(x, z)[1]));
            y = minus(y, gamma / lambda, plus(hfy, times(lambda, plus(hgy, term(x, y)[1]))));
        }

        void upper(int k, int[] training, int[] validation) {
            double alpha = UPPER_STEP * power(k, -a);
            double lambda = LAMBDA * power(k, a - c);
            double[][] then = upper;
            hgxz = running(
                    k, hgxz, training(x, z, training)[0], then == null ? x : training(then[0], then[2], training)[0]);
            hgxy = running(
                    k, hgxy, training(x, y, training)[0], then == null ? x : training(then[0], then[1], training)[0]);
            hfx = running(
                    k,
                    hfx,
                    validation(x, y, validation)[0],
                    then == null ? x : validation(then[0], then[1], validation)[0]);
            upper = new double[][] {x, y, z};
            double[] difference = minus(plus(hgxy, term(x, y)[0]), 1, plus(hgxz, term(x, z)[0]));
            double[] own = new double[x.length];
            PROBLEM.addUpperTermGradient(new DenseVector(x), own);
            x = minus(x, alpha, plus(plus(hfx, own), times(lambda, difference)));
        }

        /** h_k = grad(now) + (1 - eta_k) ( h_(k-1) - grad(before) ), both gradients on the rows of k. */
        private double[] running(int k, double[] last, double[] now, double[] before) {
            return momentum && last != null ? plus(now, times(1 - power(k, -2 * c), minus(last, 1, before))) : now;
        }

        /** The gradients of the mean training loss of these blocks in x and w. */
        private static double[][] training(double[] x, double[] w, int[] blocks) {
            double[][] sum = {new double[x.length], new double[w.length]};
            for (int number : blocks) {
                DataBlock block = PROBLEM.trainingBlock(number);
                PROBLEM.addLowerLoss(block, new DenseVector(x), new DenseVector(w), sum[0], sum[1]);
            }
            double scale = PROBLEM.trainingBlocks() / ((double) PROBLEM.trainingRows() * blocks.length);
            return new double[][] {times(scale, sum[0]), times(scale, sum[1])};
        }

        private static double[][] validation(double[] x, double[] w, int[] blocks) {
            double[][] sum = {new double[x.length], new double[w.length]};
            for (int number : blocks) {
                DataBlock block = PROBLEM.validationBlock(number);
                PROBLEM.addUpperLoss(block, new DenseVector(x), new DenseVector(w), sum[0], sum[1]);
            }
            double scale = PROBLEM.validationBlocks() / ((double) PROBLEM.validationRows() * blocks.length);
            return new double[][] {times(scale, sum[0]), times(scale, sum[1])};
        }

        private static double[][] term(double[] x, double[] w) {
            double[][] gradients = {new double[x.length], new double[w.length]};
            PROBLEM.addLowerTerm(new DenseVector(x), new DenseVector(w), gradients[0], gradients[1]);
            return gradients;
        }

        private static double[] plus(double[] one, double[] other) {
            return minus(one, -1, other);
        }

        private static double[] minus(double[] one, double factor, double[] other) {
            double[] result = new double[one.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = one[i] - factor * other[i];
            }
            return result;
        }

        private static double[] times(double factor, double[] values) {
            double[] result = new double[values.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = factor * values[i];
            }
            return result;
        }
    }
}
