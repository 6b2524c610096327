package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.Locale;

/**
 * Scores and the whole gradients of returns of a problem that can only be sampled, in one context and for the
 * actions of {@link Playthrough}. Scores have mean zero given the past. For either player's return R over L steps, along a direction v,
 *
 * <pre>
 *     ( R(x + h v) - R(x - h v) ) / (2 h)
 *     against   sum_t discount^t v grad r_t  +  sum_t (v score_t) ( sum_{k>=t} discount^k r_k - b_t )
 * </pre>
 *
 * <p>in the mean over trajectories, the left with the random numbers of the right; this sees scores of a wrong sign or
 * size, which have mean zero too. Trajectories of their own give b_t, the mean of the sum before it, which takes noise
 * away, and v, the mean of the term with scores, along which their error is largest against the noise. The truncation of
 * the left is near a third of the difference between the quotients at 2h and at h, all of which is allowed for.
 */
final class SimulatorGradients {

    private static final int LONGEST = 8;
    private static final double STEP = 0x1.0p-4;
    private static final int PILOT_SHARE = 4;

    private final TrajectoryProblem problem;
    private final Playthrough play;
    private final double[] upper;
    private final long trajectories;
    private final int length;
    private final Directions random;
    private final String where;

    SimulatorGradients(
            TrajectoryProblem problem, int context, CheckPoint at, CheckRule rule, Directions random, String where) {
        this.problem = problem;
        this.random = random;
        this.where = where;
        length = Math.min(LONGEST, rule.horizon());
        play = new Playthrough(problem, rule.seed(), context, length);
        upper = at.upper().values();
        trajectories = rule.units();
    }

    List<Evidence> check() {
        return List.of(scores(), returns(false), returns(true));
    }

    private Evidence scores() {
        double[] direction = random.normal(Use.UPPER, 0, upper.length);
        double[] wave = random.normal(Use.PROJECTION, 0, problem.observationSize());
        Martingale sums = new Martingale(
                "simulator's scores have mean zero" + where, "scores times two functions of the observation", 2);
        play.play(play.simulator(upper), 0, trajectories, new Playthrough.Witness() {
            @Override
            public void started(double[] observation) {}

            @Override
            public void stepped(double[] before, double[] action, Step step, double[] after) {
                double phase = VectorMath.dot(wave, before);
                sums.add(step.upperScore().dot(direction), 0, 1, StrictMath.cos(phase + action[0]));
            }
        });
        return sums.evidence();
    }

    private Evidence returns(boolean leader) {
        Simulator here = play.simulator(upper);
        long pilots = trajectories / PILOT_SHARE;
        double[] baseline = new double[length + 1];
        for (long i = trajectories; i < trajectories + pilots; i++) {
            VectorMath.addScaled(1.0 / pilots, one(here, i, leader).tails(), baseline);
        }
        double[] direction = new double[upper.length];
        for (long i = trajectories; i < trajectories + pilots; i++) {
            one(here, i, leader).addScores(1.0 / pilots, baseline, direction);
        }
        double largest = VectorMath.maxAbs(direction);
        direction =
                largest == 0 ? random.normal(Use.UPPER, 0, upper.length) : VectorMath.scaled(1 / largest, direction);
        double step = STEP * Math.max(1, VectorMath.maxAbs(upper));
        double[] near = quotients(direction, step, leader);
        double[] wide = quotients(direction, 2 * step, leader);
        double[] analytic = new double[near.length];
        for (int i = 0; i < analytic.length; i++) {
            double[] gradient = new double[upper.length];
            ReturnGradient one = one(here, i, leader);
            one.addRewardGradients(1, gradient);
            one.addScores(1, baseline, gradient);
            analytic[i] = VectorMath.dot(gradient, direction);
        }
        return evidence(leader, analytic, near, wide);
    }

    private Evidence evidence(boolean leader, double[] analytic, double[] near, double[] wide) {
        double allowance = Math.abs(Statistics.mean(VectorMath.minus(wide, near)));
        double[] distance = VectorMath.minus(analytic, near);
        double mean = Statistics.mean(distance);
        double kept = Math.copySign(Math.max(0, Math.abs(mean) - allowance), mean);
        for (int i = 0; i < distance.length; i++) {
            distance[i] -= mean - kept;
        }
        double scale = VectorMath.maxAbs(analytic);
        String explanation = String.format(
                Locale.ROOT,
                "derivative of the mean return over %d steps: sampled %.4g, by differences %.4g, in standard errors after"
                        + " %.2g for the truncation of the differences; %d trajectories",
                length,
                Statistics.mean(analytic),
                Statistics.mean(near),
                allowance,
                trajectories);
        String player = leader ? "leader's" : "follower's";
        return new Evidence(
                "simulator's gradient of the " + player + " return" + where,
                new double[] {Evidence.ofMean(distance, 0, scale)},
                explanation);
    }

    private double[] quotients(double[] direction, double step, boolean leader) {
        Simulator up = play.simulator(CentralDifference.moved(upper, direction, step));
        Simulator down = play.simulator(CentralDifference.moved(upper, direction, -step));
        double[] quotients = new double[Math.toIntExact(trajectories)];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = (one(up, i, leader).total() - one(down, i, leader).total()) / (2 * step);
        }
        return quotients;
    }

    private ReturnGradient one(Simulator simulator, long trajectory, boolean leader) {
        ReturnGradient gradient = new ReturnGradient(problem.discount(), leader, length);
        play.play(simulator, trajectory, trajectory + 1, gradient);
        return gradient;
    }
}
