package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteInverse;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InverseAlgorithmsTest {

    private static final double[] COLD = {};
    private static final double[] X = {0.6, -0.4, 0.2, 1, -0.8, 0.1};

    private final FiniteInverse problem = SmallProblems.inverse(Map.of());
    private final TabularSoftmax policy = new TabularSoftmax(3, 2);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pbrl | algorithm.name | pbrl needs an upper objective that is a return, but that of this problem is the likelihood of experts; use first-order, feature-matching, cloning, counted or exact",
                "independent | algorithm.name | independent needs an upper objective that is a return, but that of this problem is the likelihood of experts; use first-order, feature-matching, cloning, counted or exact",
                "zero-order | algorithm.name | zero-order needs an upper objective that is a return, but that of this problem is the likelihood of experts; use first-order, feature-matching, cloning, counted or exact",
                "first-order | algorithm.sides | algorithm.sides: two needs an upper objective that is bounded over"
                        + " policies, or what minimises J* - J - sigma f need not exist, but minus the log-likelihood"
                        + " of experts has no upper bound; use algorithm.sides: one"
            })
    void whatCannotLearnFromExpertsIsRefused(String name, String key, String reason) {
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        assertThatThrownBy(() -> Setups.algorithm(name, setup, Map.of("sigma", 0.1)))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo(key))
                .hasMessage(reason);
    }

    @Test
    void theClosedFormIsRefusedWithoutExperts() {
        Setup returns = Setups.of(SmallProblems.rewardDesign(), Setups.PLANNED, false);
        assertThatThrownBy(() -> Setups.algorithm("feature-matching", returns, Map.of()))
                .hasMessage("feature-matching needs an upper objective that is the likelihood of experts, but that of"
                        + " this problem is a return; use first-order, pbrl, independent, lower, hpgd, boltzmann,"
                        + " counted, exact,"
                        + " zero-order or cma-es");
    }

    @Test
    void gradientStepsOfTheImitatorAreRefused() {
        Setup adam = Setups.of(problem, Setups.ADAM, false);
        assertThatThrownBy(() -> Setups.algorithm("first-order", adam, Map.of("sigma", 0.1, "sides", "one")))
                .hasMessage("first-order on experts takes natural steps in a game that is planned or counted; use"
                        + " lower.solver: planned or lower.optimizer: natural");
    }

    /** The imitator's fixed point maximises J - sigma f: central differences of that in its logits vanish. */
    @Test
    void theImitatorMaximisesWhatItShould() {
        double sigma = 0.2;
        ExactPoint point = point();
        double[] theta = imitator(sigma);
        for (int i = 0; i < theta.length; i++) {
            double slope =
                    (penalised(point, moved(theta, i, 1e-4), sigma) - penalised(point, moved(theta, i, -1e-4), sigma))
                            / 2e-4;
            assertThat(slope).as("in logit %d", i).isBetween(-1e-7, 1e-7);
            assertThat(penalised(point, moved(theta, i, 0.3), sigma)).isLessThan(penalised(point, theta, sigma));
            assertThat(penalised(point, moved(theta, i, -0.3), sigma)).isLessThan(penalised(point, theta, sigma));
        }
    }

    private static double penalised(ExactPoint point, double[] theta, double sigma) {
        PolicyValues at = point.evaluate(
                PolicyTable.logProbabilities(SmallProblems.inverse(Map.of()), new TabularSoftmax(3, 2), theta));
        return at.followerValue() - sigma * at.upperObjective();
    }

    private static double[] moved(double[] theta, int i, double by) {
        double[] moved = theta.clone();
        moved[i] += by;
        return moved;
    }

    /** The one-sided difference errs by order sigma: a quarter of sigma, about a quarter of the error. */
    @Test
    void theDifferenceTendsToTheHypergradient() {
        double[] errors = {error(0.005), error(0.00125), error(0.0003125)};
        assertThat(errors[0]).isLessThan(0.5);
        assertThat(errors[1] / errors[0]).isBetween(0.2, 0.35);
        assertThat(errors[2] / errors[1]).isBetween(0.23, 0.28);
    }

    private double error(double sigma) {
        ExactPoint point = point();
        SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, COLD);
        double[] own = point.followerGradients(point.evaluate(best.logPolicy())).inUpper();
        double[] other = point.followerGradients(
                        point.evaluate(PolicyTable.logProbabilities(problem, policy, imitator(sigma))))
                .inUpper();
        double[] difference = VectorMath.scaled(1 / sigma, VectorMath.minus(own, other));
        problem.addUpperTermGradient(new DenseVector(X), difference);
        double[] exact = point.hypergradient(best).gradient();
        return VectorMath.norm(VectorMath.minus(difference, exact)) / VectorMath.norm(exact);
    }

    private ExactPoint point() {
        return new ExactModel(problem, 0).at(new DenseVector(X));
    }

    /** Where the imitator's steps end, the reward held fixed. */
    private double[] imitator(double sigma) {
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        Frame frame = new Frame(setup);
        LowerSolver solver = new ImitatingLower(frame, problem, KnownGame.ofFollower(problem, false), sigma);
        State start = new State(0, 0, 0, 0, 0, new TreeMap<>(Map.of("upper", Tensor.of(X))));
        State state = start.with(solver.init(start));
        for (int i = 0; i < 1000; i++) {
            state = state.with(solver.afterOuter(state, BatchResult.none(request(setup)), X));
        }
        return state.real(LowerSolver.name("lower", 1, 0));
    }

    private static BatchRequest request(Setup setup) {
        return Setups.algorithm("exact", setup, Map.of())
                .request(Setups.algorithm("exact", setup, Map.of()).init());
    }

    /** No policy makes the experts likelier: the gradient in its logits is zero, and random steps away lose. */
    @Test
    void theClonedPolicyIsTheLikeliest() {
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        Algorithm cloning = Setups.algorithm("cloning", setup, Map.of());
        ExactPoint point = point();
        double[] logs = cloning.follower(cloning.init(), 0);
        PolicyValues cloned = point.evaluate(PolicyTable.logProbabilities(problem, policy, logs));

        assertThat(VectorMath.maxAbs(point.upperGradients(cloned).inLower())).isLessThan(1e-12);
        RandomStream random = RandomStream.at(3, Purpose.TRAINING, 0, 0, 0, 0);
        for (int i = 0; i < 20; i++) {
            double[] moved = logs.clone();
            for (int j = 0; j < moved.length; j++) {
                moved[j] += 0.3 * random.nextGaussian();
            }
            PolicyValues other = point.evaluate(PolicyTable.logProbabilities(problem, policy, moved));
            assertThat(other.upperObjective()).isGreaterThan(cloned.upperObjective());
        }
        assertThat(cloning.movesUpper()).isFalse();
    }

    /** From samples: the true return of the learnt reward's best response comes within 2 % of the experts'. */
    @ParameterizedTest
    @ValueSource(strings = {"feature-matching", "first-order"})
    void theExpertsReturnIsRecovered(String name) {
        FiniteInverse one =
                SmallProblems.inverse(Map.of("states", 4L, "actions", 3L, "experts", "expected", "steps", 30L));
        Setup small = Setups.of(one, Setups.NATURAL, false);
        Setup.UpperRule rule = small.upper();
        Setup setup = new Setup(
                one,
                small.policy(),
                small.seed(),
                new Setup.UpperRule(
                        rule.optimizer(), rule.schedule(), 0.2, OptionalDouble.empty(), rule.projection(), 40),
                small.lower(),
                small.sampling());
        Map<String, Object> settings = name.equals("first-order") ? Map.of("sigma", 0.05, "sides", "one") : Map.of();
        Algorithm algorithm = Setups.algorithm(name, setup, settings);
        State state = algorithm.init();
        Evaluation evaluation = Setups.exact(setup);
        assertThat(share(evaluation.measure(algorithm, state))).isLessThan(0.9);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(one, setup.policy()))) {
            while (state.iteration() < 200) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "test"))
                        .next();
            }
        }
        assertThat(share(evaluation.measure(algorithm, state))).isBetween(0.98, 1.02);
    }

    private static double share(SortedMap<String, Double> figures) {
        return figures.get(Evaluation.TRUE_RETURN_AT_BEST_RESPONSE) / figures.get(Evaluation.EXPERT_RETURN);
    }
}
