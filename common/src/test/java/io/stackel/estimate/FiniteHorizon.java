package io.stackel.estimate;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Returns over a few steps by backward recursion, with given values where the horizon cuts: nothing of it is shared with
 * the estimators, whose expectations are compared with derivatives of these returns.
 */
record FiniteHorizon(FiniteProblem problem, int steps) {

    /** The follower's return with entropy, from the start. */
    double follower(double[] upper, double[] logs, double[] terminal) {
        double[] q = followerQ(upper, logs, terminal);
        return atStart(values(q, logs, problem.entropyWeight()));
    }

    /** The payoff of a zero-sum game, less tau times the entropy terms of both players. */
    double payoff(double[] upper, double[] logs, double[] entropyTerms, double[] terminal) {
        double[] reward = new double[game().jointCells()];
        problem.lowerReward(new DenseVector(upper), 0, reward);
        for (int cell = 0; cell < reward.length; cell++) {
            reward[cell] -= problem.entropyWeight() * entropyTerms[cell];
        }
        return atStart(values(recursion(upper, reward, logs, 0, terminal), logs, 0));
    }

    /** The leader's return. */
    double leader(double[] upper, double[] logs, double[] terminal) {
        double[] reward = new double[game().jointCells()];
        problem.upperReward(new DenseVector(upper), 0, reward);
        return atStart(values(recursion(upper, reward, logs, 0, terminal), logs, 0));
    }

    /** The follower's return after each (s, b), entropy from the second step on. */
    double[] followerQ(double[] upper, double[] logs, double[] terminal) {
        double[] reward = new double[game().jointCells()];
        problem.lowerReward(new DenseVector(upper), 0, reward);
        return recursion(upper, reward, logs, problem.entropyWeight(), terminal);
    }

    private double[] recursion(double[] upper, double[] reward, double[] logs, double tau, double[] terminal) {
        MarkovGame game = problem.game(new DenseVector(upper), 0);
        double[] leader = new double[game.leaderCells()];
        problem.leaderPolicy(new DenseVector(upper), leader);
        double[] value = terminal;
        double[] q = new double[0];
        for (int step = 0; step < steps; step++) {
            double[] joint = reward.clone();
            for (int cell = 0; cell < joint.length; cell++) {
                for (int next = 0; next < game.states(); next++) {
                    joint[cell] += game.discount() * game.transition()[cell * game.states() + next] * value[next];
                }
            }
            q = game.followerTable(leader, joint);
            value = values(q, logs, tau);
        }
        return q;
    }

    private double[] values(double[] q, double[] logs, double tau) {
        double[] value = new double[game().states()];
        for (int i = 0; i < q.length; i++) {
            value[i / game().followerActions()] += StrictMath.exp(logs[i]) * (q[i] - tau * logs[i]);
        }
        return value;
    }

    private double atStart(double[] value) {
        double total = 0;
        for (int s = 0; s < value.length; s++) {
            total += game().start()[s] * value[s];
        }
        return total;
    }

    private MarkovGame game() {
        return problem.game(0);
    }

    /** The derivative by differences of fourth order: at step 1e-3 both errors are near 1e-12. */
    static double[] derivative(double[] at, ToDoubleFunction<double[]> function) {
        double h = 1e-3;
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double near = moved(at, i, h, function) - moved(at, i, -h, function);
            double far = moved(at, i, 2 * h, function) - moved(at, i, -2 * h, function);
            gradient[i] = (8 * near - far) / (12 * h);
        }
        return gradient;
    }

    private static double moved(double[] at, int i, double by, ToDoubleFunction<double[]> function) {
        double[] point = at.clone();
        point[i] += by;
        return function.applyAsDouble(point);
    }
}
