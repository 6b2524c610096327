package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExactObjectiveTest {

    private final RandomProblem one = RandomProblem.of(1, 4, 1, 3, 0.2);
    private final RandomProblem two = RandomProblem.of(2, 4, 1, 3, 0.2);
    private final DenseVector upper = one.point(3);
    private final AveragePoint both = new ExactObjective(new Pair(one, two)).at(upper);
    private final List<SoftOptimum> best = both.best(0, SoftOptimum.TO_ROUNDING, List.of());

    @Test
    void objectiveAndHypergradientAreMeansOverContexts() {
        Objective average = both.hypergradient(best);
        Objective first = alone(one).hypergradient(best.get(0));
        Objective second = alone(two).hypergradient(best.get(1));
        assertThat(average.value()).isCloseTo((first.value() + second.value()) / 2, Offset.offset(1e-14));
        assertThat(both.objective(best)).isCloseTo(average.value(), Offset.offset(1e-12));
        for (int i = 0; i < upper.size(); i++) {
            assertThat(average.gradient()[i])
                    .isCloseTo((first.gradient()[i] + second.gradient()[i]) / 2, Offset.offset(1e-14));
        }
    }

    @Test
    void gapIsTheMeanOfTheContextsGaps() {
        double third = StrictMath.log(1.0 / 3);
        double[] even = new double[12];
        Arrays.fill(even, third);
        List<double[]> policies = List.of(even, best.get(1).logPolicy());
        double first = alone(one).lowerGap(alone(one).evaluate(even), best.get(0));
        assertThat(first).isPositive();
        assertThat(both.lowerGap(policies, best)).isCloseTo(first / 2, Offset.offset(1e-13));
    }

    @Test
    void warmOptimaAreUsedInTheirContext() {
        List<SoftOptimum> again = both.best(0, 1e-10, best);
        assertThat(again).allSatisfy(optimum -> assertThat(optimum.sweeps()).isEqualTo(1));
        List<SoftOptimum> swapped = both.best(0, 1e-10, List.of(best.get(1), best.get(0)));
        assertThat(swapped).allSatisfy(optimum -> assertThat(optimum.sweeps()).isGreaterThan(1));
    }

    private ExactPoint alone(RandomProblem problem) {
        return new ExactModel(problem, 0).at(upper);
    }

    /** Two problems of the same size as contexts of one; terms in x alone are the first's. */
    private record Pair(RandomProblem first, RandomProblem second) implements FiniteProblem {

        private RandomProblem in(int context) {
            return context == 0 ? first : second;
        }

        @Override
        public int contexts() {
            return 2;
        }

        @Override
        public int upperSize() {
            return first.upperSize();
        }

        @Override
        public double entropyWeight() {
            return first.entropyWeight();
        }

        @Override
        public MarkovGame game(int context) {
            return in(context).game();
        }

        @Override
        public void leaderPolicy(DenseVector upper, double[] into) {
            first.leaderPolicy(upper, into);
        }

        @Override
        public void addLeaderScores(
                DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
            first.addLeaderScores(upper, state, leaderPolicy, weights, into);
        }

        @Override
        public void lowerReward(DenseVector upper, int context, double[] into) {
            in(context).lowerReward(upper, context, into);
        }

        @Override
        public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
            in(context).addLowerRewardGradient(upper, context, weights, into);
        }

        @Override
        public void upperReward(DenseVector upper, int context, double[] into) {
            in(context).upperReward(upper, context, into);
        }

        @Override
        public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
            in(context).addUpperRewardGradient(upper, context, weights, into);
        }

        @Override
        public double upperTerm(DenseVector upper) {
            return first.upperTerm(upper);
        }

        @Override
        public void addUpperTermGradient(DenseVector upper, double[] into) {
            first.addUpperTermGradient(upper, into);
        }

        @Override
        public Dependence dependence() {
            return first.dependence();
        }
    }
}
