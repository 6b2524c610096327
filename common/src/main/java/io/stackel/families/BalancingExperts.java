package io.stackel.families;

import io.stackel.math.Logistic;
import io.stackel.mdp.Environment;
import io.stackel.problem.ExpertPaths;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Experts of CartPole's own reward, which pays 1 a step until the pole falls: a policy that never falls is optimal. They push to the
 * right with probability {@code s( 10 (x + 2 v + 4 angle + 5 angular speed) )} of the scaled observation, which lets no pole
 * fall.
 */
final class BalancingExperts {

    private static final double[] GAINS = {1, 2, 4, 5};
    private static final double STEEPNESS = 10;

    private BalancingExperts() {}

    /**
     * Trajectories, each from a stream of its own.
     *
     * @param task CartPole
     * @param horizon steps after which they are cut
     */
    static ExpertPaths of(ScaledTask task, RandomTables streams, int trajectories, int horizon) {
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
}
