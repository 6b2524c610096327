package io.stackel.check;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/** Plays a simulator with uniform actions of the follower and shows every step. */
final class Playthrough {

    /** Is shown what happens. */
    interface Witness {

        /** A trajectory begins. */
        void started(double[] observation);

        /**
         * A step was played.
         *
         * @param before the observation before it
         * @param after the observation after it; without meaning if the step terminated
         */
        void stepped(double[] before, int action, Step step, double[] after);
    }

    private final TrajectoryProblem problem;
    private final long seed;
    private final int horizon;

    /**
     * A way to play.
     *
     * @param seed of the draws
     * @param horizon after which a trajectory is cut
     */
    Playthrough(TrajectoryProblem problem, long seed, int horizon) {
        this.problem = problem;
        this.seed = seed;
        this.horizon = horizon;
    }

    /** Plays trajectories 0 to {@code trajectories} - 1; actions and environment have streams apart. */
    void play(DenseVector upper, int context, long trajectories, Witness witness) {
        Simulator simulator = problem.simulator(upper, context);
        double[] before = new double[problem.observationSize()];
        double[] after = new double[problem.observationSize()];
        Step step = new Step();
        for (long i = 0; i < trajectories; i++) {
            RandomStream environment = RandomStream.at(seed, Purpose.CHECK, Directions.ENVIRONMENT, i, context, 0);
            RandomStream actions = RandomStream.at(seed, Purpose.CHECK, Directions.ACTIONS, i, context, 0);
            simulator.start(environment);
            simulator.observe(after);
            witness.started(after);
            boolean running = true;
            for (int t = 0; t < horizon && running; t++) {
                System.arraycopy(after, 0, before, 0, before.length);
                int action = actions.nextInt(problem.actions());
                step.clear();
                simulator.step(action, environment, step);
                running = !step.terminated();
                if (running) {
                    simulator.observe(after);
                }
                witness.stepped(before, action, step, after);
            }
        }
    }
}
