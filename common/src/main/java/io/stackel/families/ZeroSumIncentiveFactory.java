package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/**
 * Generates {@link ZeroSumIncentive}: Dirichlet(1/2) transitions, payoffs uniform on [-1, 1), the designer's rewards
 * uniform on [0, 1), a Dirichlet(1) start.
 */
final class ZeroSumIncentiveFactory implements ProblemFactory {

    @Override
    public String name() {
        return "zero-sum-incentive";
    }

    @Override
    public String summary() {
        return "an incentive on the joint actions of a random zero-sum Markov game, to steer its equilibrium";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("states", 10, Range.closed(1, 10_000), "number of states"),
                Parameter.whole("firstActions", 4, Range.closed(1, 200), "number of the first player's actions"),
                Parameter.whole("secondActions", 4, Range.closed(1, 200), "number of the second player's actions"),
                Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "discount of players and designer"),
                Parameter.real("entropyWeight", 0.2, Range.NON_NEGATIVE, "tau of both players, in units of payoff"),
                Parameter.real("cost", 0.05, Range.NON_NEGATIVE, "half of it times the squared incentive is paid"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the tables, apart from the run's seed"));
    }

    @Override
    public Problem create(Settings settings) {
        int states = settings.count("states");
        int firstActions = settings.count("firstActions");
        int joint = firstActions * settings.count("secondActions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = random.process(states, joint, settings.real("discount"));
        double[] payoff = random.uniform(LOWER_REWARD, states * joint);
        for (int i = 0; i < payoff.length; i++) {
            payoff[i] = 2 * payoff[i] - 1;
        }
        return new ZeroSumIncentive(
                game,
                firstActions,
                payoff,
                random.uniform(UPPER_REWARD, states * joint),
                settings.real("entropyWeight"),
                settings.real("cost"));
    }
}
