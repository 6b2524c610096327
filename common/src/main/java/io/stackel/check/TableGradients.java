package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.check.GradientComparison.Claim;
import io.stackel.math.VectorMath;
import io.stackel.mdp.Transitions;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.GameTables;
import io.stackel.problem.TrajectoryProblem;
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

    private final CheckedContext<? extends FiniteProblem> scene;
    private final FiniteProblem problem;
    private final DenseVector upper;
    private final GameTables tables;
    private final double[] leaderWeights;
    private final double[] lowerWeights;
    private final double[] upperWeights;
    private final double[] nextValues;

    TableGradients(CheckedContext<? extends FiniteProblem> scene) {
        this.scene = scene;
        problem = scene.problem();
        upper = scene.upper();
        tables = GameTables.of(problem, upper, scene.context());
        Directions random = scene.random();
        leaderWeights = random.normal(Use.WEIGHTS, 0, tables.leaderPolicy().length);
        for (int i = 0; i < leaderWeights.length; i++) {
            leaderWeights[i] = tables.leaderPolicy()[i] > 0 ? leaderWeights[i] : 0;
        }
        lowerWeights = random.normal(Use.WEIGHTS, 1, tables.lowerReward().length);
        upperWeights = random.normal(Use.WEIGHTS, 2, tables.upperReward().length);
        nextValues = random.normal(Use.OUTCOMES, 0, problem.states());
    }

    void check() {
        TrajectoryProblem.Dependence dependence = problem.dependence();
        double[] scores = new double[upper.size()];
        double[] lower = new double[upper.size()];
        double[] rewards = new double[upper.size()];
        double[] transitions = new double[upper.size()];
        double[] transitionScores = new double[upper.size()];
        if (dependence.leaderPolicy()) {
            for (int s = 0; s < problem.states(); s++) {
                problem.addLeaderScores(upper, s, tables.leaderPolicy(), leaderWeights, scores);
            }
        }
        if (dependence.lowerReward()) {
            problem.addLowerRewardGradient(upper, scene.context(), lowerWeights, lower);
        }
        if (dependence.upperReward()) {
            problem.addUpperRewardGradient(upper, scene.context(), upperWeights, rewards);
        }
        if (dependence.transitions()) {
            problem.addTransitionGradient(upper, scene.context(), lowerWeights, nextValues, transitions);
            addTransitionScores(transitionScores);
        }
        double noise = roundingOfTransitions();
        scene.results()
                .addAll(new GradientComparison(scene.random(), GradientComparison.MOST_OF_TABLES)
                        .of(
                                Use.UPPER,
                                upper.values(),
                                List.of(
                                        claim("leaderPolicy scores", scores, roundingOfLogs()),
                                        claim("lowerReward", lower, rounding(lowerWeights, tables.lowerReward())),
                                        claim("upperReward", rewards, rounding(upperWeights, tables.upperReward())),
                                        claim("transitions", transitions, noise),
                                        claim("transition scores", transitionScores, noise)),
                                x -> sums(new DenseVector(x))));
    }

    private Claim claim(String what, double[] gradient, double noise) {
        return new Claim(what + " in x" + scene.where(), gradient, noise);
    }

    private double[] sums(DenseVector x) {
        GameTables moved = GameTables.of(problem, x, scene.context());
        double[] logs = moved.leaderPolicy();
        for (int i = 0; i < logs.length; i++) {
            logs[i] = leaderWeights[i] == 0 ? 0 : StrictMath.log(logs[i]);
        }
        double expected = expected(problem.game(x, scene.context()).transitions());
        return new double[] {
            VectorMath.dot(leaderWeights, logs),
            VectorMath.dot(lowerWeights, moved.lowerReward()),
            VectorMath.dot(upperWeights, moved.upperReward()),
            expected,
            expected
        };
    }

    /** A logarithm is off by the rounding of its probability, some multiples of u, as well. */
    private double roundingOfLogs() {
        double[] leader = tables.leaderPolicy();
        double logs = 0;
        for (int i = 0; i < leader.length; i++) {
            logs += leaderWeights[i] == 0 ? 0 : Math.abs(leaderWeights[i]) * (1 - StrictMath.log(leader[i]));
        }
        return (leader.length + 8) * CentralDifference.ROUNDING * logs;
    }

    /** A probability is off by the rounding of what it is the difference of, of the order of 1. */
    private double roundingOfTransitions() {
        double total = 0;
        for (double weight : lowerWeights) {
            total += Math.abs(weight);
        }
        return 8 * problem.states() * CentralDifference.ROUNDING * total * VectorMath.maxAbs(nextValues);
    }

    private static double rounding(double[] weights, double[] table) {
        double total = 0;
        for (int i = 0; i < table.length; i++) {
            total += Math.abs(weights[i] * table[i]);
        }
        return (table.length + 8) * CentralDifference.ROUNDING * total;
    }

    private double expected(Transitions transitions) {
        double sum = 0;
        for (int cell = 0; cell < lowerWeights.length; cell++) {
            sum += lowerWeights[cell] * transitions.expect(cell, nextValues);
        }
        return sum;
    }

    private void addTransitionScores(double[] into) {
        Transitions transitions = problem.game(upper, scene.context()).transitions();
        for (int cell = 0; cell < lowerWeights.length; cell++) {
            for (int i = transitions.start(cell); i < transitions.start(cell + 1); i++) {
                int next = transitions.next(i);
                double weight = lowerWeights[cell] * transitions.probability(i) * nextValues[next];
                problem.addTransitionScore(upper, scene.context(), cell, next, weight, into);
            }
        }
    }
}
