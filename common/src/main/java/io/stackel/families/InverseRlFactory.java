package io.stackel.families;

import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.ClassicControl;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.BlockSource;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates {@link InverseRl}: the worlds of {@link PreferencesFactory}, whose experts follow the true reward at the
 * temperature tau, or are given in a table. With a {@code task}, builds {@link TaskInverse}.
 */
final class InverseRlFactory implements ProblemFactory {

    private static final double[] UNKNOWN = {};

    @Override
    public String name() {
        return "inverse-rl";
    }

    @Override
    public String summary() {
        return "a reward model learnt from the trajectories of experts";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                PreferencesFactory.TASK,
                PreferencesFactory.REWARD_HIDDEN,
                Parameter.whole("states", 10, Range.closed(1, 10_000), "number of states"),
                Parameter.whole("actions", 4, Range.closed(1, 1_000), "number of actions"),
                Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "discount of the policy and of the likelihood"),
                Parameter.real("entropyWeight", 0.2, Range.POSITIVE, "tau, the temperature of the experts too")));
        parameters.addAll(PreferencesFactory.FEATURES);
        parameters.addAll(List.of(
                Parameter.real(
                        "regularization", 0.001, Range.NON_NEGATIVE, "half of it times |x|^2 is added to the loss"),
                Parameter.choice(
                        "experts",
                        "drawn",
                        List.of("drawn", "expected"),
                        "trajectories that are drawn, or the mean over all with their probabilities"),
                Parameter.whole("trajectories", 200, Range.closed(1, 10_000_000), "number of drawn trajectories"),
                Parameter.whole("steps", 50, Range.closed(1, 1_000_000), "steps after which experts are cut"),
                Parameter.dataSet(
                        "table",
                        "URI of a data set with the features trajectory, step, state (on a task the components of the"
                                + " observation) and the label action, in place of generated experts; empty for none"),
                Parameter.whole(
                        "problemSeed", 0, Range.FINITE, "seed of tables and experts, apart from the run's seed")));
        return parameters;
    }

    @Override
    public Problem create(Settings settings) {
        return create(settings, BlockSource.none());
    }

    @Override
    public Problem create(Settings settings, BlockSource data) {
        return settings.has(PreferencesFactory.TASK.name()) ? task(settings, data) : world(settings, data);
    }

    private static Problem task(Settings settings, BlockSource data) {
        TaskReward reward = PreferencesFactory.taskReward(settings);
        String table = settings.text("table");
        int steps = settings.count("steps");
        if (table.isEmpty() && reward.task().task() != ClassicControl.CART_POLE) {
            throw new IllegalArgumentException("problem.table must be given for task: "
                    + reward.task().task().word() + ", of which no experts are known");
        }
        ExpertPaths experts = table.isEmpty()
                ? BalancingExperts.of(
                        reward.task(),
                        new RandomTables(settings.whole("problemSeed")),
                        settings.count("trajectories"),
                        steps)
                : TaskExpertTable.read(reward.task(), data.open(table), table, steps);
        return new TaskInverse(
                reward,
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("regularization"),
                experts);
    }

    private static Problem world(Settings settings, BlockSource data) {
        int states = settings.count("states");
        int actions = settings.count("actions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame process = random.process(states, actions, settings.real("discount"));
        double tau = settings.real("entropyWeight");
        String table = settings.text("table");
        double[] reward = table.isEmpty() ? random.uniform(UPPER_REWARD, states * actions) : UNKNOWN;
        ExpertVisits experts = table.isEmpty()
                ? generated(settings, Experts.of(process, reward, tau, settings.count("steps")), random)
                : ExpertTable.of(data.open(table), table).visits(states, actions, process.discount());
        return InverseRl.of(
                process,
                PreferencesFactory.features(settings, states, actions, random),
                tau,
                settings.real("regularization"),
                experts,
                reward);
    }

    private static ExpertVisits generated(Settings settings, Experts experts, RandomTables random) {
        return settings.text("experts").equals("drawn")
                ? experts.drawn(random, settings.count("trajectories"))
                : experts.expected();
    }
}
