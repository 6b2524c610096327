package io.stackel.families;

import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PairRule;
import io.stackel.problem.Parameter;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Reinforcement learning from preferences on a finite process: a reward model {@code r_x = phi . x} is learnt from labelled
 * pairs of segments, and a policy is optimal for it; see {@link PreferenceProblem}.
 *
 * <p>Source: Shen, Yang, Chen, Principled penalty-based methods for bilevel reinforcement learning and RLHF, JMLR 26 (114),
 * 2025, section 6.2, on finite worlds instead of simulated robots.
 *
 * @param game a process of one agent
 * @param trueReward S x B
 * @param features phi
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param objective what the upper level minimises
 * @param pairs how pairs are cut and labelled
 * @param protocol how pairs are gathered
 * @param given pairs that were labelled elsewhere
 * @param known what is known beside the given pairs
 */
record Preferences(
        MarkovGame game,
        double[] trueReward,
        RewardFeatures features,
        double entropyWeight,
        double regularization,
        PairObjective objective,
        PairRule pairs,
        PreferenceProtocol protocol,
        PreferencePairs given,
        Known known)
        implements FinitePreferences, LearntReward {

    private static final String OBJECTIVE = "objective";

    /** How pairs are gathered unless settings say otherwise. */
    static final PreferenceProtocol USUAL = new PreferenceProtocol(576, 500, 16, 3000);

    /**
     * Generated: Dirichlet(1/2) transitions, true rewards uniform on [0, 1), a Dirichlet(1) start; linear features are normal
     * numbers of variance 1/d. With a {@code task}, {@link TaskPreferences}.
     */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "preferences",
            "a reward model learnt from labelled pairs of segments, and the policy that is optimal for it",
            Preferences::generate,
            TaskReward.TASK,
            TaskReward.HIDDEN,
            TaskReward.STATES,
            TaskReward.ACTIONS,
            Parameter.real(
                    "discount",
                    0.9,
                    Range.halfOpen(0, 1),
                    "Discount factor of the policy's objective and of the true return."),
            Parameter.real(
                    "entropyWeight",
                    0.2,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the policy's objective, in units of the learnt reward."),
            RewardFeatures.FEATURES,
            RewardFeatures.FEATURES_OF,
            RewardFeatures.FEATURE_COUNT,
            LearntReward.REGULARIZATION,
            Parameter.choice(
                    OBJECTIVE,
                    "cross-entropy",
                    PairObjective.names(),
                    "What x minimises: the loss on pairs, the same without the labels' noise, or minus the share won"
                            + " against the first policy."),
            Parameter.whole("segmentLength", 8, Range.closed(1, 10_000), "Steps of a segment."),
            Parameter.whole(
                    "latestStart",
                    0,
                    Range.closed(0, 10_000),
                    "Latest step of a trajectory at which a segment may start."),
            Parameter.real(
                    "temperature",
                    1,
                    Range.NON_NEGATIVE,
                    "Temperature of the labels, in units of the true reward; 0 labels without chance."),
            Parameter.real("noise", 0, Range.closed(0, 0.5), "Probability that a label is flipped."),
            Parameter.choice(
                    "labels",
                    "drawn",
                    List.of("drawn", "expected"),
                    "Labels of 0 or 1, drawn, or their probabilities."),
            Parameter.whole(
                    "initialPairs",
                    USUAL.initialPairs(),
                    Range.closed(0, 1_000_000),
                    "Pairs that are labelled before the first iteration."),
            Parameter.whole(
                    "warmUpEpochs",
                    USUAL.warmUpEpochs(),
                    Range.closed(0, 1_000_000),
                    "Steps of the reward model on the initial pairs, before the first iteration."),
            Parameter.whole(
                    "newPairs",
                    USUAL.newPairs(),
                    Range.closed(0, 1_000_000),
                    "Pairs that are labelled in each outer iteration."),
            Parameter.whole(
                    "keptPairs",
                    USUAL.keptPairs(),
                    Range.closed(1, 1_000_000),
                    "Newest pairs that are kept to train the reward model."),
            Parameter.whole(
                    "problemSeed", 0, Range.FINITE, "Seed of the random tables; the run's seed does not change them."));

    /** What is known beside labelled pairs. */
    enum Known {
        /** Nothing: the process stands for none, and only the loss on the pairs has a meaning. */
        PAIRS,
        /** The process, in which policies are learnt; the true reward is zero for none. */
        PROCESS,
        /** The process and the true reward. */
        REWARD
    }

    private static PreferenceProblem generate(Settings settings) {
        double discount = settings.real("discount");
        double entropyWeight = settings.real("entropyWeight");
        double regularization = settings.real("regularization");
        PairRule pairs = new PairRule(
                settings.count("segmentLength"),
                settings.count("latestStart"),
                settings.real("temperature"),
                settings.real("noise"),
                settings.text("labels").equals("drawn"));
        PreferenceProtocol protocol = new PreferenceProtocol(
                settings.count("initialPairs"),
                settings.count("warmUpEpochs"),
                settings.count("newPairs"),
                settings.count("keptPairs"));
        PairObjective objective = PairObjective.named(settings.text(OBJECTIVE));
        if (settings.has("task")) {
            if (objective != PairObjective.CROSS_ENTROPY) {
                throw new IllegalArgumentException(
                        "problem.objective must be cross-entropy on a task, but was " + objective);
            }
            return new TaskPreferences(
                    TaskReward.of(settings), discount, entropyWeight, regularization, pairs, protocol);
        }
        int states = settings.count("states");
        int actions = settings.count("actions");
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        return new Preferences(
                random.process(states, actions, states, discount),
                random.uniform(UPPER_REWARD, states * actions),
                RewardFeatures.of(settings, states, actions, random),
                entropyWeight,
                regularization,
                objective,
                pairs,
                protocol,
                PreferencePairs.none(pairs.segmentLength(), 1),
                Known.REWARD);
    }

    @Override
    public boolean labelsPairs() {
        return known == Known.REWARD;
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(trueReward, 0, into, 0, trueReward.length);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
