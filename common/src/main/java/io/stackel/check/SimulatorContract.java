package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.problem.Simulator;
import io.stackel.problem.TrajectoryProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every simulator has to keep, on a few trajectories in one context: the same streams give the same trajectory,
 * whatever was played before; numbers are finite; reward gradients are the derivatives of the rewards along the
 * trajectory; and where the upper variable moves a trajectory, there are scores.
 *
 * <p>Rewards are differentiated with the random numbers and actions held fixed. Where the upper variable enters draws, a
 * draw may flip between x - h v and x + h v; it no longer does for a small enough h, and central differences keep the
 * step with the least error. A reward may be rounded by 64 units in the last place of the largest reward.
 */
final class SimulatorContract {

    private static final int TRAJECTORIES = 16;
    private static final int DIFFERENTIATED = 4;
    private static final double WIDE = 0x1.0p-6;
    private static final double REWARD_ROUNDING = 64 * CentralDifference.ROUNDING;

    private final Playthrough play;
    private final double[] upper;
    private final double[] direction;
    private final int horizon;
    private final String where;
    private long notFinite;

    SimulatorContract(
            TrajectoryProblem problem, int context, CheckPoint at, CheckRule rule, Directions random, String where) {
        this.where = where;
        horizon = rule.horizon();
        play = new Playthrough(problem, rule.seed(), context, horizon);
        upper = at.upper().values();
        direction = random.normal(Use.UPPER, 0, upper.length);
    }

    List<Finding> check() {
        Simulator first = play.simulator(upper);
        List<TrajectoryLog> logs = new ArrayList<>();
        for (int i = 0; i < TRAJECTORIES; i++) {
            TrajectoryLog log = log(first, i);
            logs.add(log);
            notFinite += log.notFinite();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "simulator repeats its trajectories" + where,
                unlike(first, logs) + unlike(play.simulator(upper), logs),
                0,
                "trajectories that differ when played again with the same streams, by the same simulator and by a new"
                        + " one, in another order"));
        findings.add(new Finding(
                "simulator's numbers are finite" + where,
                notFinite,
                0,
                "observations, rewards, gradients and scores that are infinite or not numbers"));
        findings.add(rewardGradients(logs));
        findings.add(new Finding(
                "simulator's trajectories move with scores" + where,
                movedWithoutScore(logs),
                0,
                "trajectories that change when x moves, with the same streams, although no step had a score: the"
                        + " upper variable enters draws or dynamics, and Step.upperScore must say how"));
        return findings;
    }

    /** After {@link #check}: whether every number was finite. */
    boolean isFinite() {
        return notFinite == 0;
    }

    private TrajectoryLog log(Simulator simulator, int trajectory) {
        TrajectoryLog log = new TrajectoryLog(direction, horizon);
        play.play(simulator, trajectory, trajectory + 1L, log);
        return log;
    }

    private long unlike(Simulator simulator, List<TrajectoryLog> logs) {
        long count = 0;
        for (int i = TRAJECTORIES - 1; i >= 0; i--) {
            count += log(simulator, i).isSame(logs.get(i)) ? 0 : 1;
        }
        return count;
    }

    private Finding rewardGradients(List<TrajectoryLog> logs) {
        WorstError errors = new WorstError("simulator's reward gradients in x" + where);
        for (int i = 0; i < DIFFERENTIATED; i++) {
            int trajectory = i;
            TrajectoryLog log = logs.get(i);
            double[] noise = new double[2 * horizon];
            Arrays.fill(noise, REWARD_ROUNDING * VectorMath.maxAbs(log.rewards()));
            CentralDifference difference = CentralDifference.along(
                    x -> log(play.simulator(x), trajectory).rewards(), upper, direction, noise);
            for (int k = 0; k < 2 * log.steps(); k++) {
                errors.add(
                        log.derivatives()[k], difference.value()[k], difference.bound()[k]);
            }
        }
        return errors.finding();
    }

    private long movedWithoutScore(List<TrajectoryLog> logs) {
        boolean scored = logs.stream().anyMatch(TrajectoryLog::isScored);
        long moved = 0;
        Simulator other = play.simulator(CentralDifference.moved(upper, direction, WIDE));
        for (int i = 0; i < TRAJECTORIES && !scored; i++) {
            moved += log(other, i).hasPathOf(logs.get(i)) ? 0 : 1;
        }
        return moved;
    }
}
