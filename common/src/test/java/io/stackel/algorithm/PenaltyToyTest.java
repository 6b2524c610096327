package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import io.stackel.random.RandomStream;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

/**
 * The toy problem of Shen and Chen 2023, a thousand starts at once: the objectives are sums over independent coordinates, so
 * that descent moves each as if it were alone. The minima of f(x, -x) over [0, 3] are at .38236, 1.21515 and 2.82964.
 */
class PenaltyToyTest {

    private static final int STARTS = 1000;
    private static final double[] MINIMA = {0.38236, 1.21515, 2.82964};

    /** f = cos(4y+2)/(1+e^(2-4x)) + log((4x-2)^2+1)/2, g = (x+y)^2 + x sin^2(x+y), in each coordinate. */
    private static final class Toy implements DataProblem {

        private static final DataBlock ROW = DataBlock.of(0, 1, new double[1], new double[1]);

        @Override
        public int upperSize() {
            return STARTS;
        }

        @Override
        public int lowerSize() {
            return STARTS;
        }

        @Override
        public DenseVector upperStart(RandomStream random) {
            return uniform(random, 0, 3);
        }

        @Override
        public DenseVector lowerStart(RandomStream random) {
            return uniform(random, -3, 3);
        }

        private static DenseVector uniform(RandomStream random, double low, double high) {
            double[] values = new double[STARTS];
            for (int i = 0; i < STARTS; i++) {
                values[i] = low + (high - low) * random.nextDouble();
            }
            return new DenseVector(values);
        }

        @Override
        public long trainingRows() {
            return 1;
        }

        @Override
        public long validationRows() {
            return 1;
        }

        @Override
        public int trainingBlocks() {
            return 1;
        }

        @Override
        public int validationBlocks() {
            return 1;
        }

        @Override
        public DataBlock trainingBlock(int index) {
            return ROW;
        }

        @Override
        public DataBlock validationBlock(int index) {
            return ROW;
        }

        @Override
        public double addLowerLoss(
                DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
            double total = 0;
            for (int i = 0; i < STARTS; i++) {
                double x = upper.values()[i];
                double gap = x + lower.values()[i];
                double sine = StrictMath.sin(gap);
                double inGap = 2 * gap + 2 * x * sine * StrictMath.cos(gap);
                total += gap * gap + x * sine * sine;
                if (upperInto.length > 0) {
                    upperInto[i] += inGap + sine * sine;
                }
                if (lowerInto.length > 0) {
                    lowerInto[i] += inGap;
                }
            }
            return total;
        }

        @Override
        public double addUpperLoss(
                DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
            double total = 0;
            for (int i = 0; i < STARTS; i++) {
                double shifted = 4 * upper.values()[i] - 2;
                double angle = 4 * lower.values()[i] + 2;
                double gate = 1 / (1 + StrictMath.exp(-shifted));
                double cosine = StrictMath.cos(angle);
                double square = shifted * shifted + 1;
                total += cosine * gate + StrictMath.log(square) / 2;
                if (upperInto.length > 0) {
                    upperInto[i] += 4 * cosine * gate * (1 - gate) + 4 * shifted / square;
                }
                if (lowerInto.length > 0) {
                    lowerInto[i] -= 4 * StrictMath.sin(angle) * gate;
                }
            }
            return total;
        }
    }

    @Test
    void everyStartEndsNearAMinimumOfTheBilevelProblem() {
        DataProblem problem = new Toy();
        DataSetup setup = new DataSetup(
                problem,
                1,
                new Setup.UpperRule(
                        new Sgd(), Schedule.CONSTANT, 0.002, OptionalDouble.empty(), Projection.box(0, 3), 1),
                new Setup.LowerRule(false, 1, Setup.LowerStep.SGD, 0.1, 1, 0, 1e-10),
                false);
        SortedMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : Setups.factory("pbrl").parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.put("penaltyWeight", 100.0);
        values.put("rampIterations", 1000L);
        Algorithm algorithm = Setups.factory("pbrl").create(setup, new Settings(values));
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem))) {
            while (state.iteration() < 4000) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "toy"))
                        .next();
            }
        }
        int[] found = new int[MINIMA.length];
        for (double x : state.real("upper")) {
            int nearest = 0;
            for (int k = 1; k < MINIMA.length; k++) {
                nearest = Math.abs(x - MINIMA[k]) < Math.abs(x - MINIMA[nearest]) ? k : nearest;
            }
            assertThat(Math.abs(x - MINIMA[nearest])).as("x = %s", x).isLessThanOrEqualTo(0.02);
            found[nearest]++;
        }
        assertThat(found).doesNotContain(0);
    }
}
