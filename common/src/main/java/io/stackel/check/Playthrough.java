package io.stackel.check;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Plays a simulator with uniform, or standard normal, actions of the follower and shows every step. Actions and environment draw from streams
 * apart, addressed by context and trajectory: the same trajectory at another upper variable sees the same random numbers.
 * A component that the simulator does not observe is not a number.
 */
final class Playthrough {

    /** Is shown what happens. */
    interface Witness {

        /** Called before the first step of a trajectory. */
        void started(double[] observation);

        /**
         * Called after every step.
         *
         * @param before the observation before it
         * @param after the observation after it; without meaning if the step terminated
         */
        void stepped(double[] before, double[] action, Step step, double[] after);
    }

    private final TrajectoryProblem problem;
    private final long seed;
    private final int context;
    private final int horizon;

    /**
     * Plays the problem by these seeds, in one context.
     *
     * @param seed of the draws
     * @param horizon after which a trajectory is cut
     */
    Playthrough(TrajectoryProblem problem, long seed, int context, int horizon) {
        this.problem = problem;
        this.seed = seed;
        this.context = context;
        this.horizon = horizon;
    }

    /** A new simulator at an upper variable. */
    Simulator simulator(double[] upper) {
        return problem.simulator(new DenseVector(upper), context);
    }

    /** Plays trajectories {@code from}, {@code from} + 1, ..., {@code to} - 1. */
    void play(Simulator simulator, long from, long to, Witness witness) {
        for (long i = from; i < to; i++) {
            play(simulator, i, witness);
        }
    }

    private void play(Simulator simulator, long trajectory, Witness witness) {
        RandomStream environment = RandomStream.at(seed, Purpose.CHECK, Directions.ENVIRONMENT, trajectory, context, 0);
        RandomStream actions = RandomStream.at(seed, Purpose.CHECK, Directions.ACTIONS, trajectory, context, 0);
        double[] before = new double[problem.observationSize()];
        double[] after = new double[problem.observationSize()];
        double[] action = new double[problem.actionSize()];
        Step step = new Step();
        simulator.start(environment);
        Arrays.fill(after, Double.NaN);
        simulator.observe(after);
        witness.started(after);
        boolean running = true;
        for (int t = 0; t < horizon && running; t++) {
            System.arraycopy(after, 0, before, 0, before.length);
            draw(actions, action);
            step.clear();
            simulator.step(action, environment, step);
            running = !step.terminated();
            if (running) {
                Arrays.fill(after, Double.NaN);
                simulator.observe(after);
            }
            witness.stepped(before, action, step, after);
        }
    }

    /** A number, uniform, or a vector of standard normal components. */
    private void draw(RandomStream random, double[] into) {
        if (problem.actions() > 0) {
            into[0] = random.nextInt(problem.actions());
            return;
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = random.nextGaussian();
        }
    }
}
