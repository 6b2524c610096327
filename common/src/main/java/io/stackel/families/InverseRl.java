package io.stackel.families;

import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.BlockSource;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/**
 * Inverse reinforcement learning on a finite process: a reward model {@code r_x = phi . x} is learnt from the trajectories
 * of experts; see {@link io.stackel.problem.InverseProblem}.
 *
 * @param game a process of one agent, which starts where the experts start
 * @param features phi
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param experts what they did
 * @param trueReward S x B, or empty
 */
record InverseRl(
        MarkovGame game,
        RewardFeatures features,
        double entropyWeight,
        double regularization,
        ExpertVisits experts,
        double[] trueReward)
        implements FiniteInverse, LearntReward {

    /**
     * Generated: the worlds of {@link Preferences}, whose experts follow the true reward at the temperature tau, or are given
     * in a table. With a {@code task}, {@link TaskInverse}.
     */
    static final ProblemFamily FAMILY = new ProblemFamily(
            "inverse-rl",
            "a reward model learnt from the trajectories of experts",
            false,
            (settings, data) -> settings.has("task") ? TaskInverse.make(settings, data) : generate(settings, data),
            List.of(
                    TaskReward.TASK,
                    TaskReward.HIDDEN,
                    TaskReward.STATES,
                    TaskReward.ACTIONS,
                    Parameter.real(
                            "discount",
                            0.9,
                            Range.halfOpen(0, 1),
                            "Discount factor of the policy's objective and of the likelihood."),
                    Parameter.real(
                            "entropyWeight",
                            0.2,
                            Range.POSITIVE,
                            "Weight tau of the entropy in the policy's objective; also the temperature of the experts."),
                    RewardFeatures.FEATURES,
                    RewardFeatures.FEATURES_OF,
                    RewardFeatures.FEATURE_COUNT,
                    LearntReward.REGULARIZATION,
                    Parameter.choice(
                            "experts",
                            "drawn",
                            List.of("drawn", "expected"),
                            "Drawn trajectories, or the exact mean over all trajectories."),
                    Parameter.whole("trajectories", 200, Range.closed(1, 10_000_000), "Number of drawn trajectories."),
                    Parameter.whole(
                            "steps",
                            50,
                            Range.closed(1, 1_000_000),
                            "Steps after which a trajectory of an expert is cut off."),
                    Parameter.dataSet(
                            "table",
                            "Data set with trajectories of experts: features trajectory, step, state (on a task the"
                                    + " observation), label action."),
                    Parameter.whole(
                            "problemSeed",
                            0,
                            Range.FINITE,
                            "Seed of the random tables and experts; the run's seed does not change them.")));

    private static Problem generate(Settings settings, BlockSource data) {
        int states = settings.count("states");
        int actions = settings.count("actions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame process = random.process(states, actions, states, settings.real("discount"));
        double tau = settings.real("entropyWeight");
        String table = settings.text("table");
        double[] reward = table.isEmpty() ? random.uniform(UPPER_REWARD, states * actions) : new double[0];
        ExpertVisits experts = table.isEmpty()
                ? experts(settings, Experts.of(process, reward, tau, settings.count("steps")), random)
                : ExpertTable.ofProcess(data.open(table), table).visits(states, actions, process.discount());
        return of(
                process,
                RewardFeatures.of(settings, states, actions, random),
                tau,
                settings.real("regularization"),
                experts,
                reward);
    }

    private static ExpertVisits experts(Settings settings, Experts experts, RandomTables random) {
        return settings.text("experts").equals("drawn")
                ? experts.drawn(random, settings.count("trajectories"))
                : experts.expected();
    }

    /** The problem of experts in a process, whatever that process's own start is. */
    static InverseRl of(
            MarkovGame process,
            RewardFeatures features,
            double entropyWeight,
            double regularization,
            ExpertVisits experts,
            double[] trueReward) {
        MarkovGame game = new MarkovGame(
                process.states(),
                1,
                process.followerActions(),
                process.transitions(),
                experts.starts(),
                process.discount());
        return new InverseRl(game, features, entropyWeight, regularization, experts, trueReward);
    }
}
