package io.stackel.families;

import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Activation;
import io.stackel.policy.Network;
import io.stackel.problem.PairRule;
import io.stackel.problem.Parameter;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/**
 * Generates {@link Preferences}: Dirichlet(1/2) transitions, true rewards uniform on [0, 1), a Dirichlet(1) start; linear
 * features are normal numbers of variance 1/d. With a {@code task}, builds {@link TaskPreferences}.
 */
final class PreferencesFactory implements ProblemFactory {

    private static final String ONE_HOT = "one-hot";
    private static final String LINEAR = "linear";
    private static final String STATES = "states";
    private static final String ACTIONS = "actions";

    private static final String PRODUCTS = "products";

    /** What the reward model is linear in. */
    static final List<Parameter> FEATURES = List.of(
            Parameter.choice(
                    "features",
                    ONE_HOT,
                    List.of(ONE_HOT, LINEAR, PRODUCTS),
                    "what the reward is a function of: one-hot or linear on a world; on a task the components of the"
                            + " observation, or also their products"),
            Parameter.choice(
                    "featuresOf", "both", List.of(STATES, ACTIONS, "both"), "what the reward model can tell apart"),
            Parameter.whole("featureCount", 8, Range.closed(1, 10_000), "number d of linear features"));

    /** A control task in the place of a random world. */
    static final Parameter TASK = Parameter.choice(
                    "task", "cart-pole", ScaledTask.words(), "a control task, in the place of a random world")
            .optional();

    /** The reward model on a task. */
    static final Parameter REWARD_HIDDEN = Parameter.wholes(
                    "rewardHidden",
                    List.of(),
                    Range.closed(1, 10_000),
                    "tanh units of each hidden layer of the reward model of a task; none if it is linear")
            .optional();

    @Override
    public String name() {
        return "preferences";
    }

    @Override
    public String summary() {
        return "a reward model learnt from labelled pairs of segments, and the policy that is optimal for it";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                TASK,
                REWARD_HIDDEN,
                Parameter.whole(STATES, 10, Range.closed(1, 10_000), "number of states"),
                Parameter.whole(ACTIONS, 4, Range.closed(1, 1_000), "number of actions"),
                Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "discount of the policy and of the true return"),
                Parameter.real("entropyWeight", 0.2, Range.NON_NEGATIVE, "tau, in units of the learnt reward"),
                FEATURES.get(0),
                FEATURES.get(1),
                FEATURES.get(2),
                Parameter.real(
                        "regularization", 0.001, Range.NON_NEGATIVE, "half of it times |x|^2 is added to the loss"),
                Parameter.whole("segmentLength", 8, Range.closed(1, 10_000), "steps of a segment"),
                Parameter.whole("latestStart", 0, Range.closed(0, 10_000), "latest first step of a segment"),
                Parameter.real("temperature", 1, Range.NON_NEGATIVE, "of the labels, in units of the true reward"),
                Parameter.real("noise", 0, Range.closed(0, 0.5), "probability that a label is turned round"),
                Parameter.choice(
                        "labels", "drawn", List.of("drawn", "expected"), "labels of 0 or 1, or their probabilities"),
                Parameter.whole(
                        "initialPairs", 576, Range.closed(0, 1_000_000), "pairs labelled before the first step"),
                Parameter.whole("warmUpEpochs", 500, Range.closed(0, 1_000_000), "steps on the initial pairs"),
                Parameter.whole("newPairs", 16, Range.closed(0, 1_000_000), "pairs labelled in every outer iteration"),
                Parameter.whole(
                        "keptPairs", 3000, Range.closed(1, 1_000_000), "latest pairs on which the reward learns"),
                Parameter.whole("problemSeed", 0, Range.FINITE, "seed of the tables, apart from the run's seed"));
    }

    @Override
    public Problem create(Settings settings) {
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
        if (settings.has(TASK.name())) {
            return new TaskPreferences(
                    taskReward(settings),
                    settings.real("discount"),
                    settings.real("entropyWeight"),
                    settings.real("regularization"),
                    pairs,
                    protocol);
        }
        return world(settings, pairs, protocol);
    }

    /** The reward model of the settings on their task. */
    static TaskReward taskReward(Settings settings) {
        ScaledTask task = ScaledTask.of(settings.text(TASK.name()));
        String features = settings.text("features");
        if (features.equals(ONE_HOT)) {
            throw new IllegalArgumentException(
                    "problem.features must be linear or products on a task, but was " + features);
        }
        boolean products = features.equals(PRODUCTS);
        boolean ofStates = !settings.text("featuresOf").equals(ACTIONS);
        boolean ofActions = !settings.text("featuresOf").equals(STATES);
        List<Integer> hidden = settings.has(REWARD_HIDDEN.name()) ? settings.counts(REWARD_HIDDEN.name()) : List.of();
        int inputs = TaskReward.inputs(task, products, ofStates, ofActions);
        return new TaskReward(task, Network.of(inputs, hidden, 1, Activation.TANH), products, ofStates, ofActions);
    }

    private static Problem world(Settings settings, PairRule pairs, PreferenceProtocol protocol) {
        int states = settings.count(STATES);
        int actions = settings.count(ACTIONS);
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = random.process(states, actions, settings.real("discount"));
        return new Preferences(
                game,
                random.uniform(UPPER_REWARD, states * actions),
                features(settings, states, actions, random),
                settings.real("entropyWeight"),
                settings.real("regularization"),
                pairs,
                protocol,
                PreferencePairs.none(pairs.segmentLength(), 1),
                Preferences.Known.REWARD);
    }

    /** The reward model of the settings. */
    static RewardFeatures features(Settings settings, int states, int actions, RandomTables random) {
        String of = settings.text("featuresOf");
        int[] group = new int[states * actions];
        for (int cell = 0; cell < group.length; cell++) {
            group[cell] = of.equals(STATES) ? cell / actions : of.equals(ACTIONS) ? cell % actions : cell;
        }
        int groups = of.equals(STATES) ? states : of.equals(ACTIONS) ? actions : states * actions;
        if (settings.text("features").equals(PRODUCTS)) {
            throw new IllegalArgumentException(
                    "problem.features must be one-hot or linear on a world, but was " + PRODUCTS);
        }
        if (!settings.text("features").equals(LINEAR)) {
            return new RewardFeatures.OneHot(groups, group);
        }
        int count = settings.count("featureCount");
        return new RewardFeatures.Linear(count, group, random.normal(RandomTables.Table.FEATURES, groups, count));
    }
}
