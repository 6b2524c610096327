package io.stackel.families;

import io.stackel.exact.SoftOptimum;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.ExpertVisits;
import io.stackel.random.RandomStream;

/**
 * Experts of a known reward: they play its soft optimum for {@code steps} steps, where they are cut.
 *
 * @param game a process of one agent
 * @param policy of the experts, S x B
 * @param steps H, at least 1
 */
record Experts(MarkovGame game, double[] policy, int steps) {

    private static final double[] COLD = {};

    /**
     * Experts whose policy is optimal for a reward with entropy.
     *
     * @param reward S x B
     * @param entropyWeight tau, above 0: their temperature
     */
    static Experts of(MarkovGame game, double[] reward, double entropyWeight, int steps) {
        SoftOptimum best = SoftOptimum.solve(
                game.transitions(), reward, game.discount(), entropyWeight, SoftOptimum.TO_ROUNDING, COLD);
        return new Experts(game, best.policy(), steps);
    }

    /** The mean over all trajectories, each with its probability. */
    ExpertVisits expected() {
        int actions = game.followerActions();
        double[] occupancy = new double[policy.length];
        double[] now = game.start().clone();
        double power = 1;
        for (int t = 0; t < steps; t++) {
            double[] next = new double[game.states()];
            for (int cell = 0; cell < policy.length; cell++) {
                double share = now[cell / actions] * policy[cell];
                occupancy[cell] += power * share;
                game.transitions().addRow(cell, share, 0, next);
            }
            now = next;
            power *= game.discount();
        }
        double[] ends = new double[now.length];
        for (int s = 0; s < ends.length; s++) {
            ends[s] = power * now[s];
        }
        return new ExpertVisits(occupancy, game.start(), ends);
    }

    /**
     * The mean over drawn trajectories, each from a stream of its own.
     *
     * @param count at least 1
     */
    ExpertVisits drawn(RandomTables streams, int count) {
        int actions = game.followerActions();
        double[] occupancy = new double[policy.length];
        double[] starts = new double[game.states()];
        double[] ends = new double[game.states()];
        for (int i = 0; i < count; i++) {
            RandomStream random = streams.stream(RandomTables.Table.EXPERTS, i);
            int state = random.nextOutcome(game.start(), 0, game.states());
            starts[state] += 1.0 / count;
            double power = 1.0 / count;
            for (int t = 0; t < steps && state < game.states(); t++) {
                int cell = state * actions + random.nextOutcome(policy, state * actions, actions);
                occupancy[cell] += power;
                power *= game.discount();
                state = game.transitions().draw(cell, random);
            }
            if (state < game.states()) {
                ends[state] += power;
            }
        }
        return new ExpertVisits(occupancy, starts, ends);
    }
}
