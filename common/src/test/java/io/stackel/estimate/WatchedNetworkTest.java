package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.SampleOnly;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

/**
 * The Boltzmann form where a network has the leader's values: on two states a linear one has them exactly. Distances are in
 * standard errors of the mean, the root of the sum of those of the coordinates: above 5 with a probability far below 1e-6, for
 * however many coordinates. The horizon cuts .9^100, far less.
 */
class WatchedNetworkTest {

    private static final double ALARM = 5;
    private static final int ACTIONS = 2;
    private static final TabularSoftmax POLICY = new TabularSoftmax(2, ACTIONS);
    private static final ValueNetwork OF_STATES = ValueNetwork.of(1, List.of(), 1, 0);
    private static final ValueNetwork OF_ACTIONS = ValueNetwork.ofActions(1, List.of(), ACTIONS, 1, 0);

    /** A problem at its best response. */
    private record Scene(RandomProblem problem, DenseVector x, PolicyValues values, double[] hypergradient) {

        static Scene of(RandomProblem problem) {
            DenseVector x = problem.point(4);
            ExactPoint point = new ExactModel(problem, 0).at(x);
            SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);
            return new Scene(
                    problem,
                    x,
                    point.evaluate(best.logPolicy()),
                    point.hypergradient(best).gradient());
        }

        Follower ofStates() {
            return Follower.withValues(values.logPolicy(), phi(OF_STATES, values.value(), values.upperValue(), 1));
        }

        Follower ofActions() {
            return Follower.withValues(values.logPolicy(), phi(OF_ACTIONS, values.q(), values.upperQ(), ACTIONS));
        }

        /** How far the mean is from the hypergradient, in standard errors. */
        double distance(ValueNetwork network, Follower follower, long units) {
            BatchRequest request = new BatchRequest(
                    7,
                    0,
                    0,
                    0,
                    100,
                    500,
                    BatchRequest.ALL_RESIDUALS,
                    false,
                    List.of(x.values()),
                    List.of(follower),
                    List.of(new BoltzmannGradient(
                            new Units(Purpose.TRAINING, 0, units), 0, 0, Critic.SCALAR, 1, false)));
            ChunkEvaluator.Source source =
                    new ChunkEvaluator.Source(new SampleOnly(problem), POLICY, Optional.of(network));
            RangeSums range = RangeSums.evaluate(source.open(request), request, 0, request.chunks());
            BatchResult.Estimate estimate = source.read(
                            request, SumTree.total(request.chunks(), range.nodes()), range.counters(), range.counts())
                    .estimate(0);
            double[] mean = estimate.upperGradient();
            problem.addUpperTermGradient(x, mean);
            return VectorMath.norm(VectorMath.minus(mean, hypergradient)) / estimate.upperStandardError();
        }
    }

    /** The parameters with which a linear network has these values: the responses to single ones show what each does. */
    private static double[] phi(ValueNetwork network, double[] lower, double[] upper, int outputs) {
        double[] phi = new double[network.parameters()];
        for (int i = 0; i < phi.length; i++) {
            double[] one = new double[phi.length];
            one[i] = 1;
            double[] lowers = new double[2 * outputs];
            double[] uppers = new double[2 * outputs];
            network.at(one).values(new double[] {0, 1}, 2, lowers, uppers);
            phi[i] = VectorMath.dot(effect(lowers, outputs), lower) + VectorMath.dot(effect(uppers, outputs), upper);
        }
        return phi;
    }

    /** A constant reads off the value in state 0, a slope how much more it is in state 1. */
    private static double[] effect(double[] values, int outputs) {
        double[] effect = new double[values.length];
        for (int b = 0; b < outputs; b++) {
            boolean constant = values[b] != 0;
            effect[b] = constant ? 1 : -values[outputs + b];
            effect[outputs + b] = constant ? 0 : values[outputs + b];
        }
        return effect;
    }

    /** Every next state follows from the state and the action, and there is no leader. */
    private static Scene decided() {
        RandomProblem random = RandomProblem.of(12, 2, 1, ACTIONS, 0.3);
        double[] transition = {0, 1, 1, 0, 1, 0, 0, 1};
        MarkovGame game = new MarkovGame(2, 1, ACTIONS, transition, new double[] {0.5, 0.5}, 0.9);
        return Scene.of(new RandomProblem(game, random.reward(), random.upperReward(), 0.3));
    }

    private static Scene drawn() {
        return Scene.of(RandomProblem.of(12, 2, 2, ACTIONS, 0.3));
    }

    @Test
    void residualsOfStatesAreTheAdvantageWhereNothingElseIsDrawn() {
        Scene scene = decided();
        assertThat(scene.distance(OF_STATES, scene.ofStates(), 20_000)).isLessThan(ALARM);
        Follower without = Follower.withValues(scene.values.logPolicy(), OF_STATES.start());
        assertThat(scene.distance(OF_STATES, without, 20_000)).isGreaterThan(ALARM);
    }

    @Test
    void valuesOfActionsAreTheAdvantageWhateverIsDrawn() {
        Scene scene = drawn();
        assertThat(scene.distance(OF_ACTIONS, scene.ofActions(), 50_000)).isLessThan(ALARM);
    }

    @Test
    void residualsOfStatesAreBiasedWhereNextStatesAreDrawn() {
        Scene scene = drawn();
        assertThat(scene.distance(OF_STATES, scene.ofStates(), 50_000)).isGreaterThan(ALARM);
    }

    @Test
    void aFollowerWithoutANetworkIsRefused() {
        Scene scene = decided();
        Follower plain = Follower.plain(scene.values.logPolicy());
        assertThatThrownBy(() -> scene.distance(OF_STATES, plain, 10))
                .hasMessage("the estimand needs the leader's advantage, but the follower has no values by a network");
    }
}
