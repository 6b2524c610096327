package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.TRANSITION;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.Arrays;
import java.util.List;

/** Generates {@link Stackelberg}: Dirichlet(1) transitions, rewards uniform on [0, 1), a uniform start. */
final class StackelbergFactory implements ProblemFactory {

    @Override
    public String name() {
        return "stackelberg";
    }

    @Override
    public String summary() {
        return "a leader's policy in a random Markov game against a best-responding follower";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("states", 100, Range.closed(1, 10_000), "number of states"),
                Parameter.whole("leaderActions", 5, Range.closed(1, 1_000), "number of the leader's actions"),
                Parameter.whole("followerActions", 5, Range.closed(1, 1_000), "number of the follower's actions"),
                Parameter.real("discount", 0.95, Range.halfOpen(0, 1), "discount of both players"),
                Parameter.real("entropyWeight", 0.1, Range.NON_NEGATIVE, "tau, in units of reward"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the tables, apart from the run's seed"));
    }

    @Override
    public Problem create(Settings settings) {
        int states = settings.count("states");
        int leaderActions = settings.count("leaderActions");
        int followerActions = settings.count("followerActions");
        int cells = RandomTables.cells(states, leaderActions, followerActions);
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        double[] start = new double[states];
        Arrays.fill(start, 1.0 / states);
        MarkovGame game = new MarkovGame(
                states,
                leaderActions,
                followerActions,
                random.flatDirichlet(TRANSITION, cells, states),
                start,
                settings.real("discount"));
        return new Stackelberg(
                game,
                random.uniform(LOWER_REWARD, cells),
                random.uniform(UPPER_REWARD, cells),
                settings.real("entropyWeight"));
    }
}
