package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FiniteProblem;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/** The follower's decision process at one upper variable: its tables, and what policies earn in it. */
final class PointTables {

    private final FiniteProblem problem;
    private final MarkovGame game;
    private final SparseTransitions transitions;
    private final double[] reward;
    private final double[] upperReward;
    private final double upperTerm;
    private final Pullback pullback;

    PointTables(ContextGame prepared, DenseVector upper) {
        problem = prepared.problem();
        game = prepared.game();
        double[] leaderPolicy = new double[game.leaderCells()];
        problem.leaderPolicy(upper, leaderPolicy);
        double[] jointReward = new double[game.jointCells()];
        problem.lowerReward(upper, prepared.context(), jointReward);
        double[] jointUpperReward = new double[game.jointCells()];
        problem.upperReward(upper, prepared.context(), jointUpperReward);
        LeaderAverage average = prepared.average(upper);
        transitions = average.follower(leaderPolicy);
        reward = game.followerTable(leaderPolicy, jointReward);
        upperReward = game.followerTable(leaderPolicy, jointUpperReward);
        upperTerm = problem.upperTerm(upper);
        pullback = new Pullback(prepared, average, upper, leaderPolicy, jointReward, jointUpperReward);
    }

    Pullback pullback() {
        return pullback;
    }

    double upperTerm() {
        return upperTerm;
    }

    /** The optimum for the reward r_x + upperRewardWeight u_x. */
    SoftOptimum best(double upperRewardWeight, double tolerance, double[] warmValue) {
        double[] mixed = reward.clone();
        VectorMath.addScaled(upperRewardWeight, upperReward, mixed);
        return new SoftPolicyIteration(transitions, game.discount(), problem.entropyWeight())
                .solve(mixed, tolerance, warmValue);
    }

    PolicySystem system(double[] policy) {
        return new PolicySystem(transitions, policy, game.discount());
    }

    /** What a policy earns, its system being factorised already. */
    PolicyValues evaluate(double[] logPolicy, double[] policy, PolicySystem system) {
        double[] lowerGain = new double[game.states()];
        double[] upperGain = new double[game.states()];
        for (int i = 0; i < policy.length; i++) {
            int s = i / game.followerActions();
            lowerGain[s] += weighted(policy[i], reward[i] - entropy(logPolicy[i]));
            upperGain[s] += policy[i] * upperReward[i];
        }
        double[] value = system.solve(lowerGain);
        double[] upperValue = system.solve(upperGain);
        double upperReturn = VectorMath.dot(game.start(), upperValue);
        double upperObjective = upperTerm - upperReturn;
        Optional<FiniteInverse> experts = Likelihood.of(problem);
        if (experts.isPresent()) {
            upperObjective += Likelihood.loss(experts.get(), logPolicy);
        }
        return new PolicyValues(
                logPolicy,
                policy,
                system.solveTransposed(game.start()),
                value,
                backUp(reward, value),
                upperValue,
                backUp(upperReward, upperValue),
                VectorMath.dot(game.start(), value),
                upperReturn,
                upperObjective);
    }

    /** r_x + discount P V of every cell. */
    double[] backUpPayoff(double[] value) {
        return backUp(reward, value);
    }

    private double[] backUp(double[] table, double[] value) {
        double[] q = new double[table.length];
        for (int row = 0; row < q.length; row++) {
            q[row] = table[row] + game.discount() * transitions.expect(row, value);
        }
        return q;
    }

    /** Adds sum w(s,b) dQ*(s,b) in x by one adjoint solve with the system of the optimal policy. */
    void addOptimumDerivative(double[] weights, SoftOptimum best, PolicySystem system, double[] into) {
        addFixedPointDerivative(weights, best.policy(), best.value(), system, into);
    }

    /**
     * Adds sum w(s,b) dQ(s,b) in x, where Q = r_x + discount P_x V and V moves with Q by dV(s) = sum_b pi(b|s) dQ(s,b).
     *
     * @param system of pi
     */
    void addFixedPointDerivative(
            double[] weights, double[] policy, double[] value, PolicySystem system, double[] into) {
        double[] flow = new double[game.states()];
        transitions.addFlow(weights, flow);
        double[] adjoint = system.solveTransposed(VectorMath.scaled(game.discount(), flow));
        double[] total = weights.clone();
        for (int i = 0; i < total.length; i++) {
            total[i] += adjoint[i / game.followerActions()] * policy[i];
        }
        pullback.addLower(total, value, into);
    }

    /** tau log p. */
    double entropy(double logProbability) {
        return problem.entropyWeight() == 0 ? 0 : problem.entropyWeight() * logProbability;
    }

    /** weight times value, where a weight of zero silences an infinite value. */
    static double weighted(double weight, double value) {
        return weight == 0 ? 0 : weight * value;
    }
}
