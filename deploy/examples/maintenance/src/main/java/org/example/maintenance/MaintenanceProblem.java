package org.example.maintenance;

import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A firm (the leader) pays a bonus x for the wear that maintenance removes; a worker (the follower) runs a machine or maintains it.
 *
 * <pre>
 *   wear w in [0, 1] grows by up to .2 with each run; a run breaks the machine with probability w^2
 *   run:       worker  .5 if it did not break, else 0            firm  1 if it did not break, else -breakdownCost
 *   maintain:  worker  x w - effort                              firm  -x w
 *   a machine that was maintained or repaired is new: w = 0
 * </pre>
 *
 * <p>The firm minimises f(x) = -E sum_t discount^t (its rewards), where the worker does what is best for himself.
 *
 * <p>This is a {@link TrajectoryProblem}: a follower in an environment that can be sampled. Other doors: with tables of all
 * states and actions implement {@code FiniteProblem} (exact values and checks come with it), with rows of data in place of
 * trajectories {@code DataProblem}.
 *
 * <p>A record, because a problem must not change after it was made: all threads of an executor share one.
 *
 * @param breakdownCost of the firm, at least 0
 * @param effort of maintenance, at least 0
 * @param entropyWeight tau: how much the worker likes to vary what he does
 */
record MaintenanceProblem(double breakdownCost, double effort, double entropyWeight) implements TrajectoryProblem {

    private static final int MAINTAIN = 1;

    /** How many numbers x has. A run starts at zeros; override {@code upperStart} for another start. */
    @Override
    public int upperSize() {
        return 1;
    }

    /** Actions are numbered 0 ... actions() - 1: run, maintain. */
    @Override
    public int actions() {
        return 2;
    }

    /** The length of what {@link Machine#observe} writes. If that is the number of a state, override {@code states} too. */
    @Override
    public int observationSize() {
        return 3;
    }

    @Override
    public double discount() {
        return 0.95;
    }

    /** One environment for one thread, at this x. Problems with goals or types use the context; here there is one. */
    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Machine(upper.apply(0));
    }

    private final class Machine implements Simulator {

        private final double bonus;
        private double wear;

        Machine(double bonus) {
            this.bonus = bonus;
        }

        /** Begins an episode. All randomness comes from the stream that is given: never from a generator of your own. */
        @Override
        public void start(RandomStream random) {
            wear = 0.5 * random.nextDouble();
        }

        /** What the follower's policy sees; a linear policy wants a constant among it. */
        @Override
        public void observe(double[] into) {
            into[0] = 1;
            into[1] = wear;
            into[2] = wear * wear;
        }

        /**
         * One step: rewards of both, and the gradients in x of whatever has x in it. What was not set is zero.
         *
         * <p>Here x enters the rewards alone. Where it enters the chances, as in P_x(next state) or the leader's own random
         * action, add the gradient of the logarithm of that chance to {@code into.upperScore()}.
         */
        @Override
        public void step(int action, RandomStream random, Step into) {
            if (action == MAINTAIN) {
                into.rewards(bonus * wear - effort, -bonus * wear);
                into.lowerRewardGradient().add(0, wear);
                into.upperRewardGradient().add(0, -wear);
                wear = 0;
            } else if (random.nextDouble() < wear * wear) {
                wear = 0;
                into.rewards(0, -breakdownCost);
            } else {
                // StrictMath for exp, log and the like: Math differs between machines, and so would the results.
                wear = Math.min(1, wear + 0.2 * random.nextDouble());
                into.rewards(0.5, 1);
            }
            // An episode that ends by itself calls into.terminate(); a time limit is sampling.horizon and no end.
        }
    }
}
