package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.check.Directions.Use;
import io.stackel.exact.RandomProblem;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Problems that can only be sampled: sound ones pass, with a false alarm of 1e-6, and each broken contract is found. */
class SampledProblemCheckTest {

    private static final CheckRule RULE = new CheckRule(1, 8192, 50);
    private static final RandomProblem SOUND = RandomProblem.of(7, 5, 3, 4, 0.2);

    @Test
    void soundEnvironmentsPass() {
        CheckReport report = run(SOUND);
        assertThat(report.failures()).isEmpty();
        assertThat(names(report.findings()))
                .containsExactly(
                        "upperTerm in x",
                        "simulator repeats its trajectories",
                        "simulator's numbers are finite",
                        "simulator's reward gradients in x",
                        "simulator's trajectories move with scores",
                        "engine's steps, ends and cuts",
                        "engine's leader's returns",
                        "engine's follower's returns",
                        "policy scores in theta",
                        "simulator's scores have mean zero",
                        "simulator's gradient of the follower's return",
                        "simulator's gradient of the leader's return");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "simulator's reward gradients in x",
                        step -> step.lowerRewardGradient().add(2, 0.01)),
                fault(
                        "simulator's reward gradients in x",
                        step -> step.upperRewardGradient().clear()),
                fault(
                        "simulator's scores have mean zero",
                        step -> step.upperScore().add(1, 0.3)),
                fault("simulator's gradient of the follower's return", SampledProblemCheckTest::turnScores),
                fault("simulator's gradient of the leader's return", SampledProblemCheckTest::turnScores),
                fault(
                        "simulator's trajectories move with scores",
                        step -> step.upperScore().clear()),
                fault(
                        "simulator's numbers are finite",
                        step -> step.rewards(step.lowerReward() / 0, step.upperReward())));
    }

    private static Arguments fault(String where, Consumer<Step> change) {
        return Arguments.of(where, change);
    }

    /** Every score with the other sign: their mean is still zero. */
    private static void turnScores(Step step) {
        double[] score = new double[SOUND.upperSize()];
        step.upperScore().addTo(0, step.upperScore().size(), 1, score);
        step.upperScore().clear();
        for (int i = 0; i < score.length; i++) {
            step.upperScore().add(i, -score[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void brokenStepsAreFound(String where, Consumer<Step> change) {
        CheckReport report = run(ChangedPlay.ofSteps(SOUND, change));
        assertThat(names(report.failures())).contains(where);
    }

    @Test
    void turnedScoresKeepTheirMean() {
        CheckReport report = run(ChangedPlay.ofSteps(SOUND, SampledProblemCheckTest::turnScores));
        assertThat(names(report.failures())).doesNotContain("simulator's scores have mean zero");
    }

    @Test
    void observationsThatAreNotWrittenAreFound() {
        CheckReport report = run(new ChangedPlay(SOUND, played -> new ChangedSimulator(played) {
            @Override
            public void observe(double[] into) {}
        }));
        assertThat(names(report.failures())).contains("simulator's numbers are finite");
    }

    @Test
    void simulatorsThatRememberAreFound() {
        CheckReport report = run(new ChangedPlay(SOUND, played -> new ChangedSimulator(played) {
            private int played;

            @Override
            public void start(RandomStream random) {
                super.start(random);
                played++;
            }

            @Override
            void change(Step step) {
                step.rewards(step.lowerReward() + 1e-9 * played, step.upperReward());
            }
        }));
        assertThat(names(report.failures())).contains("simulator repeats its trajectories");
    }

    private static CheckReport run(FiniteProblem problem) {
        Directions random = new Directions(5);
        CheckPoint at = new CheckPoint(
                new DenseVector(random.normal(Use.UPPER, 0, problem.upperSize())),
                random.normal(Use.LOWER, 0, 20),
                0.1);
        return GradientCheck.run(new SampleOnly(problem), new TabularSoftmax(5, 4), at, RULE);
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::name).toList();
    }
}
