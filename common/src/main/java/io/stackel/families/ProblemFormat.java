package io.stackel.families;

import static io.stackel.families.FileKey.count;
import static io.stackel.families.FileKey.number;
import static io.stackel.families.FileKey.table;

import io.stackel.problem.Range;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys of one kind of problem file, in the order of the documentation: the reader's names, ranges and defaults.
 *
 * @param kind as in the file
 * @param summary one line for help texts
 * @param problem keys of {@code problem}
 * @param together keys of {@code problem} that are needed together, where one of them is given
 * @param with keys of {@code problem} that need those of {@code together}
 * @param at keys of {@code at}, the point at which a problem is looked at
 */
public record ProblemFormat(
        String kind,
        String summary,
        List<FileKey> problem,
        List<String> together,
        List<String> with,
        List<FileKey> at) {

    private static final Range PROBABILITY = Range.closed(0, 1);
    private static final Range HALF = Range.closed(0, 0.5);

    private static final FileKey STATES = count("states", "2", "Number of states, S.");
    private static final FileKey ACTIONS = count("actions", "2", "Number of the follower's actions, B.");
    private static final FileKey GAMMA = number("gamma", Range.halfOpen(0, 1), "0.9", "Discount factor.");
    private static final FileKey TAU =
            number("tau", Range.NON_NEGATIVE, "0.1", "Weight of the entropy in the lower level's objective.");
    private static final FileKey RHO = table(
                    "rho", "S", "[0.5, 0.5]", "Probabilities of the first state; they sum to 1.")
            .in(PROBABILITY);
    private static final FileKey TRANSITION = table(
                    "transition",
                    "S B S",
                    "[[[0.9, 0.1], [0.2, 0.8]], [[0.5, 0.5], [0.1, 0.9]]]",
                    "Probabilities of the next state; a row may sum to less than 1, the rest ends the episode.")
            .in(PROBABILITY);
    private static final FileKey JOINT_TRANSITION = table(
                    "transition",
                    "S A B S",
                    "[[[[0.9, 0.1], [0.2, 0.8]], [[1, 0], [0, 1]]], [[[0.5, 0.5], [0.1, 0.9]], [[0, 1], [1, 0]]]]",
                    "Probabilities of the next state; a row may sum to less than 1, the rest ends the episode.")
            .in(PROBABILITY);
    private static final FileKey TRUE_REWARD = table(
                    "reward", "S B", "[[0, 1], [0.5, 0]]", "True reward, by which new pairs are labelled.")
            .optional();
    private static final FileKey FEATURES = table(
                    "features",
                    "S B d",
                    "[[[1, 0], [0, 1]], [[1, 1], [0, 0]]]",
                    "Features of the reward model; one number for each state and action if left out.")
            .optional();
    private static final FileKey REGULARIZATION = number(
                    "regularization",
                    Range.NON_NEGATIVE,
                    "0.001",
                    "Weight decay: half of it times the squared norm of x is added to the upper objective.")
            .or(0);
    /** Size of the perturbation. */
    static final FileKey SIGMA =
            number("sigma", Range.POSITIVE, "0.1", "Size of the perturbation.").or(0.1);

    private static final FileKey THETA = table(
                    "theta", "S B", "[[0, 0], [0, 0]]", "Logits of the follower's softmax policy.")
            .or(0);
    private static final FileKey MODEL = table(
                    "x", "d or S B", "[0, 0]", "Parameters of the reward model: d with features, else S x B.")
            .or(0);
    private static final FileKey COST = number(
            "cost",
            Range.NON_NEGATIVE,
            "0.05",
            "Cost of x: cost / 2 times its squared norm is added to the objective.");
    private static final String CELLS = "[[0, 0.1], [0, 0]]";
    private static final String JOINT_CELLS = "[[[0, 1], [1, 0]], [[1, 0], [0, 1]]]";

    /** All kinds. */
    public static final List<ProblemFormat> ALL = List.of(
            of(
                    ProblemFile.REWARD_DESIGN,
                    "a bonus x on the follower's states and actions, at a quadratic cost",
                    List.of(
                            STATES,
                            ACTIONS,
                            GAMMA,
                            TAU,
                            COST,
                            RHO,
                            TRANSITION,
                            table("follower_reward", "S B", "[[0, 1], [1, 0]]", "Reward of the follower without x."),
                            table("leader_reward", "S B", "[[1, 0], [0, 1]]", "Reward of the leader.")),
                    List.of(table("x", "S B", CELLS, "The bonus.").or(0), THETA, SIGMA)),
            of(
                    ProblemFile.STACKELBERG,
                    "a leader's policy against a follower who responds to it",
                    List.of(
                            STATES,
                            count("leader_actions", "2", "Number of the leader's actions, A."),
                            count("follower_actions", "2", "Number of the follower's actions, B."),
                            GAMMA,
                            TAU,
                            RHO,
                            JOINT_TRANSITION,
                            table("follower_reward", "S A B", JOINT_CELLS, "Reward of the follower."),
                            table("leader_reward", "S A B", JOINT_CELLS, "Reward of the leader.")),
                    List.of(
                            table("x", "S A", CELLS, "Logits of the leader's softmax policy.")
                                    .or(0),
                            THETA,
                            SIGMA)),
            of(
                    ProblemFile.ZERO_SUM,
                    "an incentive x on the joint actions of a zero-sum game, at a quadratic cost",
                    List.of(
                            STATES,
                            count("actions_1", "2", "Number of the first player's actions, A."),
                            count("actions_2", "2", "Number of the second player's actions, B."),
                            GAMMA,
                            TAU,
                            RHO,
                            JOINT_TRANSITION,
                            table("payoff", "S A B", JOINT_CELLS, "What the second player pays to the first."),
                            table("designer_reward", "S A B", JOINT_CELLS, "Reward of the designer.")
                                    .or(0),
                            COST.or(0)),
                    List.of(
                            table("x", "S A B", "[[[0, 0], [0, 0]], [[0, 0.1], [0, 0]]]", "The incentive.")
                                    .or(0),
                            table("theta_1", "S A", "[[0, 0], [0, 0]]", "Logits of the first player's policy.")
                                    .or(0),
                            table("theta_2", "S B", "[[0, 0], [0, 0]]", "Logits of the second player's policy.")
                                    .or(0))),
            new ProblemFormat(
                    ProblemFile.PREFERENCES,
                    "a reward model learnt from labelled pairs of segments, and the policy that is optimal for it",
                    List.of(
                            STATES,
                            ACTIONS,
                            table(
                                            "segments",
                                            "n 2 L",
                                            "[[[0, 1, 3], [2, 0, -1]]]",
                                            "Pairs of segments: each step is state * B + action, -1 after the end of the"
                                                    + " shorter ones.")
                                    .in(Range.closed(-1, Integer.MAX_VALUE))
                                    .wholes(),
                            table("labels", "n", "[1]", "How far the second segment of each pair is preferred.")
                                    .in(PROBABILITY),
                            FEATURES,
                            REGULARIZATION,
                            GAMMA.optional(),
                            TAU.optional(),
                            RHO.optional(),
                            TRANSITION.optional(),
                            TRUE_REWARD,
                            number(
                                            "temperature",
                                            Range.NON_NEGATIVE,
                                            "1",
                                            "Temperature of new labels, in units of the reward.")
                                    .or(1),
                            number("noise", HALF, "0", "Probability that a new label is flipped.")
                                    .or(0)),
                    List.of("gamma", "tau", "rho", "transition"),
                    List.of("reward"),
                    List.of(MODEL, THETA, SIGMA)),
            of(
                    ProblemFile.INVERSE,
                    "a reward model learnt from the trajectories of experts",
                    List.of(
                            STATES,
                            ACTIONS,
                            GAMMA,
                            TAU.in(Range.POSITIVE),
                            TRANSITION,
                            table(
                                            "experts",
                                            "n 4",
                                            "[[0, 0, 1, 0], [0, 1, 0, 1]]",
                                            "Rows of trajectory, step, state, action; action -1 where a trajectory was"
                                                    + " cut off.")
                                    .wholes(),
                            FEATURES,
                            REGULARIZATION,
                            TRUE_REWARD.saying("Reward that the experts follow, for figures alone.")),
                    List.of(MODEL, THETA, SIGMA)),
            of(
                    ProblemFile.RIDGE,
                    "one regularisation weight exp(x) a feature of a ridge regression, chosen by validation loss",
                    List.of(
                            table(
                                    "train_features",
                                    "N n",
                                    "[[1, 0], [0, 1], [1, 1]]",
                                    "Features of the training rows."),
                            table("train_labels", "N", "[1, 0, 1]", "Labels of the training rows."),
                            table("validation_features", "M n", "[[1, 0]]", "Features of the validation rows."),
                            table("validation_labels", "M", "[1]", "Labels of the validation rows.")),
                    List.of(
                            table("x", "n", "[0, 0]", "Logarithms of the regularisation weights.")
                                    .or(0),
                            table("w", "n", "[0, 0]", "Weights of the regression.")
                                    .or(0),
                            SIGMA)));

    public ProblemFormat {
        problem = List.copyOf(problem);
        together = List.copyOf(together);
        with = List.copyOf(with);
        at = List.copyOf(at);
    }

    private static ProblemFormat of(String kind, String summary, List<FileKey> problem, List<FileKey> at) {
        return new ProblemFormat(kind, summary, problem, List.of(), List.of(), at);
    }

    static ProblemFormat of(String kind) {
        return ALL.stream().filter(one -> one.kind.equals(kind)).findFirst().orElseThrow();
    }

    /** The names of all kinds. */
    static List<String> kinds() {
        return ALL.stream().map(ProblemFormat::kind).toList();
    }

    /** A small file of this kind that has every key, in JSON. */
    public String example() {
        return "{\"kind\": \"" + kind + "\",\n \"problem\": {" + example(problem) + "},\n \"at\": {" + example(at)
                + "}}";
    }

    private static String example(List<FileKey> keys) {
        return keys.stream()
                .map(key -> "\"" + key.name() + "\": " + key.example())
                .collect(Collectors.joining(",\n   "));
    }
}
