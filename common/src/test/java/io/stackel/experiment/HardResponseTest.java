package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class HardResponseTest {

    private static final String TEXT = """
            format: 1
            name: hard
            problem: {name: reward-design, states: 3, actions: 2, discount: 0.8, entropyWeight: 0.4}
            policy: {name: tabular-softmax}
            algorithm: {name: exact}
            lower: {solver: planned}
            sampling: {horizon: 20, baseline: none}
            evaluation: {hardResponse: true}
            """;

    private static Experiment experiment(String... overrides) {
        Catalogue catalogue = Catalogue.load(HardResponseTest.class.getClassLoader());
        return Experiment.of(
                new ConfigurationDecoder(catalogue.vocabulary())
                        .decode("hard", TEXT.getBytes(StandardCharsets.UTF_8), List.of(overrides)),
                catalogue,
                Optional.empty());
    }

    /** The best of the 8 policies that play one action in each state, by iterating their values. */
    @Test
    void itIsWhatTheBestOfAllDecidedPoliciesGivesTheLeader() {
        Experiment experiment = experiment();
        Algorithm algorithm = experiment.algorithm();
        FiniteProblem problem =
                experiment.setup().problem().as(FiniteProblem.class).orElseThrow();
        DenseVector x = new DenseVector(algorithm.init().real("upper"));
        double[] lower = new double[6];
        double[] upper = new double[6];
        problem.lowerReward(x, 0, lower);
        problem.upperReward(x, 0, upper);
        double best = Double.NEGATIVE_INFINITY;
        double leaders = 0;
        for (int policy = 0; policy < 8; policy++) {
            double follower = value(problem.game(0), policy, lower);
            if (follower > best) {
                best = follower;
                leaders = value(problem.game(0), policy, upper);
            }
        }

        double measured = measured(experiment);

        assertThat(measured).isCloseTo(problem.upperTerm(x) - leaders, within(1e-9));
        assertThat(measured(experiment("problem.entropyWeight=0.001"))).isEqualTo(measured);
    }

    private static double measured(Experiment experiment) {
        Algorithm algorithm = experiment.algorithm();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            return experiment
                    .evaluation(oracle)
                    .measure(algorithm, algorithm.init())
                    .get(Evaluation.UPPER_OBJECTIVE_AT_HARD_RESPONSE);
        }
    }

    /** The value at the start of the policy whose action in state s is bit s. */
    private static double value(MarkovGame game, int policy, double[] reward) {
        double[] value = new double[3];
        for (int sweep = 0; sweep < 200; sweep++) {
            double[] next = new double[3];
            for (int s = 0; s < 3; s++) {
                int cell = s * 2 + (policy >> s & 1);
                next[s] = reward[cell];
                for (int t = 0; t < 3; t++) {
                    next[s] += game.discount() * game.transition()[cell * 3 + t] * value[t];
                }
            }
            value = next;
        }
        double total = 0;
        for (int s = 0; s < 3; s++) {
            total += game.start()[s] * value[s];
        }
        return total;
    }

    @Test
    void withoutTablesOfOneFollowerItIsRefused() {
        assertThatThrownBy(() -> experiment("problem={name: inverse-rl}", "algorithm={name: feature-matching}"))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("evaluation.hardResponse needs tables of one follower");
    }
}
