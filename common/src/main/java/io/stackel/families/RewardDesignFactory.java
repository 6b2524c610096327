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

/** Generates {@link RewardDesign}: Dirichlet(1/2) transitions, rewards uniform on [0, 1), a Dirichlet(1) start. */
final class RewardDesignFactory implements ProblemFactory {

    @Override
    public String name() {
        return "reward-design";
    }

    @Override
    public String summary() {
        return "a bonus on the follower's state-actions, at a quadratic cost, in a random decision process";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("states", 20, Range.closed(1, 10_000), "number of states"),
                Parameter.whole("actions", 4, Range.closed(1, 1_000), "number of the follower's actions"),
                Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "discount of both players"),
                Parameter.real("entropyWeight", 0.2, Range.NON_NEGATIVE, "tau, in units of reward"),
                Parameter.real("cost", 0.05, Range.NON_NEGATIVE, "half of it times the squared bonus is paid"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the tables, apart from the run's seed"));
    }

    @Override
    public Problem create(Settings settings) {
        int states = settings.count("states");
        int actions = settings.count("actions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = random.process(states, actions, settings.real("discount"));
        return new RewardDesign(
                game,
                random.uniform(LOWER_REWARD, states * actions),
                random.uniform(UPPER_REWARD, states * actions),
                settings.real("entropyWeight"),
                settings.real("cost"));
    }
}
