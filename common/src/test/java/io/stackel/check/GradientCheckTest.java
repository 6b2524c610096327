package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.check.Directions.Use;
import io.stackel.check.FaultyProblem.Fault;
import io.stackel.exact.RandomGame;
import io.stackel.exact.RandomProblem;
import io.stackel.experiment.JsonText;
import io.stackel.families.SmallProblems;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sound problems pass, and each mistake is found. Seeds are fixed; a sound problem fails for another seed with a
 * probability of at most 1e-6.
 */
class GradientCheckTest {

    private static final CheckRule RULE = new CheckRule(1, 2048, 50);
    private static final RandomProblem EVERYWHERE = RandomProblem.of(7, 5, 3, 4, 0.2);

    private static final RandomProblem MOVING = RandomProblem.moving(7, 5, 3, 4, 0.2);

    static Stream<Arguments> soundProblems() {
        return Stream.of(
                Arguments.of(EVERYWHERE, new TabularSoftmax(5, 4)),
                Arguments.of(MOVING, new TabularSoftmax(5, 4)),
                Arguments.of(EVERYWHERE, new TabularDirect(5, 4)),
                Arguments.of(EVERYWHERE, new LinearSoftmax(5, 4)),
                Arguments.of(RandomProblem.of(8, 4, 2, 3, 0), new TabularSoftmax(4, 3)),
                Arguments.of(SmallProblems.rewardDesign(), new TabularSoftmax(5, 3)),
                Arguments.of(SmallProblems.stackelberg(), new TabularSoftmax(4, 2)),
                Arguments.of(SmallProblems.preferences(Map.of("latestStart", 1L)), new TabularSoftmax(3, 2)),
                Arguments.of(SmallProblems.preferences(Map.of("noise", 0.1)), new TabularDirect(3, 2)),
                Arguments.of(SmallProblems.preferences(Map.of("features", "linear")), new LinearSoftmax(3, 2)),
                Arguments.of(SmallProblems.inverse(Map.of()), new TabularSoftmax(3, 2)),
                Arguments.of(SmallProblems.inverse(Map.of("features", "linear")), new TabularDirect(3, 2)),
                Arguments.of(SmallProblems.taxes(), new TabularSoftmax(5, 24)),
                Arguments.of(SmallProblems.zeroSum(), new TwoPlayerSoftmax(3, 2, 3)),
                Arguments.of(RandomGame.of(8, 4, 2, 3, 0.3), new TwoPlayerSoftmax(4, 2, 3)),
                Arguments.of(RandomGame.of(8, 4, 2, 3, 0), new TwoPlayerSoftmax(4, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("soundProblems")
    void soundProblemsPass(FiniteProblem problem, Policy policy) {
        CheckReport report = run(problem, policy);
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isTrue();
    }

    @Test
    void directPoliciesMayHaveProbabilitiesOfZero() {
        double[] lower = new TabularDirect(5, 4).uniform();
        for (int row = 0; row < lower.length; row += 4) {
            lower[row] = 0;
            lower[row + 1] = 0.5;
        }
        DenseVector upper = new DenseVector(normal(3, EVERYWHERE.upperSize()));
        CheckReport report =
                GradientCheck.run(EVERYWHERE, new TabularDirect(5, 4), new CheckPoint(upper, lower, 0.1), RULE);
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void everyContextIsChecked() {
        FiniteProblem rooms = SmallProblems.of("four-rooms", Map.of("discount", 0.9, "entropyWeight", 0.05));
        CheckReport report = run(rooms, new TabularSoftmax(104, 4));
        assertThat(report.failures()).isEmpty();
        assertThat(names(report.findings())).contains("lowerReward in x, context 0", "sampled hpgd in x, context 1");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        Fault.SIGN_OF_LEADER_SCORES,
                        List.of("leaderPolicy scores in x", "simulator scores times outcomes against tables")),
                Arguments.of(
                        Fault.SIGN_OF_LOWER_REWARD_GRADIENT,
                        List.of("lowerReward in x", "exact J in x", "simulator reward gradients against tables")),
                Arguments.of(
                        Fault.SIGN_OF_UPPER_REWARD_GRADIENT,
                        List.of("upperReward in x", "exact f in x", "simulator upper reward gradients against tables")),
                Arguments.of(
                        Fault.SIGN_OF_UPPER_TERM_GRADIENT,
                        List.of("upperTerm in x", "exact objective at the best response in x")),
                Arguments.of(Fault.SIGN_OF_TRANSITION_SCORES, List.of("transition scores in x")),
                Arguments.of(Fault.SIGN_OF_TRANSITION_GRADIENT, List.of("transitions in x", "exact J in x")),
                Arguments.of(Fault.DENIED_LOWER_REWARD, List.of("lowerReward in x", "exact J in x")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void wrongPullbacksAreFound(Fault fault, List<String> where) {
        CheckReport report = run(new FaultyProblem(MOVING, fault), new TabularSoftmax(5, 4));
        assertThat(names(report.failures())).containsAll(where);
    }

    @Test
    void aPullbackFaultLeavesWhatDoesNotUseItAlone() {
        CheckReport report =
                run(new FaultyProblem(EVERYWHERE, Fault.SIGN_OF_UPPER_REWARD_GRADIENT), new TabularSoftmax(5, 4));
        assertThat(names(report.failures()))
                .doesNotContain("lowerReward in x", "exact J in x", "exact f in theta", "upperTerm in x")
                .noneMatch(name -> name.startsWith("engine"));
    }

    @Test
    void scoresOfAPolicyWithAWrongSignAreFound() {
        TabularSoftmax sound = new TabularSoftmax(5, 4);
        Policy faulty = new DiscretePolicy() {
            @Override
            public int observationSize() {
                return 1;
            }

            @Override
            public boolean tabular() {
                return true;
            }

            @Override
            public int parameters() {
                return sound.parameters();
            }

            @Override
            public int actions() {
                return sound.actions();
            }

            @Override
            public void logProbabilities(double[] theta, double[] observation, double[] into) {
                sound.logProbabilities(theta, observation, into);
            }

            @Override
            public void addScores(
                    double[] theta,
                    double[] observation,
                    double[] probabilities,
                    double[] weights,
                    int offset,
                    double[] into) {
                double[] part = new double[into.length];
                sound.addScores(theta, observation, probabilities, weights, offset, part);
                for (int i = 0; i < into.length; i++) {
                    into[i] -= part[i];
                }
            }
        };
        assertThat(names(run(EVERYWHERE, faulty).failures())).containsExactly("policy scores in theta");
    }

    @Test
    void aSimulatorWithAnotherKernelThanItsTablesIsFound() {
        FiniteProblem rooms = SmallProblems.of("four-rooms", Map.of("discount", 0.9, "entropyWeight", 0.05));
        FiniteProblem played = Slippery.of(rooms, 0.67);
        FiniteProblem faulty = new DelegatingProblem(rooms) {
            @Override
            public Simulator simulator(DenseVector upper, int context) {
                return played.simulator(upper, context);
            }
        };
        CheckReport report = run(faulty, new TabularSoftmax(104, 4));
        assertThat(names(report.failures()))
                .containsExactlyInAnyOrder(
                        "simulator transitions against tables, context 0",
                        "simulator transitions against tables, context 1");
        assertThat(run(Slippery.of(rooms, 0.56), new TabularSoftmax(104, 4)).failures())
                .isEmpty();
    }

    static Stream<Arguments> simulatorFaults() {
        return Stream.of(
                Arguments.of(
                        "simulator rewards against tables",
                        change(step -> step.rewards(step.lowerReward() + 0.05, step.upperReward()))),
                Arguments.of(
                        "simulator upper rewards against tables",
                        change(step -> step.rewards(step.lowerReward(), 1.1 * step.upperReward()))),
                Arguments.of(
                        "simulator reward gradients against tables",
                        change(step -> step.lowerRewardGradient().add(0, 0.01))),
                Arguments.of(
                        "simulator upper reward gradients against tables",
                        change(step -> step.upperRewardGradient().clear())),
                Arguments.of(
                        "simulator scores against tables",
                        change(step -> step.upperScore().add(0, 0.1))),
                Arguments.of(
                        "simulator scores times outcomes against tables",
                        change(step -> step.upperScore().clear())));
    }

    private static Consumer<Step> change(Consumer<Step> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("simulatorFaults")
    void wrongStepsOfASimulatorAreFound(String where, Consumer<Step> change) {
        FiniteProblem faulty = ChangedPlay.ofSteps(EVERYWHERE, change);
        CheckReport report = run(faulty, new TabularSoftmax(5, 4));
        assertThat(names(report.failures())).contains(where);
        assertThat(names(report.failures())).allMatch(name -> name.startsWith("simulator "));
    }

    @Test
    void withoutALeaderTheSmallestErrorOfARewardIsFound() {
        FiniteProblem faulty = ChangedPlay.ofSteps(
                SmallProblems.rewardDesign(), step -> step.rewards(step.lowerReward() + 1e-12, step.upperReward()));
        assertThat(names(run(faulty, new TabularSoftmax(5, 3)).failures()))
                .containsExactly("simulator rewards against tables");
    }

    @Test
    void observationsThatAreNoStatesAreFound() {
        FiniteProblem faulty = new ChangedPlay(EVERYWHERE, played -> new ChangedSimulator(played) {
            @Override
            public void observe(double[] into) {
                super.observe(into);
                into[0] += 0.5;
            }
        });
        assertThat(names(run(faulty, new TabularSoftmax(5, 4)).failures()))
                .contains("simulator observations are states");
    }

    @Test
    void aReportIsReadableAndATree() {
        CheckReport report =
                run(new FaultyProblem(EVERYWHERE, Fault.SIGN_OF_UPPER_TERM_GRADIENT), new TabularSoftmax(5, 4));
        assertThat(report.text())
                .contains("FAIL  upperTerm in x")
                .contains("ok    lowerReward in x")
                .contains(" checks passed\n");
        assertThat(JsonText.indented(report.tree()))
                .startsWith(
                        "{\n  \"format\": 1,\n  \"passed\": false,\n  \"findings\": [\n    {\n      \"name\": \"upperTerm in x\"");
    }

    @Test
    void pointsOfAnotherLengthAreRefused() {
        CheckPoint at = new CheckPoint(new DenseVector(new double[3]), new double[20], 0.1);
        assertThatThrownBy(() -> GradientCheck.run(EVERYWHERE, new TabularSoftmax(5, 4), at, RULE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upper must have 15 values, but has 3");
    }

    private static CheckReport run(FiniteProblem problem, Policy policy) {
        DenseVector upper = new DenseVector(normal(3, problem.upperSize()));
        double[] lower = policy instanceof TabularDirect ? policy.uniform() : normal(4, policy.parameters());
        return GradientCheck.run(problem, policy, new CheckPoint(upper, lower, 0.1), RULE);
    }

    private static double[] normal(long seed, int size) {
        return new Directions(seed).normal(Use.UPPER, 0, size);
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::name).toList();
    }
}
