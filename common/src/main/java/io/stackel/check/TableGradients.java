package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Central differences of a finite problem's tables against its pullbacks, in one context, under random weights w:
 *
 * <pre>
 *     sum w log mu_x     sum w r_x     sum w u_x     sum w(s,a,b) sum_t v(t) P_x(t|s,a,b)
 * </pre>
 *
 * <p>the last of which, v random values of the next state, is compared with the pullback and with the scores of all
 * transitions.
 *
 * <p>Where {@link FiniteProblem#dependence} denies a dependence, the derivative has to be zero. A sum of n terms is
 * rounded by at most {@code (n + 8) u sum |w table|}, u = 2^-53, with 8 roundings for an entry itself.
 */
final class TableGradients {

    private static final int MOST_DIRECTIONS = 32;

    private final FiniteProblem problem;
    private final int context;
    private final Directions random;
    private final double[] leaderWeights;
    private final double[] lowerWeights;
    private final double[] upperWeights;
    private final double[] nextValues;

    TableGradients(FiniteProblem problem, int context, DenseVector upper, Directions random) {
        this.problem = problem;
        this.context = context;
        this.random = random;
        int cells = problem.game(context).jointCells();
        leaderWeights = random.normal(Use.WEIGHTS, 0, problem.game(context).leaderCells());
        double[] leader = leaderPolicy(upper);
        for (int i = 0; i < leader.length; i++) {
            leaderWeights[i] = leader[i] > 0 ? leaderWeights[i] : 0;
        }
        lowerWeights = random.normal(Use.WEIGHTS, 1, cells);
        upperWeights = random.normal(Use.WEIGHTS, 2, cells);
        nextValues = random.normal(Use.OUTCOMES, 0, problem.states());
    }

    List<Finding> check(DenseVector upper) {
        double[] noise = noise(upper);
        double[][] gradients = gradients(upper);
        String where = problem.contexts() == 1 ? "" : ", context " + context;
        List<WorstError> errors = new ArrayList<>();
        for (String what :
                List.of("leaderPolicy scores", "lowerReward", "upperReward", "transitions", "transition scores")) {
            errors.add(new WorstError(what + " in x" + where));
        }
        for (int k = 0; k < Math.min(MOST_DIRECTIONS, upper.size()); k++) {
            double[] direction = random.direction(Use.UPPER, k, upper.size(), MOST_DIRECTIONS);
            CentralDifference difference =
                    CentralDifference.along(x -> sums(new DenseVector(x)), upper.values(), direction, noise);
            for (int i = 0; i < gradients.length; i++) {
                errors.get(i)
                        .add(
                                VectorMath.dot(gradients[i], direction),
                                difference.value()[i],
                                difference.bound()[i]);
            }
        }
        return errors.stream().map(WorstError::finding).toList();
    }

    private double[] sums(DenseVector upper) {
        double[] logs = leaderPolicy(upper);
        for (int i = 0; i < logs.length; i++) {
            logs[i] = leaderWeights[i] == 0 ? 0 : StrictMath.log(logs[i]);
        }
        double expected = expected(upper);
        return new double[] {
            VectorMath.dot(leaderWeights, logs),
            VectorMath.dot(lowerWeights, lowerReward(upper)),
            VectorMath.dot(upperWeights, upperReward(upper)),
            expected,
            expected
        };
    }

    /** A logarithm is off by the rounding of its probability, some multiples of u, as well. */
    private double[] noise(DenseVector upper) {
        double[] leader = leaderPolicy(upper);
        double logs = 0;
        for (int i = 0; i < leader.length; i++) {
            logs += leaderWeights[i] == 0 ? 0 : Math.abs(leaderWeights[i]) * (1 - StrictMath.log(leader[i]));
        }
        double transitions = roundingOfTransitions();
        return new double[] {
            (leader.length + 8) * CentralDifference.ROUNDING * logs,
            rounding(lowerWeights, lowerReward(upper)),
            rounding(upperWeights, upperReward(upper)),
            transitions,
            transitions
        };
    }

    /** A probability is off by the rounding of what it is the difference of, of the order of 1. */
    private double roundingOfTransitions() {
        double total = 0;
        for (double weight : lowerWeights) {
            total += Math.abs(weight);
        }
        return 8 * problem.states() * CentralDifference.ROUNDING * total * VectorMath.maxAbs(nextValues);
    }

    private double expected(DenseVector upper) {
        double[] transition = problem.game(upper, context).transition();
        int states = nextValues.length;
        double sum = 0;
        for (int cell = 0; cell < lowerWeights.length; cell++) {
            double mean = 0;
            for (int next = 0; next < states; next++) {
                mean += transition[cell * states + next] * nextValues[next];
            }
            sum += lowerWeights[cell] * mean;
        }
        return sum;
    }

    private void addScores(DenseVector upper, double[] into) {
        double[] transition = problem.game(upper, context).transition();
        int states = nextValues.length;
        for (int i = 0; i < transition.length; i++) {
            if (transition[i] > 0) {
                double weight = lowerWeights[i / states] * transition[i] * nextValues[i % states];
                problem.addTransitionScore(upper, context, i / states, i % states, weight, into);
            }
        }
    }

    private static double rounding(double[] weights, double[] table) {
        double total = 0;
        for (int i = 0; i < table.length; i++) {
            total += Math.abs(weights[i] * table[i]);
        }
        return (table.length + 8) * CentralDifference.ROUNDING * total;
    }

    private double[][] gradients(DenseVector upper) {
        double[][] gradients = new double[5][upper.size()];
        TrajectoryProblem.Dependence dependence = problem.dependence();
        if (dependence.leaderPolicy()) {
            double[] leader = leaderPolicy(upper);
            for (int s = 0; s < problem.states(); s++) {
                problem.addLeaderScores(upper, s, leader, leaderWeights, gradients[0]);
            }
        }
        if (dependence.lowerReward()) {
            problem.addLowerRewardGradient(upper, context, lowerWeights, gradients[1]);
        }
        if (dependence.upperReward()) {
            problem.addUpperRewardGradient(upper, context, upperWeights, gradients[2]);
        }
        if (dependence.transitions()) {
            problem.addTransitionGradient(upper, context, lowerWeights, nextValues, gradients[3]);
            addScores(upper, gradients[4]);
        }
        return gradients;
    }

    private double[] leaderPolicy(DenseVector upper) {
        double[] policy = new double[problem.game(context).leaderCells()];
        problem.leaderPolicy(upper, policy);
        return policy;
    }

    private double[] lowerReward(DenseVector upper) {
        double[] reward = new double[problem.game(context).jointCells()];
        problem.lowerReward(upper, context, reward);
        return reward;
    }

    private double[] upperReward(DenseVector upper) {
        double[] reward = new double[problem.game(context).jointCells()];
        problem.upperReward(upper, context, reward);
        return reward;
    }
}
