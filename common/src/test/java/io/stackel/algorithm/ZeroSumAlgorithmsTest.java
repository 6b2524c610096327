package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.exact.Gradients;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroSumAlgorithmsTest {

    private static final double[] COLD = {};
    private static final Map<String, Object> PENALTY = Map.of("penaltyWeight", 20.0, "penalty", "nikaido-isoda");

    private final ZeroSumProblem game = SmallProblems.zeroSum();
    private final TwoPlayerSoftmax policy = new TwoPlayerSoftmax(3, 2, 3);
    private final Setup planned = Setups.of(game, Setups.PLANNED, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first-order | first-order needs a lower level of one follower, but that of this problem is a"
                        + " zero-sum game of two players; use pbrl, independent, counted, exact, zero-order or cma-es",
                "hpgd | hpgd needs a lower level of one follower, but that of this problem is a zero-sum game of two"
                        + " players; use pbrl, independent, counted, exact, zero-order or cma-es"
            })
    void algorithmsForOneFollowerAreRefusedByName(String name, String reason) {
        assertThatThrownBy(() -> Setups.algorithm(name, planned, Map.of()))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo("algorithm.name"))
                .hasMessage(reason);
    }

    @Test
    void penaltiesAreRefusedWhereTheyMeasureTheWrongNumberOfPlayers() {
        requireRefused(
                planned,
                Map.of("sigma", 0.1, "penalty", "value"),
                "algorithm.penalty: value needs a lower level of one follower, but that of this problem is a zero-sum"
                        + " game of two players; use algorithm.penalty: nikaido-isoda");
        requireRefused(
                Setups.of(SmallProblems.rewardDesign(), Setups.PLANNED, false),
                PENALTY,
                "algorithm.penalty: nikaido-isoda needs a zero-sum game of two players, but the lower level of this"
                        + " problem is one follower; use algorithm.penalty: value or bellman");
    }

    @Test
    void whatAZeroSumGameNeedsIsNamed() {
        requireRefused(
                Setups.of(game, Setups.ADAM, false),
                PENALTY,
                "a sampled zero-sum game is learnt from counted transitions; use lower.optimizer: natural");
        requireRefused(
                Setups.of(game, new TabularSoftmax(3, 6), Setups.PLANNED, false),
                PENALTY,
                "a zero-sum game needs policy.name: tabular-softmax, one for each of its players");
        ZeroSumProblem hard = (ZeroSumProblem) SmallProblems.of("zero-sum-incentive", Map.of("entropyWeight", 0.0));
        requireRefused(
                Setups.of(hard, Setups.PLANNED, false),
                PENALTY,
                "pbrl needs problem.entropyWeight above 0, where the best response is unique and smooth, but it is"
                        + " 0.0");
        requireRefused(
                planned,
                with("policyStepSize", 2.0),
                "algorithm.policyOptimizer: natural needs a step size in (0, 1], but it is 2.0");
        Map<String, Object> adam = with("policySteps", 2L);
        adam.put("policyOptimizer", "adam");
        requireRefused(
                planned,
                adam,
                "algorithm.policySteps above 1 takes steps in the game as it is known, but the policies take those of outer"
                        + " batches; use algorithm.policyOptimizer: natural, or leave policySteps out");
        assertThatThrownBy(() -> Setups.algorithm("exact", Setups.of(game, Setups.NATURAL, false), Map.of()))
                .hasMessage("exact on a zero-sum game needs lower.solver: planned");
    }

    private static void requireRefused(Setup setup, Map<String, Object> given, String reason) {
        assertThatThrownBy(() -> Setups.algorithm("pbrl", setup, given))
                .isInstanceOf(MisfitException.class)
                .hasMessage(reason);
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> given = new HashMap<>(PENALTY);
        given.put(key, value);
        return given;
    }

    /** At exact best responses; a false alarm has probability 1e-6, for normal means. */
    @ParameterizedTest(name = "shared {0}")
    @ValueSource(booleans = {true, false})
    void pbrlStepsWithTheGradientOfThePenalisedObjective(boolean shared) {
        Frame frame = new Frame(planned);
        KnownGame<ZeroSumPoint> known = KnownGame.ofPlayers(game, false);
        LowerSolver solver = new ResponsesLower(frame, known);
        NikaidoIsoda method = new NikaidoIsoda(3, shared, 6000, false, MirrorPolicy.ofPlayers(known, policy, 3, 0.5));
        TwoLevel algorithm = new TwoLevel(frame, method, solver);
        State state = algorithm.init();
        BatchResult result = evaluate(algorithm, state);

        ZeroSumProfile profile = profile(algorithm.upper(state), penalised(algorithm, state));
        Gradients exact = profile.upperGradients().plus(3, gap(profile));
        double quantile = -Normal.quantile(1e-6 / 2);
        double[] upper = method.gradient(frame, state, result).values();
        double[] withTerm = upper.clone();
        frame.addUpperTerm(algorithm.upper(state), withTerm);
        requireWithin(withTerm, exact.inUpper(), quantile * result.estimate(0).upperStandardError());
        requireWithin(
                result.estimate(0).lowerGradient(),
                exact.inLower(),
                quantile * result.estimate(0).lowerStandardError());
        assertThat(VectorMath.norm(exact.inLower()))
                .as("the gradient stands out of the noise")
                .isGreaterThan(5 * result.estimate(0).lowerStandardError());
    }

    /**
     * The policies go to the minimum of the penalised objective at the x that the next batch plays, without samples: its gradient
     * there is that of the tables, which steps in the metric of visits do not use.
     */
    @ParameterizedTest(name = "counted {0}")
    @ValueSource(booleans = {false, true})
    void manyPolicyStepsMinimiseThePenalisedObjectiveAtFixedX(boolean counted) {
        Setup setup = counted ? Setups.of(game, Setups.NATURAL, true) : planned;
        State one = afterOneIteration(setup, 1);
        State many = afterOneIteration(setup, 400);
        assertThat(many.samples()).isEqualTo(one.samples());
        assertThat(many.real("upper")).isEqualTo(one.real("upper"));
        assertThat(penalisedGradient(many, counted)).isLessThan(1e-6);
        assertThat(penalisedGradient(one, counted)).isGreaterThan(0.01);
    }

    private State afterOneIteration(Setup setup, long policySteps) {
        Map<String, Object> given = with("policySteps", policySteps);
        given.put("policyStepSize", 0.1);
        Algorithm algorithm = Setups.algorithm("pbrl", setup, given);
        State state = algorithm.init();
        while (state.iteration() == 0) {
            state = algorithm.step(state, evaluate(algorithm, state)).next();
        }
        return state;
    }

    /** The largest entry of the exact gradient in (p, q), in the game as the state knows it. */
    private double penalisedGradient(State state, boolean counted) {
        DenseVector x = new DenseVector(state.real("upper"));
        ZeroSumProfile profile = KnownGame.ofPlayers(game, counted)
                .at(state, x.values(), 0)
                .profile(policy.playersLogs(state.real("policy/0")));
        return VectorMath.maxAbs(profile.upperGradients().plus(20, gap(profile)).inLower());
    }

    /**
     * From uniform policies, whose rows have mean zero: the step times minus the gradient over lambda tau metric, where a
     * player's metric is the visits of the profile that it faces times its own policy.
     */
    @Test
    void naturalStepsFollowTheGradientInTheMetricOfTheProfilesThatPlayersFace() {
        Frame frame = new Frame(planned);
        KnownGame<ZeroSumPoint> known = KnownGame.ofPlayers(game, false);
        LowerSolver solver = new ResponsesLower(frame, known);
        NikaidoIsoda method = new NikaidoIsoda(3, true, 1, false, MirrorPolicy.ofPlayers(known, policy, 3, 0.1));
        TwoLevel algorithm = new TwoLevel(frame, method, solver);
        State state = algorithm.init();
        double[] x = algorithm.upper(state);
        double[] own = penalised(algorithm, state);
        double[] moved = state.with(method.ownStep(frame, state, BatchResult.none(algorithm.request(state))))
                .real("policy/0");

        ZeroSumProfile profile = profile(x, own);
        double[] gradient = profile.upperGradients().plus(3, gap(profile)).inLower();
        double[] first = profile.firstResponse(1e-13, COLD).logPolicy();
        double[] second = profile.secondResponse(1e-13, COLD).logPolicy();
        double[] facedByFirst =
                profile(x, policy.both(policy.firstOf(own), second)).first().visits();
        double[] facedBySecond =
                profile(x, policy.both(first, policy.secondOf(own))).first().visits();
        assertThat(VectorMath.maxAbs(VectorMath.minus(facedByFirst, facedBySecond)))
                .isGreaterThan(0.01);
        assertThat(VectorMath.maxAbs(gradient)).isGreaterThan(0.01);
        for (int i = 0; i < moved.length; i++) {
            boolean one = i < policy.secondOffset();
            int actions = one ? 2 : 3;
            int row = one ? i / actions * actions : 6 + (i - 6) / actions * actions;
            int s = one ? i / actions : (i - 6) / actions;
            double mean = 0;
            for (int b = row; b < row + actions; b++) {
                mean += moved[b] / actions;
            }
            double metric = (one ? facedByFirst : facedBySecond)[s] / actions;
            double wanted = -0.1 * gradient[i] / (3 * game.entropyWeight() * metric);
            assertThat(moved[i] - mean).as("logit %d", i).isCloseTo(wanted, within(1e-9));
        }
    }

    private static double[] penalised(Algorithm algorithm, State state) {
        return algorithm.surrogates(state, 0).get(Algorithm.PENALISED);
    }

    private static void requireWithin(double[] got, double[] wanted, double bound) {
        assertThat(VectorMath.norm(VectorMath.minus(got, wanted))).isLessThan(bound);
    }

    private ZeroSumProfile profile(double[] upper, double[] theta) {
        return new ZeroSumModel(game, 0).at(new DenseVector(upper)).profile(policy.playersLogs(theta));
    }

    private static Gradients gap(ZeroSumProfile profile) {
        return profile.nikaidoIsoda(profile.firstResponse(1e-13, COLD), profile.secondResponse(1e-13, COLD))
                .gradients();
    }

    private BatchResult evaluate(Algorithm algorithm, State state) {
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(game, policy))) {
            return oracle.evaluate(algorithm.request(state), "test");
        }
    }

    @ParameterizedTest(name = "planned {0}, policy {1}")
    @CsvSource({"true, natural", "true, adam", "false, natural", "false, adam"})
    void pbrlClosesTheGapWhileTheDesignerGains(boolean solved, String optimizer) {
        Setup setup = withUpper(Setups.of(game, solved ? Setups.PLANNED : Setups.NATURAL, true));
        Map<String, Object> given = with("policyOptimizer", optimizer);
        given.put("policyStepSize", optimizer.equals("adam") ? 0.05 : 0.2);
        Recording recording = run(setup, Setups.algorithm("pbrl", setup, given), 150);
        SortedMap<String, Double> first = recording.rows.get(0);
        SortedMap<String, Double> last = recording.rows.get(recording.rows.size() - 1);
        assertThat(last.get("lowerGapPenalised")).isLessThan(0.03 * first.get("lowerGapPenalised"));
        assertThat(last.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM))
                .isGreaterThan(first.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM) + 0.05);
    }

    @Test
    void independentPlayersReachTheEquilibriumAndTheDesignerStandsStill() {
        Setup setup = Setups.of(game, Setups.NATURAL, false);
        Recording recording = run(setup, Setups.algorithm("independent", setup, Map.of()), 60);
        SortedMap<String, Double> first = recording.rows.get(0);
        SortedMap<String, Double> last = recording.rows.get(recording.rows.size() - 1);
        assertThat(last.get(Evaluation.NIKAIDO_ISODA_GAP)).isLessThan(0.01 * first.get(Evaluation.NIKAIDO_ISODA_GAP));
        assertThat(last.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM))
                .isEqualTo(first.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM));
    }

    @Test
    void exactDescendsToAStationaryPoint() {
        Setup setup = withUpper(planned);
        Recording recording = run(setup, Setups.algorithm("exact", setup, Map.of()), 800);
        SortedMap<String, Double> first = recording.rows.get(0);
        SortedMap<String, Double> last = recording.rows.get(recording.rows.size() - 1);
        assertThat(last.get(Evaluation.STATIONARITY_GAP)).isLessThan(0.05 * first.get(Evaluation.STATIONARITY_GAP));
        assertThat(last.get(Evaluation.LOWER_GAP)).isLessThan(1e-9);
    }

    private static Setup withUpper(Setup setup) {
        Setup.UpperRule rule = setup.upper();
        return new Setup(
                setup.problem(),
                setup.policy(),
                setup.seed(),
                new Setup.UpperRule(
                        rule.optimizer(), Schedule.CONSTANT, 0.02, OptionalDouble.empty(), Projection.none(), 20),
                setup.lower(),
                setup.sampling());
    }

    private Recording run(Setup setup, Algorithm algorithm, long iterations) {
        Recording recording = new Recording();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(game, setup.policy()))) {
            RunLoop.Plan plan =
                    new RunLoop.Plan(iterations, OptionalLong.empty(), OptionalDouble.empty(), iterations, iterations);
            new RunLoop(algorithm, oracle, Setups.exact(setup), recording, plan, () -> false)
                    .run(algorithm.init(), true);
        }
        return recording;
    }

    @Test
    void figuresAreThoseOfTheEquilibriumAndOfThePenalisedPolicies() {
        Algorithm algorithm = Setups.algorithm("pbrl", planned, PENALTY);
        State state = algorithm.init();
        SortedMap<String, Double> figures = Setups.exact(withUpper(planned)).measure(algorithm, state);
        ZeroSumPoint point = new ZeroSumModel(game, 0).at(new DenseVector(algorithm.upper(state)));
        SoftEquilibrium equilibrium = point.equilibrium(SoftOptimum.TO_ROUNDING, COLD);
        Objective objective = point.hypergradient(equilibrium);
        ZeroSumProfile uniform = point.profile(policy.playersLogs(policy.uniform()));
        double gap = uniform.firstResponse(1e-13, COLD).valueAt(game.game(0).start())
                + uniform.secondResponse(1e-13, COLD).valueAt(game.game(0).start());
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE))
                .isCloseTo(objective.value(), within(1e-10));
        assertThat(figures.get(Evaluation.DESIGNER_VALUE_AT_EQUILIBRIUM))
                .as("x is zero and costs nothing")
                .isCloseTo(-objective.value(), within(1e-10));
        assertThat(figures.get(Evaluation.STATIONARITY_GAP))
                .isCloseTo(VectorMath.norm(objective.gradient()), within(1e-9));
        assertThat(figures.get("lowerGapPenalised")).isCloseTo(gap, within(1e-10));
        assertThat(figures.get("upperObjectivePenalised")).isCloseTo(uniform.upperObjective(), within(1e-12));
        assertThat(figures.get(Evaluation.NIKAIDO_ISODA_GAP))
                .as("the tables are known")
                .isEqualTo(figures.get(Evaluation.LOWER_GAP))
                .isCloseTo(0, within(1e-10));
        assertThat(figures.get(Evaluation.DESIGNER_VALUE)).isCloseTo(-objective.value(), within(1e-10));
    }
}
