package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.GameTables;
import io.stackel.problem.InverseProblem;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The follower's decision process at one upper variable x: its tables, what policies earn in it, and derivatives in x of
 * what a cell is worth, for weights m(s,b) and a fixed value table V:
 *
 * <pre>
 *     sum_{s,b} m(s,b) d/dx ( r_x(s,b) + discount sum_t P_x(t|s,b) V(t) )
 *       = sum_{s,a,b} m(s,b) mu_x(a|s) ( dr_x(s,a,b)/dx + dlog mu_x(a|s)/dx ( r_x + discount P V )(s,a,b)
 *                                        + discount sum_t V(t) dP_x(t|s,a,b)/dx )
 * </pre>
 */
final class PointTables {

    private final FiniteProblem problem;
    private final int context;
    private final MarkovGame game;
    private final DenseVector upper;
    private final GameTables tables;
    private final Transitions joint;
    private final Transitions transitions;
    private final double[] reward;
    private final double[] upperReward;
    private final double upperTerm;

    PointTables(ExactModel prepared, DenseVector upper) {
        problem = prepared.problem;
        context = prepared.context;
        game = prepared.game;
        this.upper = upper;
        tables = GameTables.of(problem, upper, context);
        LeaderAverage average = prepared.average(upper);
        joint = average.joint();
        transitions = average.follower(tables.leaderPolicy());
        reward = game.followerTable(tables.leaderPolicy(), tables.lowerReward());
        upperReward = game.followerTable(tables.leaderPolicy(), tables.upperReward());
        upperTerm = problem.upperTerm(upper);
    }

    double upperTerm() {
        return upperTerm;
    }

    /** The optimum for the reward r_x without entropy. */
    SoftOptimum hardBest(double tolerance) {
        return new SoftPolicyIteration(transitions, game.discount(), 0).solve(reward, tolerance, new double[0]);
    }

    /** The optimum for the reward r_x + upperRewardWeight u_x. */
    SoftOptimum best(double upperRewardWeight, double tolerance, double[] warmValue) {
        double[] mixed = reward.clone();
        VectorMath.addScaled(upperRewardWeight, upperReward, mixed);
        return new SoftPolicyIteration(transitions, game.discount(), problem.entropyWeight())
                .solve(mixed, tolerance, warmValue);
    }

    PolicySystem system(double[] policy) {
        return PolicySystem.of(transitions, policy, game.discount());
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
        if (experts(problem).isPresent()) {
            upperObjective += likelihoodLoss(experts(problem).get().experts().occupancy(), logPolicy);
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

    /** The experts of an inverse problem, whose likelihood is part of its upper objective. */
    static Optional<FiniteInverse> experts(FiniteProblem problem) {
        return problem.as(InverseProblem.class).flatMap(one -> one.as(FiniteInverse.class));
    }

    /** Minus the log-likelihood of experts with occupancy m, {@code - sum m(s,b) log pi(b|s)}. */
    private static double likelihoodLoss(double[] occupancy, double[] logPolicy) {
        double loss = 0;
        for (int cell = 0; cell < occupancy.length; cell++) {
            loss -= weighted(occupancy[cell], logPolicy[cell]);
        }
        return loss;
    }

    /** r_x + discount P V of every cell. */
    double[] backUp(double[] value) {
        return backUp(reward, value);
    }

    private double[] backUp(double[] table, double[] value) {
        double[] q = new double[table.length];
        for (int row = 0; row < q.length; row++) {
            q[row] = table[row] + game.discount() * transitions.expect(row, value);
        }
        return q;
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
        addLower(total, value, into);
    }

    /** Adds the derivative for the follower's reward r_x. */
    void addLower(double[] weights, double[] value, double[] into) {
        if (problem.dependence().lowerReward()) {
            problem.addLowerRewardGradient(upper, context, spread(weights), into);
        }
        addThroughLeader(weights, tables.lowerReward(), value, into);
    }

    /** Adds the derivative for the leader's reward u_x in place of r_x. */
    void addUpper(double[] weights, double[] value, double[] into) {
        if (problem.dependence().upperReward()) {
            problem.addUpperRewardGradient(upper, context, spread(weights), into);
        }
        addThroughLeader(weights, tables.upperReward(), value, into);
    }

    private void addThroughLeader(double[] weights, double[] rewards, double[] value, double[] into) {
        if (problem.dependence().transitions()) {
            double[] discounted = VectorMath.scaled(game.discount(), value);
            problem.addTransitionGradient(upper, context, spread(weights), discounted, into);
        }
        if (!problem.dependence().leaderPolicy()) {
            return;
        }
        double[] scores = new double[game.leaderCells()];
        for (int i = 0; i < rewards.length; i++) {
            double gain = rewards[i] + game.discount() * joint.expect(i, value);
            scores[leaderCell(i)] += tables.leaderPolicy()[leaderCell(i)] * weights[followerCell(i)] * gain;
        }
        for (int s = 0; s < game.states(); s++) {
            problem.addLeaderScores(upper, s, tables.leaderPolicy(), scores, into);
        }
    }

    /** The weights m(s,b) mu(a|s) of the joint cells. */
    private double[] spread(double[] weights) {
        double[] spread = new double[game.jointCells()];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = tables.leaderPolicy()[leaderCell(i)] * weights[followerCell(i)];
        }
        return spread;
    }

    private int leaderCell(int jointCell) {
        return jointCell / game.followerActions();
    }

    private int followerCell(int jointCell) {
        int actions = game.followerActions();
        return jointCell / game.jointActions() * actions + jointCell % actions;
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
