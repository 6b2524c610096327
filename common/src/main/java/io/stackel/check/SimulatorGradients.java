package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.problem.Simulator;
import io.stackel.problem.TrajectoryProblem;
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

    private final CheckedContext<TrajectoryProblem> scene;
    private final Playthrough play;
    private final double[] upper;
    private final long trajectories;
    private final int length;

    SimulatorGradients(CheckedContext<TrajectoryProblem> scene) {
        this.scene = scene;
        length = Math.min(LONGEST, scene.rule().horizon());
        play = new Playthrough(scene, length);
        upper = scene.upper().values();
        trajectories = scene.rule().units();
    }

    void check() {
        scores();
        returns(false);
        returns(true);
    }

    private void scores() {
        double[] direction = scene.random().normal(Use.UPPER, 0, upper.length);
        double[] wave = scene.random().normal(Use.PROJECTION, 0, scene.problem().observationSize());
        Martingale sums = new Martingale(
                "simulator's scores have mean zero" + scene.where(),
                "scores times two functions of the observation",
                2);
        Simulator here = play.simulator(upper);
        for (long i = 0; i < trajectories; i++) {
            for (PlayedTrajectory.Move move : play.play(here, i).moves()) {
                double score = move.step().upperScore().dot(direction);
                double phase = VectorMath.dot(wave, move.before());
                sums.add(score, 0, 1, StrictMath.cos(phase + move.action()[0]));
            }
        }
        scene.results().add(sums.evidence());
    }

    private void returns(boolean leader) {
        Simulator here = play.simulator(upper);
        long pilots = trajectories / PILOT_SHARE;
        double[] baseline = new double[length + 1];
        for (long i = trajectories; i < trajectories + pilots; i++) {
            VectorMath.addScaled(1.0 / pilots, tails(play.play(here, i), leader), baseline);
        }
        double[] direction = new double[upper.length];
        for (long i = trajectories; i < trajectories + pilots; i++) {
            PlayedTrajectory pilot = play.play(here, i);
            pilot.addScores(1.0 / pilots, tails(pilot, leader), baseline, direction);
        }
        double largest = VectorMath.maxAbs(direction);
        direction = largest == 0
                ? scene.random().normal(Use.UPPER, 0, upper.length)
                : VectorMath.scaled(1 / largest, direction);
        double step = STEP * Math.max(1, VectorMath.maxAbs(upper));
        double[] near = quotients(direction, step, leader);
        double[] wide = quotients(direction, 2 * step, leader);
        double[] analytic = new double[near.length];
        for (int i = 0; i < analytic.length; i++) {
            double[] gradient = new double[upper.length];
            PlayedTrajectory one = play.play(here, i);
            one.addRewardGradients(leader, scene.problem().discount(), gradient);
            one.addScores(1, tails(one, leader), baseline, gradient);
            analytic[i] = VectorMath.dot(gradient, direction);
        }
        compare(leader, analytic, near, wide);
    }

    private void compare(boolean leader, double[] analytic, double[] near, double[] wide) {
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
        scene.results()
                .add(new Evidence(
                        "simulator's gradient of the " + player + " return" + scene.where(),
                        new double[] {Evidence.ofMean(distance, 0, scale)},
                        explanation));
    }

    private double[] quotients(double[] direction, double step, boolean leader) {
        Simulator up = play.simulator(CentralDifference.moved(upper, direction, step));
        Simulator down = play.simulator(CentralDifference.moved(upper, direction, -step));
        double[] quotients = new double[Math.toIntExact(trajectories)];
        for (int i = 0; i < quotients.length; i++) {
            double change = tails(play.play(up, i), leader)[0] - tails(play.play(down, i), leader)[0];
            quotients[i] = change / (2 * step);
        }
        return quotients;
    }

    private double[] tails(PlayedTrajectory played, boolean leader) {
        return played.tails(leader, scene.problem().discount(), length);
    }
}
