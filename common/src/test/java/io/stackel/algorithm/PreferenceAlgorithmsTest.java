package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferencePairs;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceAlgorithmsTest {

    private static final double[] COLD = {};
    private static final double[] X = {0.6, -0.4, 0.2, 1, -0.8, 0.1};

    private final FinitePreferences problem = SmallProblems.preferences(Map.of());
    private final Setup planned = Setups.of(problem, Setups.PLANNED, false);

    @ParameterizedTest
    @ValueSource(strings = {"independent", "hpgd", "zero-order"})
    void algorithmsOfReturnsAreRefusedByName(String name) {
        assertThatThrownBy(() -> Setups.algorithm(name, planned, Map.of()))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo("algorithm.name"))
                .hasMessage(name + " needs an upper objective that is a return, but that of this problem is a loss on"
                        + " pairs of"
                        + " segments; use first-order, pbrl, alternating, true-reward or exact");
    }

    @ParameterizedTest
    @CsvSource({"alternating", "true-reward"})
    void algorithmsOfPreferencesAreRefusedElsewhere(String name) {
        Setup other = Setups.of(SmallProblems.rewardDesign(), Setups.PLANNED, false);
        assertThatThrownBy(() -> Setups.algorithm(name, other, Map.of()))
                .hasMessage(name + " needs an upper objective that is a loss on pairs of segments, but that of this"
                        + " problem is a return; use first-order, pbrl, independent, lower, hpgd, boltzmann, counted, exact,"
                        + " zero-order or cma-es");
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsKey() {
        requireRefused(
                SmallProblems.preferences(Map.of("segmentLength", 31L)),
                "alternating",
                Map.of(),
                "sampling.horizon",
                "sampling.horizon must be at least 31, where the last segment ends, but was 30");
        requireRefused(
                problem,
                "pbrl",
                Map.of("sigma", 0.1, "penalty", "bellman"),
                "algorithm.penalty",
                "algorithm.penalty: bellman needs an upper objective that is a return, but that of this problem is a"
                        + " loss on pairs of segments; use algorithm.penalty: value");
        requireRefused(
                problem,
                "first-order",
                Map.of("sigma", 0.1),
                "lower.solver",
                "first-order on preferences ascends J - sigma f, which is no return of the lower level's own process"
                        + " and"
                        + " cannot be planned; use lower.solver: sampled and lower.optimizer: adam or sgd");
        requireRefused(
                SmallProblems.preferences(Map.of("segmentLength", 6L)),
                "exact",
                Map.of(),
                "algorithm.name",
                "exact needs at most 1000 segments, which it lists, but this problem has more; use first-order, pbrl, alternating or true-reward");
    }

    private void requireRefused(
            FinitePreferences one, String name, Map<String, Object> given, String key, String reason) {
        assertThatThrownBy(() -> Setups.algorithm(name, Setups.of(one, Setups.PLANNED, false), given))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo(key))
                .hasMessage(reason);
    }

    @Test
    void winsAreRefusedWhereTheyDoNotFit() {
        FinitePreferences wins = SmallProblems.preferences(Map.of("objective", "win-rate"));
        assertThatThrownBy(() ->
                        Setups.algorithm("first-order", Setups.of(wins, Setups.ADAM, false), Map.of("sigma", 0.1)))
                .hasMessage("first-order needs problem.objective: cross-entropy, but it is win-rate; use pbrl,"
                        + " alternating, true-reward or exact");
        FinitePreferences excess = SmallProblems.preferences(Map.of("objective", "excess"));
        assertThatThrownBy(() ->
                        Setups.algorithm("first-order", Setups.of(excess, Setups.ADAM, false), Map.of("sigma", 0.1)))
                .hasMessageContaining("first-order needs problem.objective: cross-entropy, but it is excess");
        requireRefused(
                problem,
                "pbrl",
                Map.of("sigma", 0.1, "pairsWeight", 0.5),
                "algorithm.pairsWeight",
                "algorithm.pairsWeight needs problem.objective: win-rate, but the upper objective of this problem is a"
                        + " loss on pairs of segments; leave it out");
        assertThatThrownBy(() -> SmallProblems.taskPreferences(Map.of("objective", "win-rate")))
                .hasMessageContaining("problem.objective must be cross-entropy on a task, but was win-rate");
    }

    /** 20 pairs at first and 4 in each iteration; what is kept of a pair is the mean of its labels. */
    @Test
    void excessTakesTwoLabelsOfEachPair() {
        FinitePreferences excess = SmallProblems.preferences(Map.of("objective", "excess"));
        Algorithm algorithm = Setups.algorithm("pbrl", Setups.of(excess, Setups.PLANNED, false), Map.of("sigma", 0.1));
        State state = step(algorithm, algorithm.init());
        assertThat(PairBuffer.labelled(state)).isEqualTo(2 * 20);
        while (state.iteration() < 2) {
            state = step(algorithm, state);
        }
        assertThat(PairBuffer.labelled(state)).isEqualTo(2 * (20 + 2 * 4));
        PairBuffer buffer = new PairBuffer(excess);
        assertThat(buffer.of(state).labels()).contains(0, 0.5, 1);
        PairLossGradient fresh =
                (PairLossGradient) algorithm.request(state).estimands().get(1);
        assertThat(fresh.objective()).isEqualTo(PairObjective.EXCESS);
        assertThat(fresh.baseline()).as("the excess of a model that is right").isZero();
        double[] x = state.real("upper");
        PreferencePairs one = PreferencePairs.ofCells(2, new int[] {0, 1, 2, 3}, new double[] {0.5});
        double predicted = 1 / (1 + StrictMath.exp(x[0] + x[1] - x[2] - x[3]));
        assertThat(buffer.loss(one, x, new double[x.length]))
                .isCloseTo((predicted - 0.5) * (predicted - 0.5), within(1e-15));
    }

    /** New pairs are (reference, penalised policy); the gradient of x is that of kept pairs, weighed, and the difference. */
    @Test
    void winsAreAgainstThePolicyBeforeTheFirstIteration() {
        FinitePreferences wins = SmallProblems.preferences(Map.of("objective", "win-rate"));
        Algorithm algorithm = Setups.algorithm(
                "pbrl", Setups.of(wins, Setups.PLANNED, false), Map.of("sigma", 0.1, "pairsWeight", 0.5));
        State open = step(algorithm, algorithm.init());
        double[] reference = algorithm.surrogates(open, 0).get(Algorithm.REFERENCE);
        assertThat(reference).usingComparatorWithPrecision(1e-9).containsExactly(algorithm.follower(open, 0));
        State state = open;
        while (state.iteration() < 2) {
            state = step(algorithm, state);
        }
        assertThat(algorithm.surrogates(state, 0).get(Algorithm.REFERENCE)).containsExactly(reference);
        assertThat(algorithm.follower(state, 0)).isNotEqualTo(reference);
        BatchRequest request = algorithm.request(state);
        assertThat(request.followers()).hasSize(3);
        assertThat(request.followers().get(2).parameters()).containsExactly(reference);
        assertThat(((PairLossGradient) request.estimands().get(1)).reference()).isEqualTo(2);
        assertThat(((PairLossGradient) request.estimands().get(1)).baseline()).isBetween(-1.0, 0.0);

        ObjectiveTerms terms = new ObjectiveTerms.OfWins(wins, 0.5);
        PairBuffer buffer = new PairBuffer(wins);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(wins, planned.policy()))) {
            BatchResult result = oracle.evaluate(request, "test");
            double[] wanted = new double[X.length];
            buffer.loss(buffer.with(state, result.estimate(1)), state.real("upper"), wanted);
            assertThat(VectorMath.norm(wanted)).isGreaterThan(0.01);
            wanted = VectorMath.scaled(0.5, wanted);
            VectorMath.addScaled(1, result.estimate(0).upperGradient(), wanted);
            assertThat(terms.gradient(state, result).values()).containsExactly(wanted);
        }
    }

    /** Not the uniform policy, with which a follower of counted transitions starts. */
    @Test
    void theReferenceIsSolvedOnWhatTheOpeningCounted() {
        FinitePreferences wins = SmallProblems.preferences(Map.of("objective", "win-rate", "initialPairs", 2000L));
        Setup counted = Setups.of(wins, Setups.NATURAL, false);
        Algorithm algorithm = Setups.algorithm("pbrl", counted, Map.of("sigma", 0.1));
        State open = step(algorithm, algorithm.init());
        double[] reference = PolicyTable.logProbabilities(
                wins, counted.policy(), algorithm.surrogates(open, 0).get(Algorithm.REFERENCE));
        SoftOptimum best = new ExactModel(wins, 0)
                .at(new DenseVector(algorithm.upper(open)))
                .best(0, 1e-12, COLD);
        double uniform = StrictMath.log(0.5);
        assertThat(VectorMath.maxAbs(Arrays.stream(best.logPolicy())
                        .map(log -> log - uniform)
                        .toArray()))
                .isGreaterThan(0.3);
        assertThat(VectorMath.maxAbs(VectorMath.minus(reference, best.logPolicy())))
                .isLessThan(0.1);
    }

    @Test
    void openingGathersInitialPairsAndWarmsTheRewardUp() {
        Algorithm algorithm = Setups.algorithm("alternating", planned, Map.of());
        PairBuffer buffer = new PairBuffer(problem);
        State before = algorithm.init();
        assertThat(PairBuffer.labelled(before)).isZero();
        State after = step(algorithm, before);
        assertThat(after.step()).isEqualTo(1);
        assertThat(after.iteration()).isZero();
        assertThat(after.upperSamples()).isEqualTo(2 * 20 * 2);
        PreferencePairs pairs = buffer.of(after);
        assertThat(pairs.size()).isEqualTo(20);
        assertThat(PairBuffer.labelled(after)).isEqualTo(20);
        double cold = buffer.loss(pairs, before.real("upper"), new double[6]);
        double warm = buffer.loss(pairs, after.real("upper"), new double[6]);
        assertThat(cold).isCloseTo(StrictMath.log(2), within(1e-15));
        assertThat(warm).isLessThan(cold);
        assertThat(after.whole("upper.count")).containsExactly(5);
        SoftOptimum best = new ExactModel(problem, 0)
                .at(new DenseVector(after.real("upper")))
                .best(0, 1e-12, COLD);
        assertThat(VectorMath.maxAbs(VectorMath.minus(after.real("lower.0/0"), best.logPolicy())))
                .as("the follower is at the warmed-up reward")
                .isLessThan(1e-9);
    }

    @Test
    void theLatestPairsAreKept() {
        Algorithm algorithm = Setups.algorithm("alternating", planned, Map.of());
        State state = step(algorithm, algorithm.init());
        PreferencePairs before = new PairBuffer(problem).of(state);
        for (int iteration = 1; iteration <= 4; iteration++) {
            state = step(algorithm, state);
            assertThat(PairBuffer.labelled(state)).isEqualTo(20 + 4 * iteration);
        }
        PreferencePairs after = new PairBuffer(problem).of(state);
        assertThat(after.size()).isEqualTo(30);
        assertThat(Arrays.copyOf(after.cells(), 14 * 4))
                .as("the first six pairs are gone")
                .containsExactly(Arrays.copyOfRange(before.cells(), 6 * 4, 20 * 4));
    }

    @Test
    void pairsThatCameWithTheProblemAreNotDrawn() {
        PreferencePairs given = PreferencePairs.ofCells(2, new int[] {0, 1, 2, 3}, new double[] {0.75});
        Setup setup = Setups.of(new GivenPairs(problem, given), Setups.PLANNED, false);
        Algorithm algorithm = Setups.algorithm("alternating", setup, Map.of());
        State state = step(algorithm, algorithm.init());
        assertThat(state.samples()).isZero();
        assertThat(PairBuffer.labelled(state)).isEqualTo(1);
        assertThat(new PairBuffer(problem).of(state).cells()).containsExactly(0, 1, 2, 3);
        double[] x = state.real("upper");
        assertThat(x[2] + x[3] - x[0] - x[1]).as("log-odds of .75 ahead").isPositive();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 2", "0, 1"})
    void onTheTrueRewardThePolicyIsItsOptimumInUnitsOfTheTemperature(double temperature, double weight) {
        FinitePreferences labelled = SmallProblems.preferences(Map.of("temperature", temperature));
        Algorithm algorithm = Setups.algorithm("true-reward", Setups.of(labelled, Setups.PLANNED, false), Map.of());
        State state = step(algorithm, algorithm.init());
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(new double[6]));
        SoftOptimum best = point.best(weight, 1e-12, COLD);
        assertThat(VectorMath.maxAbs(VectorMath.minus(algorithm.follower(state, 0), best.logPolicy())))
                .isLessThan(1e-9);
        assertThat(algorithm.upper(state)).containsOnly(0);
    }

    /** With W exact, what is left of the penalised gradient is of order 1 / lambda: four times lambda, a quarter of it. */
    @Test
    void naturalPenalisedPoliciesGiveTheHypergradientInTheLimit() {
        double[] errors = {error(50), error(200), error(800)};
        assertThat(errors[0]).isLessThan(0.2);
        assertThat(errors[1] / errors[0]).isBetween(0.2, 0.3);
        assertThat(errors[2] / errors[1]).isBetween(0.22, 0.28);
    }

    /** The relative error of grad_x f(theta) + lambda ( grad_x J(pihat) - grad_x J(theta) ). */
    private double error(double penaltyWeight) {
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        DenseVector upper = new DenseVector(X);
        ExactPoint point = model.process(upper);
        SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, COLD);
        PolicyValues planned = point.evaluate(best.logPolicy());
        double[] loss = model.upperObjective(upper, best.logPolicy())
                .gradients()
                .inLower()
                .clone();
        for (int i = 0; i < loss.length; i++) {
            loss[i] /= planned.visits()[i / 2] * planned.policy()[i];
        }
        Method method = Methods.onPairs(problem, penaltyWeight, 1, 0.1);
        State state = new State(
                0,
                0,
                0,
                0,
                0,
                new TreeMap<>(Map.of(
                        "lower.0/0",
                        Tensor.of(best.logPolicy()),
                        "lossOfActions",
                        Tensor.of(loss),
                        "shareOfLosses",
                        Tensor.of(1.0))));
        double[] theta = method.ownFollowers(state, 0).get(Algorithm.PENALISED);
        double[] logs = PolicyTable.logProbabilities(problem, new TabularSoftmax(3, 2), theta);
        Gradients own = point.followerGradients(point.evaluate(logs));
        double[] gradient =
                model.upperObjective(upper, logs).gradients().inUpper().clone();
        VectorMath.addScaled(penaltyWeight, point.followerGradients(planned).inUpper(), gradient);
        VectorMath.addScaled(-penaltyWeight, own.inUpper(), gradient);
        double[] exact = model.hypergradient(upper, best).gradient();
        return VectorMath.norm(VectorMath.minus(gradient, exact)) / VectorMath.norm(exact);
    }

    /** W is a running mean of what the loss gains by an action: its gradient over visits times policy, at least 1/newPairs. */
    @Test
    void lossesOfActionsAreAveragedInTheMetricOfThePolicy() {
        double[] before = {0.3, -0.2, 0.1, 0.4, -0.5, 0.2};
        double[] noise = {0.05, 0.04, 0.06, 0.03, 0.05, 0.04};
        MirrorSteps steps = new MirrorSteps(5, 0.25);
        State state = steps.state.with(Map.of(
                "lossOfActions",
                Tensor.of(before),
                "noiseOfLosses",
                Tensor.of(noise),
                "shareOfLosses",
                Tensor.of(0.5)));
        BatchResult result = steps.play(state);
        State next = steps.step(state, result);
        double[] after = next.real("lossOfActions");

        double[] theta = steps.method.ownFollowers(state, 0).get(Algorithm.PENALISED);
        assertThat(theta[1] - state.real("lower.0/0")[1])
                .isCloseTo(0.5 * 0.2 / (5 * problem.entropyWeight()), within(1e-14));
        PolicyValues own = new ExactModel(problem, 0)
                .at(new DenseVector(X))
                .evaluate(PolicyTable.logProbabilities(problem, planned.policy(), theta));
        double[] gradient = result.estimate(1).lowerGradient();
        assertThat(VectorMath.maxAbs(gradient)).isGreaterThan(0.01);
        int floored = 0;
        double byChance = 0;
        double all = 0;
        for (int i = 0; i < after.length; i++) {
            double metric = own.visits()[i / 2] * own.policy()[i];
            floored += metric < 0.25 ? 1 : 0;
            double drawn = gradient[i] / Math.max(metric, 0.25);
            assertThat(after[i]).as("action %d", i).isCloseTo(0.75 * before[i] + 0.25 * drawn, within(1e-12));
            byChance += Math.max(metric, 0.25) * (0.5625 * noise[i] + 0.0625 * drawn * drawn);
            all += Math.max(metric, 0.25) * after[i] * after[i];
        }
        assertThat(floored).as("rare actions and others").isBetween(1, 5);
        assertThat(next.real("shareOfLosses")[0]).isBetween(0.1, 0.9).isCloseTo(1 - byChance / all, within(1e-12));
    }

    /**
     * One draw says nothing, since nothing tells it from noise. With n equal draws of weights w the share is that of an average
     * of (sum w)^2 / sum w^2 of them; draws that contradict each other leave none.
     */
    @Test
    void lossesCountByHowFarDrawsAgree() {
        MirrorSteps steps = new MirrorSteps(1e12, 0.25);
        BatchResult same = steps.play(steps.state);
        State state = steps.state;
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < 8; draw++) {
            state = steps.step(state, same);
            sum = 0.75 * sum + 0.25;
            squares = 0.5625 * squares + 0.0625;
            assertThat(state.real("shareOfLosses")[0]).isCloseTo(1 - squares / (sum * sum), within(1e-9));
        }
        assertThat(state.real("shareOfLosses")[0]).isGreaterThan(0.8);
        double[] opposite = VectorMath.scaled(-1, state.real("lossOfActions"));
        State torn = steps.step(state.with(Map.of("lossOfActions", Tensor.of(VectorMath.scaled(0.3, opposite)))), same);
        assertThat(torn.real("shareOfLosses")[0]).isZero();
    }

    /** The penalised policy of {@code pbrl} on pairs by natural steps, at X, with four new pairs a batch. */
    private final class MirrorSteps {

        final Method method;
        final State state;
        private final Frame frame = new Frame(planned);
        private final TwoLevel algorithm;

        MirrorSteps(double penaltyWeight, double stepSize) {
            method = Methods.onPairs(problem, penaltyWeight, 10, stepSize);
            LowerSolver solver = new FollowerLower(frame, method.targets(), KnownGame.ofFollower(problem, false));
            algorithm = new TwoLevel(frame, method, solver);
            SortedMap<String, Tensor> tensors = new TreeMap<>(method.ownInit(frame));
            tensors.put("upper", Tensor.of(X));
            tensors.putAll(solver.init(new State(0, 0, 0, 0, 0, tensors)));
            PreferencePairs none = PreferencePairs.none(problem.pairs().segmentLength(), problem.stepSize());
            tensors.putAll(new PairBuffer(problem).tensors(none, 0));
            state = new State(0, 0, 0, 0, 0, new TreeMap<>(tensors));
        }

        BatchResult play(State at) {
            try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, planned.policy()))) {
                return oracle.evaluate(algorithm.request(at), "test");
            }
        }

        State step(State at, BatchResult result) {
            return at.with(method.ownStep(frame, at, result));
        }
    }

    /** 20 at first; each of two followers takes 3 inner batches of 20 pairs; the outer batch has 20 units of two pairs. */
    @Test
    void labelsOfFirstOrderAreCounted() {
        Algorithm algorithm =
                Setups.algorithm("first-order", Setups.of(problem, Setups.ADAM, false), Map.of("sigma", 0.3));
        State state = algorithm.init();
        while (state.iteration() < 2) {
            state = step(algorithm, state);
        }
        assertThat(PairBuffer.labelled(state)).isEqualTo(20 + 2 * (2 * 3 * 20 + 2 * 20));
    }

    /** What a reward that tells nothing loses is taken off, so that scores are credited with differences alone. */
    @Test
    void lossesAreMeasuredFromIndifference() {
        Algorithm algorithm =
                Setups.algorithm("first-order", Setups.of(problem, Setups.ADAM, false), Map.of("sigma", 0.3));
        State state = algorithm.init();
        while (state.iteration() == 0 && state.phase() < 3) {
            state = step(algorithm, state);
        }
        assertThat(((PairLossGradient) algorithm.request(state).estimands().get(0)).baseline())
                .isCloseTo(StrictMath.log(2), within(1e-15));
    }

    /** The gradient of kept pairs, old and new, and the difference of the followers. */
    @Test
    void keptPairsAreFollowedByTheDifference() {
        ObjectiveTerms kept = new ObjectiveTerms.OfKeptPairs(problem, 1, 0);
        Method method = new Difference(0.3, true, Coupling.SHARED, 50, false, kept, Optional.empty());
        Frame frame = new Frame(Setups.of(problem, Setups.ADAM, false));
        LowerSolver solver = new SampledLower(frame, method.targets(), new Adam(), step -> step);
        SortedMap<String, Tensor> tensors = new TreeMap<>(Map.of("upper", Tensor.of(X)));
        tensors.putAll(solver.init(new State(0, 0, 0, 0, 0, tensors)));
        double[] moved = {1, 0, -1, 0.5, 0, 0};
        tensors.put("lower.1/0", Tensor.of(moved));
        PairBuffer buffer = new PairBuffer(problem);
        PreferencePairs given = PreferencePairs.ofCells(2, new int[] {0, 1, 2, 3}, new double[] {0.75});
        tensors.putAll(buffer.tensors(given, 1));
        State state = new State(0, 0, 3, 0, 0, new TreeMap<>(tensors));
        BatchResult result;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, planned.policy()))) {
            result = oracle.evaluate(new TwoLevel(frame, method, solver).request(state), "test");
        }

        double[] difference = result.estimate(0).upperGradient();
        double[] wanted = new double[X.length];
        buffer.loss(given.followedBy(result.estimate(1).pairs(), 30), X, wanted);
        double[] pairs = wanted.clone();
        VectorMath.addScaled(1, difference, wanted);
        assertThat(VectorMath.norm(difference)).isGreaterThan(0.1);
        assertThat(VectorMath.norm(pairs)).isGreaterThan(0.01);
        assertThat(method.gradient(frame, state, result).values())
                .usingComparatorWithPrecision(1e-13)
                .containsExactly(wanted);
    }

    private State step(Algorithm algorithm, State state) {
        BatchRequest request = algorithm.request(state);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, planned.policy()))) {
            BatchResult result = request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "test");
            return algorithm.step(state, result).next();
        }
    }
}
