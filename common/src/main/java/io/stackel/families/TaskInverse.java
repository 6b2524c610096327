package io.stackel.families;

import io.stackel.math.Logistic;
import io.stackel.math.VectorMath;
import io.stackel.mdp.ClassicControl;
import io.stackel.mdp.Environment;
import io.stackel.problem.BlockSource;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.Settings;
import io.stackel.problem.TaskExperts;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Inverse reinforcement learning on a classic control task; see {@link io.stackel.problem.InverseProblem}.
 *
 * @param reward r_x
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param experts what they did
 */
record TaskInverse(TaskReward reward, double discount, double entropyWeight, double regularization, ExpertPaths experts)
        implements TaskExperts, LearntTask {

    private static final double[] NO_STATES = {};
    private static final double[] GAINS = {1, 2, 4, 5};
    private static final double STEEPNESS = 10;

    /** On the task of the settings, whose experts balance a pole or are given in a table. */
    static TaskInverse make(Settings settings, BlockSource data) {
        TaskReward reward = TaskReward.of(settings);
        ScaledTask task = reward.task();
        String table = settings.text("table");
        int steps = settings.count("steps");
        if (table.isEmpty() && task.task() != ClassicControl.CART_POLE) {
            throw new IllegalArgumentException(
                    "problem.table must be given for task: " + task.task().word() + ", of which no experts are known");
        }
        RandomTables streams = new RandomTables(settings.whole("problemSeed"));
        return new TaskInverse(
                reward,
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("regularization"),
                table.isEmpty()
                        ? balancing(task, streams, settings.count("trajectories"), steps)
                        : ExpertTable.ofTask(task, data.open(table), table).paths(task, steps));
    }

    /**
     * Experts of CartPole's own reward, which pays 1 a step until the pole falls: a policy that never falls is optimal. They
     * push to the right with probability {@code s( 10 (x + 2 v + 4 angle + 5 angular speed) )} of the scaled observation,
     * which lets no pole fall. Each trajectory has a stream of its own.
     */
    private static ExpertPaths balancing(ScaledTask task, RandomTables streams, int trajectories, int horizon) {
        int size = task.size();
        int width = size + 1;
        int[] lengths = new int[trajectories];
        double[] observations = new double[Math.multiplyExact(Math.multiplyExact(trajectories, horizon), width)];
        double[] actions = new double[trajectories * horizon];
        double[] observation = new double[size];
        double[] action = new double[1];
        Environment environment = task.task().open();
        int step = 0;
        double total = 0;
        for (int i = 0; i < trajectories; i++) {
            RandomStream random = streams.stream(RandomTables.Table.EXPERTS, i);
            environment.start(random);
            boolean running = true;
            while (running && lengths[i] < horizon) {
                task.observe(environment, observation);
                System.arraycopy(observation, 0, observations, step * width, size);
                observations[step * width + size] = 1;
                action[0] = random.nextDouble() < preference(observation) ? 1 : 0;
                actions[step++] = action[0];
                total += environment.step(action);
                lengths[i]++;
                running = !environment.terminated();
            }
        }
        return new ExpertPaths(
                horizon,
                lengths,
                Arrays.copyOf(observations, step * width),
                Arrays.copyOf(actions, step),
                OptionalDouble.of(total / trajectories));
    }

    private static double preference(double[] observation) {
        double sum = 0;
        for (int i = 0; i < GAINS.length; i++) {
            sum += GAINS[i] * observation[i];
        }
        return Logistic.of(STEEPNESS * sum);
    }

    @Override
    public void addExpertGradient(DenseVector upper, double weight, double[] into) {
        int steps = experts.steps();
        int inputs = reward.network().inputs();
        TaskReward.Pass pass = reward.at(upper.values());
        double[] features = new double[Math.multiplyExact(steps, inputs)];
        for (int t = 0; t < steps; t++) {
            pass.writeFeatures(
                    experts.observations(),
                    t * observationSize(),
                    experts.actions(),
                    t * actionSize(),
                    features,
                    t * inputs);
        }
        pass.addGradients(features, steps, VectorMath.scaled(weight, experts.weights(discount)), into);
    }

    @Override
    public double[] ends() {
        return NO_STATES;
    }
}
