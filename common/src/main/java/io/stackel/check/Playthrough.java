package io.stackel.check;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Plays a simulator in one context, by default with uniform, or standard normal, actions of the follower. Actions and
 * environment draw from streams apart, addressed by context and trajectory: the same trajectory at another upper variable
 * sees the same random numbers. A component that the simulator does not observe is not a number.
 *
 * @param horizon after which a trajectory is cut
 */
record Playthrough(CheckedContext<?> scene, int horizon) {

    /** Chooses the follower's actions. */
    interface Player {
        void act(double[] observation, double[] into);
    }

    /** A new simulator at an upper variable. */
    Simulator simulator(double[] upper) {
        return scene.problem().simulator(new DenseVector(upper), scene.context());
    }

    /** Plays a trajectory by its number. */
    PlayedTrajectory play(Simulator simulator, long trajectory) {
        RandomStream actions = stream(Directions.ACTIONS, trajectory);
        return play(simulator, stream(Directions.ENVIRONMENT, trajectory), (observation, into) -> draw(actions, into));
    }

    private RandomStream stream(int estimand, long trajectory) {
        return RandomStream.at(scene.rule().seed(), Purpose.CHECK, estimand, trajectory, scene.context(), 0);
    }

    /** Plays a trajectory with the actions of a player. */
    PlayedTrajectory play(Simulator simulator, RandomStream environment, Player player) {
        TrajectoryProblem problem = scene.problem();
        List<PlayedTrajectory.Move> moves = new ArrayList<>();
        simulator.start(environment);
        double[] start = observe(simulator);
        double[] before = start;
        boolean running = true;
        for (int t = 0; t < horizon && running; t++) {
            double[] action = new double[problem.actionSize()];
            player.act(before, action);
            Step step = new Step();
            simulator.step(action, environment, step);
            running = !step.terminated();
            double[] after = running ? observe(simulator) : before;
            moves.add(new PlayedTrajectory.Move(before, action, step, after));
            before = after;
        }
        return new PlayedTrajectory(start, moves);
    }

    private double[] observe(Simulator simulator) {
        double[] observation = new double[scene.problem().observationSize()];
        Arrays.fill(observation, Double.NaN);
        simulator.observe(observation);
        return observation;
    }

    /** A number, uniform, or a vector of standard normal components. */
    private void draw(RandomStream random, double[] into) {
        int actions = scene.problem().actions();
        if (actions > 0) {
            into[0] = random.nextInt(actions);
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = random.nextGaussian();
        }
    }
}
