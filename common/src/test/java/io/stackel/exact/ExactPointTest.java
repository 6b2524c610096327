package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.CentralDifferences;
import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Central differences of every gradient, and the identities of the penalties, on problems where x enters everywhere. */
class ExactPointTest {

    private static final double TAU = 0.2;
    private static final double SIGMA = 0.1;
    private static final double[] COLD = {};

    private final RandomProblem problem = RandomProblem.moving(7, 5, 3, 4, TAU);
    private final ExactModel model = new ExactModel(problem, 0);
    private final DenseVector upper = problem.point(1);
    private final double[] theta = theta(problem);
    private final ExactPoint point = model.at(upper);
    private final SoftOptimum best = best(point, 0);
    private final PolicyValues values = point.evaluate(logPolicy(theta));
    private final double[] nu = {0.1, 0.3, 0.2, 0.15, 0.25};

    @Test
    void followerGradientsAreThoseOfTheFollowersValue() {
        Gradients gradients = point.followerGradients(values);
        requireClose(
                gradients.inLower(),
                CentralDifferences.gradient(
                        theta, t -> point.evaluate(logPolicy(t)).followerValue()));
        requireClose(
                gradients.inUpper(), inUpper(p -> p.evaluate(logPolicy(theta)).followerValue()));
    }

    @Test
    void upperGradientsAreThoseOfTheUpperObjective() {
        Gradients gradients = point.upperGradients(values);
        requireClose(
                gradients.inLower(),
                CentralDifferences.gradient(
                        theta, t -> point.evaluate(logPolicy(t)).upperObjective()));
        requireClose(
                gradients.inUpper(), inUpper(p -> p.evaluate(logPolicy(theta)).upperObjective()));
    }

    /** At the best response it is the derivative of its probabilities, each weighed with the leader's advantage. */
    @Test
    void responsesAreDerivativesOfTheBestResponse() {
        PolicyValues atBest = point.evaluate(best.logPolicy());
        double[] advantage = atBest.upperAdvantage();
        double[] responses = point.responseGradients(atBest);
        int size = problem.upperSize();
        for (int s = 0; s < 5; s++) {
            int from = 4 * s;
            requireClose(Arrays.copyOfRange(responses, s * size, (s + 1) * size), inUpper(p -> {
                double[] policy = best(p, 0).policy();
                double gain = 0;
                for (int i = from; i < from + 4; i++) {
                    gain += advantage[i] * policy[i];
                }
                return gain;
            }));
        }
    }

    /** Where the policy is not the best response, Q moves with x and the policy stays. */
    @Test
    void responsesOfAnyPolicyAreDerivativesOfItsQ() {
        double[] advantage = values.upperAdvantage();
        double[] responses = point.responseGradients(values);
        int size = problem.upperSize();
        requireClose(Arrays.copyOfRange(responses, 2 * size, 3 * size), inUpper(p -> {
            double[] q = p.evaluate(logPolicy(theta)).q();
            double sum = 0;
            for (int i = 8; i < 12; i++) {
                sum += values.policy()[i] * advantage[i] * q[i] / TAU;
            }
            return sum;
        }));
    }

    @Test
    void valuePenaltyGradientsAreItsDerivatives() {
        Gradients gradients = point.valuePenalty(values, best).gradients();
        requireClose(gradients.inLower(), CentralDifferences.gradient(theta, t -> valuePenalty(point, t)));
        requireClose(gradients.inUpper(), inUpper(p -> valuePenalty(p, theta)));
    }

    @Test
    void bellmanPenaltyGradientsAreItsDerivatives() {
        Gradients gradients = point.bellmanPenalty(values, best, nu).gradients();
        requireClose(gradients.inLower(), CentralDifferences.gradient(theta, t -> bellmanPenalty(point, t)));
        requireClose(gradients.inUpper(), inUpper(p -> bellmanPenalty(p, theta)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.2, 0.02})
    void hypergradientIsTheDerivativeOfTheObjectiveAtTheBestResponse(double tau) {
        RandomProblem other = RandomProblem.of(8, 5, 3, 4, tau);
        ExactModel otherModel = new ExactModel(other, 0);
        DenseVector x = other.point(2);
        double[] wanted = CentralDifferences.gradient(x.values(), y -> {
            ExactPoint moved = otherModel.at(new DenseVector(y));
            return moved.evaluate(best(moved, 0).logPolicy()).upperObjective();
        });
        ExactPoint here = otherModel.at(x);
        requireClose(here.hypergradient(best(here, 0)).gradient(), wanted);
    }

    @Test
    void surrogateGradientsAreTheirDerivatives() {
        requireClose(oneSided(point).gradient(), inUpper(p -> oneSided(p).value()));
        requireClose(
                twoSided(point, SIGMA).gradient(),
                inUpper(p -> twoSided(p, SIGMA).value()));
    }

    @Test
    void oneSidedSurrogateIsThePenalisedObjectiveAtItsMinimiser() {
        PolicyValues plus = point.evaluate(best(point, SIGMA).logPolicy());
        double wanted = plus.upperObjective() + (best.valueAt(problem.game().start()) - plus.followerValue()) / SIGMA;
        assertThat(oneSided(point).value()).isCloseTo(wanted, Offset.offset(1e-11));
    }

    @Test
    void oneSidedBiasFallsAsSigmaAndTwoSidedAsSigmaSquared() {
        double exact = point.hypergradient(best).value();
        double one = one(0.02) - exact;
        double two = twoSided(point, 0.02).value() - exact;
        assertThat((one(0.01) - exact) / one).isBetween(0.45, 0.55);
        assertThat((twoSided(point, 0.01).value() - exact) / two).isBetween(0.23, 0.27);
    }

    @Test
    void valuePenaltyIsTheLossAndTheVisitedDivergence() {
        double loss = best.valueAt(problem.game().start()) - values.followerValue();
        double divergence = 0;
        for (int s = 0; s < 5; s++) {
            divergence += TAU * values.visits()[s] * divergence(s);
        }
        assertThat(point.lowerGap(values, best)).isCloseTo(loss, Offset.offset(1e-12));
        assertThat(point.lowerGap(values, best)).isCloseTo(divergence, Offset.offset(1e-12));
    }

    @Test
    void bellmanPenaltyIsTheDivergenceUnderItsStateDistribution() {
        double divergence = 0;
        for (int s = 0; s < 5; s++) {
            divergence += TAU * nu[s] * divergence(s);
        }
        assertThat(point.bellmanPenalty(values, best, nu).value()).isCloseTo(divergence, Offset.offset(1e-12));
    }

    @Test
    void penaltiesVanishAtTheOptimum() {
        PolicyValues optimal = point.evaluate(best.logPolicy());
        Penalty value = point.valuePenalty(optimal, best);
        Penalty bellman = point.bellmanPenalty(optimal, best, nu);
        assertThat(value.value()).isCloseTo(0, Offset.offset(1e-13));
        assertThat(bellman.value()).isCloseTo(0, Offset.offset(1e-13));
        requireClose(value.gradients().inUpper(), new double[problem.upperSize()]);
        requireClose(bellman.gradients().inUpper(), new double[problem.upperSize()]);
    }

    @Test
    void visitsAreTheFlowOfTheStart() {
        double sum = 0;
        for (double visits : values.visits()) {
            sum += visits;
        }
        assertThat(sum)
                .as("terminating episodes make fewer than 1/(1 - discount) visits")
                .isBetween(1.0, 10.0);
        double value = 0;
        for (int i = 0; i < theta.length; i++) {
            value += values.visits()[i / 4] * values.policy()[i] * (rewardAt(i) - TAU * values.logPolicy()[i]);
        }
        assertThat(value).isCloseTo(values.followerValue(), Offset.offset(1e-12));
    }

    @Test
    void withoutEntropyPenaltiesExistAndHypergradientsDoNot() {
        RandomProblem hard = RandomProblem.of(7, 5, 3, 4, 0);
        ExactModel hardModel = new ExactModel(hard, 0);
        ExactPoint hardPoint = hardModel.at(upper);
        SoftOptimum greedy = best(hardPoint, 0);
        assertThat(greedy.isUnique(1e-6)).isTrue();
        PolicyValues at = hardPoint.evaluate(logPolicy(theta));
        double[] wanted = CentralDifferences.gradient(upper.values(), y -> {
            ExactPoint moved = hardModel.at(new DenseVector(y));
            return moved.lowerGap(moved.evaluate(logPolicy(theta)), best(moved, 0));
        });
        requireClose(hardPoint.valuePenalty(at, greedy).gradients().inUpper(), wanted);
        assertThat(hardPoint.evaluate(greedy.logPolicy()).followerValue())
                .isCloseTo(greedy.valueAt(hard.game().start()), Offset.offset(1e-13));
        assertThatThrownBy(() -> hardPoint.hypergradient(greedy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a hypergradient needs an entropyWeight above 0, but it is 0.0");
    }

    @Test
    void argumentsOfAnotherLengthAreRefused() {
        assertThatThrownBy(() -> point.evaluate(new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logPolicy must have 20 values, but has 4");
        assertThatThrownBy(() -> model.at(new DenseVector(new double[4])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upper must have 15 values, but has 4");
    }

    private double rewardAt(int i) {
        double[] joint = new double[problem.game().jointCells()];
        problem.lowerReward(upper, 0, joint);
        double[] mu = new double[problem.game().leaderCells()];
        problem.leaderPolicy(upper, mu);
        return problem.game().followerTable(mu, joint)[i];
    }

    private double divergence(int s) {
        double sum = 0;
        for (int i = 4 * s; i < 4 * s + 4; i++) {
            sum += values.policy()[i] * (values.logPolicy()[i] - best.logPolicy()[i]);
        }
        return sum;
    }

    private double valuePenalty(ExactPoint at, double[] logits) {
        return at.valuePenalty(at.evaluate(logPolicy(logits)), best(at, 0)).value();
    }

    private double bellmanPenalty(ExactPoint at, double[] logits) {
        return at.bellmanPenalty(at.evaluate(logPolicy(logits)), best(at, 0), nu)
                .value();
    }

    private double one(double sigma) {
        return point.oneSidedSurrogate(sigma, best, best(point, sigma)).value();
    }

    private static Objective oneSided(ExactPoint at) {
        return at.oneSidedSurrogate(SIGMA, best(at, 0), best(at, SIGMA));
    }

    private static Objective twoSided(ExactPoint at, double sigma) {
        return at.twoSidedSurrogate(sigma, best(at, 0), best(at, -sigma), best(at, sigma));
    }

    private static SoftOptimum best(ExactPoint at, double weight) {
        return at.best(weight, SoftOptimum.TO_ROUNDING, COLD);
    }

    private double[] inUpper(ToDoubleFunction<ExactPoint> function) {
        return CentralDifferences.gradient(upper.values(), x -> function.applyAsDouble(model.at(new DenseVector(x))));
    }

    private static double[] theta(RandomProblem problem) {
        RandomStream random = RandomStream.at(3, Purpose.START, 0, 0, 0, 0);
        double[] theta = new double[problem.game().followerCells()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = random.nextGaussian();
        }
        return theta;
    }

    private static double[] logPolicy(double[] logits) {
        double[] logs = new double[logits.length];
        for (int row = 0; row < logits.length; row += 4) {
            Softmax.logProbabilities(logits, row, 4, logs);
        }
        return logs;
    }

    /** Differences of step h err by h^2 and by rounding / h: below 1e-7 for values of order ten. */
    private static void requireClose(double[] got, double[] wanted) {
        double scale = Math.max(1, VectorMath.maxAbs(wanted));
        assertThat(got).hasSameSizeAs(wanted);
        assertThat(got).usingComparatorWithPrecision(1e-7 * scale).containsExactly(wanted);
    }
}
