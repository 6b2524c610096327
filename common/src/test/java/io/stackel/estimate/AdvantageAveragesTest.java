package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.LocalOracle;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the closed form of the hypergradient, on tables. */
class AdvantageAveragesTest {

    private static final int HORIZON = 100;

    /** Replicates of one estimate at a best response. */
    private record Replicates(double[] exact, List<AdvantageAverages.Averaged> all) {

        static Replicates of(RandomProblem problem, long units, int count, boolean baselines) {
            DenseVector x = problem.point(1);
            ExactPoint point = new ExactModel(problem, 0).at(x);
            SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);
            PolicyValues values = point.evaluate(best.logPolicy());
            Follower follower = baselines
                    ? Follower.withBaselines(best.logPolicy(), values.value(), values.upperValue())
                    : Follower.plain(best.logPolicy());
            double[] exact = point.hypergradient(best).gradient().clone();
            double[] term = new double[exact.length];
            problem.addUpperTermGradient(x, term);
            VectorMath.addScaled(-1, term, exact);
            AdvantageAverages estimand = new AdvantageAverages(
                    Purpose.TRAINING, 0, units, 0, 0, problem.states(), problem.actions(), problem.upperSize());
            TabularSoftmax policy = new TabularSoftmax(problem.states(), problem.actions());
            try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, policy))) {
                return new Replicates(
                        exact,
                        LongStream.range(0, count)
                                .mapToObj(seed -> oracle.evaluate(
                                                request(seed, x.values(), follower, estimand), "replicate")
                                        .estimate(0)
                                        .averaged(problem.entropyWeight()))
                                .toList());
            }
        }

        /** The root of the mean squared error over the norm. */
        double relativeError() {
            double squares = 0;
            for (AdvantageAverages.Averaged one : all) {
                squares += VectorMath.normSquared(VectorMath.minus(one.values(), exact)) / all.size();
            }
            return Math.sqrt(squares) / VectorMath.norm(exact);
        }

        /** The same of what is reported. */
        double reported() {
            double squares = 0;
            for (AdvantageAverages.Averaged one : all) {
                squares += VectorMath.normSquared(one.errors()) / all.size();
            }
            return Math.sqrt(squares) / VectorMath.norm(exact);
        }
    }

    /** Rewards depend on x, a leader does not act. A standard error of .12 makes .2 a false alarm far below 1e-6. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sixtyThousandStepsGiveTheHypergradientOfTwentyStatesToATenth(long seed) {
        Replicates replicates = Replicates.of(RandomProblem.of(seed, 20, 1, 4, 0.3), 600, 8, false);

        assertThat(replicates.relativeError()).isBetween(0.05, 0.2);
        assertThat(replicates.reported() / replicates.relativeError()).isBetween(0.7, 1.4);
    }

    /**
     * x is in the rewards, in the leader's policy and in the transitions. The error is .17 at 400 units and would not fall
     * if a term were missing; ratios of so many coordinates and replicates stray by a tenth.
     */
    @Test
    void errorFallsWithTheUnits() {
        RandomProblem problem = RandomProblem.moving(6, 4, 2, 3, 0.4);
        Replicates few = Replicates.of(problem, 400, 10, true);
        Replicates many = Replicates.of(problem, 6_400, 5, true);

        assertThat(many.relativeError()).isLessThan(0.4 * few.relativeError());
        assertThat(many.relativeError()).isLessThan(0.07);
    }

    @Test
    void onlyAveragesAreRead() {
        RandomProblem problem = RandomProblem.of(1, 3, 1, 2, 0.3);
        TabularSoftmax policy = new TabularSoftmax(3, 2);
        Follower follower = Follower.plain(policy.uniform());
        Estimand other = new Returns(Purpose.TRAINING, 0, 4, 0, 0);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, policy))) {
            BatchResult.Estimate estimate = oracle.evaluate(
                            request(0, problem.point(1).values(), follower, other), "returns")
                    .estimate(0);

            assertThatThrownBy(() -> estimate.averaged(0.3))
                    .hasMessage("an estimand must keep averages for their gradient to be read");
        }
    }

    private static BatchRequest request(long seed, double[] x, Follower follower, Estimand estimand) {
        return new BatchRequest(seed, 0, 0, 0, HORIZON, 64, 1, false, List.of(x), List.of(follower), List.of(estimand));
    }
}
