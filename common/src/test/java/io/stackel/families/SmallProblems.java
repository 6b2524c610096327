package io.stackel.families;

import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.TaskExperts;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shipped families in sizes that a test solves in no time. */
public final class SmallProblems {

    private static final Map<String, Object> PROTOCOL = Map.of("warmUpEpochs", 5L, "newPairs", 4L, "keptPairs", 30L);

    private SmallProblems() {}

    /** Five states, three actions. */
    public static FiniteProblem rewardDesign() {
        return rewardDesign(0.3);
    }

    /** The same with another entropy weight. */
    public static FiniteProblem rewardDesign(double entropyWeight) {
        return of(
                "reward-design", Map.of("states", 5L, "actions", 3L, "discount", 0.8, "entropyWeight", entropyWeight));
    }

    /** Four states, three actions of the leader and two of the follower. */
    public static FiniteProblem stackelberg() {
        return of(
                "stackelberg",
                Map.of(
                        "states",
                        4L,
                        "leaderActions",
                        3L,
                        "followerActions",
                        2L,
                        "discount",
                        0.8,
                        "entropyWeight",
                        0.3));
    }

    /** Four rooms, whose two goals are two contexts. */
    public static FiniteProblem fourRooms() {
        return of("four-rooms", Map.of("entropyWeight", 0.05));
    }

    /** Three states, two and three actions. */
    public static ZeroSumProblem zeroSum() {
        return (ZeroSumProblem) of(
                "zero-sum-incentive",
                Map.of("states", 3L, "firstActions", 2L, "secondActions", 3L, "discount", 0.8, "entropyWeight", 0.3));
    }

    /** Preferences of three states and two actions, over segments of two steps; other keys may be changed. */
    public static FinitePreferences preferences(Map<String, Object> changed) {
        Map<String, Object> given = new TreeMap<>(Map.of(
                "states",
                3L,
                "actions",
                2L,
                "discount",
                0.8,
                "entropyWeight",
                0.3,
                "segmentLength",
                2L,
                "initialPairs",
                20L));
        given.putAll(PROTOCOL);
        given.putAll(changed);
        return (FinitePreferences) of("preferences", given);
    }

    /** Preferences on CartPole over segments of eight steps, a linear reward; other keys may be changed. */
    public static PreferenceProblem taskPreferences(Map<String, Object> changed) {
        Map<String, Object> given = new TreeMap<>(Map.of(
                "task",
                "cart-pole",
                "features",
                "linear",
                "entropyWeight",
                0.1,
                "segmentLength",
                8L,
                "latestStart",
                6L,
                "initialPairs",
                12L));
        given.putAll(PROTOCOL);
        given.putAll(changed);
        return (PreferenceProblem) family("preferences", given);
    }

    /** Inverse reinforcement learning of three states and two actions, experts cut after four steps; other keys may be changed. */
    public static FiniteInverse inverse(Map<String, Object> changed) {
        Map<String, Object> given = new TreeMap<>(Map.of(
                "states", 3L, "actions", 2L, "discount", 0.8, "entropyWeight", 0.3, "trajectories", 20L, "steps", 4L));
        given.putAll(changed);
        return (FiniteInverse) of("inverse-rl", given);
    }

    /** Inverse reinforcement learning on CartPole, four experts, a linear reward; other keys may be changed. */
    public static TaskExperts taskInverse(Map<String, Object> changed) {
        Map<String, Object> given = new TreeMap<>(
                Map.of("task", "cart-pole", "features", "linear", "featuresOf", "states", "trajectories", 4L));
        given.putAll(changed);
        return (TaskExperts) family("inverse-rl", given);
    }

    /** A control task whose potential is learnt, with all products of observations as its features. */
    public static TrajectoryProblem rewardShaping(String task, double discount, double entropyWeight) {
        return (TrajectoryProblem) family(
                "reward-shaping",
                Map.of(
                        "task",
                        task,
                        "discount",
                        discount,
                        "entropyWeight",
                        entropyWeight,
                        "cost",
                        0.1,
                        "shaping",
                        "potential",
                        "rewards",
                        "dense",
                        "features",
                        "products"));
    }

    /** Taxes over five cells of wealth, three levels of work and two of the consumption of each good. */
    public static FiniteProblem taxes() {
        return of(
                "tax-design",
                Map.of(
                        "states",
                        5L,
                        "lowestWealth",
                        -6.0,
                        "highestWealth",
                        8.0,
                        "deviation",
                        3.0,
                        "hoursLevels",
                        3L,
                        "consumptionLevels",
                        2L,
                        "discount",
                        0.8,
                        "entropyWeight",
                        1.0));
    }

    /** A family with the defaults of its other keys. */
    public static FiniteProblem of(String family, Map<String, Object> given) {
        return (FiniteProblem) family(family, given);
    }

    private static Problem family(String family, Map<String, Object> given) {
        ProblemFactory factory = Families.all().stream()
                .filter(one -> one.name().equals(family))
                .findFirst()
                .orElseThrow();
        SortedMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.putAll(given);
        return factory.create(new Settings(values));
    }
}
