package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.math.VectorMath;
import io.stackel.problem.Simulator;
import io.stackel.problem.TrajectoryProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    private final CheckedContext<TrajectoryProblem> scene;
    private final Playthrough play;
    private final double[] upper;
    private final double[] direction;

    SimulatorContract(CheckedContext<TrajectoryProblem> scene) {
        this.scene = scene;
        play = new Playthrough(scene, scene.rule().horizon());
        upper = scene.upper().values();
        direction = scene.random().normal(Use.UPPER, 0, upper.length);
    }

    /** Makes all checks; whether every number was finite. */
    boolean check() {
        Simulator first = play.simulator(upper);
        List<PlayedTrajectory> logs = IntStream.range(0, TRAJECTORIES)
                .mapToObj(i -> play.play(first, i))
                .toList();
        long notFinite =
                logs.stream().mapToLong(log -> log.notFinite(direction)).sum();
        add(
                "simulator repeats its trajectories",
                unlike(first, logs) + unlike(play.simulator(upper), logs),
                "trajectories that differ when played again with the same streams, by the same simulator and by a new"
                        + " one, in another order");
        add(
                "simulator's numbers are finite",
                notFinite,
                "observations, rewards, gradients and scores that are infinite or not numbers");
        scene.results().add(rewardGradients(logs));
        add(
                "simulator's trajectories move with scores",
                movedWithoutScore(logs),
                "trajectories that change when x moves, with the same streams, although no step had a score: the"
                        + " upper variable enters draws or dynamics, and Step.upperScore must say how");
        return notFinite == 0;
    }

    private void add(String name, long count, String explanation) {
        scene.results().add(new Finding(name + scene.where(), count, 0, explanation));
    }

    private long unlike(Simulator simulator, List<PlayedTrajectory> logs) {
        long count = 0;
        for (int i = TRAJECTORIES - 1; i >= 0; i--) {
            count += play.play(simulator, i).isSame(logs.get(i), direction) ? 0 : 1;
        }
        return count;
    }

    /** A trajectory that ends early at a moved x pays nothing more. */
    private Finding rewardGradients(List<PlayedTrajectory> logs) {
        WorstError errors = new WorstError("simulator's reward gradients in x" + scene.where());
        int length = 2 * play.horizon();
        for (int i = 0; i < DIFFERENTIATED; i++) {
            int trajectory = i;
            PlayedTrajectory log = logs.get(i);
            double[] noise = new double[length];
            Arrays.fill(noise, REWARD_ROUNDING * VectorMath.maxAbs(log.rewards()));
            CentralDifference difference = CentralDifference.along(
                    x -> Arrays.copyOf(play.play(play.simulator(x), trajectory).rewards(), length),
                    upper,
                    direction,
                    noise);
            double[] derivatives = log.derivatives(direction);
            for (int k = 0; k < derivatives.length; k++) {
                errors.add(derivatives[k], difference.value()[k], difference.bound()[k]);
            }
        }
        return errors.finding();
    }

    private long movedWithoutScore(List<PlayedTrajectory> logs) {
        boolean scored = logs.stream()
                .flatMapToDouble(log -> Arrays.stream(log.scores(direction)))
                .anyMatch(score -> score != 0);
        long moved = 0;
        Simulator other = play.simulator(CentralDifference.moved(upper, direction, WIDE));
        for (int i = 0; i < TRAJECTORIES && !scored; i++) {
            moved += play.play(other, i).hasPathOf(logs.get(i)) ? 0 : 1;
        }
        return moved;
    }
}
