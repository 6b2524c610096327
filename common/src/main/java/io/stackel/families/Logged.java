package io.stackel.families;

import static io.stackel.families.RandomTables.Table.LOG;
import static io.stackel.families.RandomTables.Table.LOWER_REWARD;
import static io.stackel.families.RandomTables.Table.OFFERS;
import static io.stackel.families.RandomTables.Table.UPPER_REWARD;

import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.BlockSource;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.RandomStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A follower of whom there is a log and nothing else: what the leader offered, what the follower did. The leader adds a bonus
 * x to the follower's reward, as in {@link RewardDesign}, in the game that the log gives.
 *
 * <pre>
 *   lower:  max over pi of  J = E sum_t discount^t ( r(s_t,b_t) + x(s_t,b_t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f = -E sum_t discount^t u(s_t,b_t)  +  cost/2 |x|^2
 * </pre>
 *
 * <p>Transitions, r and u are the log's averages over all offers, on which they do not depend; what was never seen is as
 * {@link LoggedGame} says. tau is given, or estimated by {@link FollowerFit}.
 *
 * @param log what was seen
 * @param logged the game that the log gives
 * @param features what x has a number for
 * @param featuresOf states, actions or both
 * @param entropyWeight tau, above 0
 * @param estimated whether tau was estimated from the log
 * @param regularization the cost, at least 0
 */
record Logged(
        FollowerLog log,
        LoggedGame logged,
        RewardFeatures features,
        String featuresOf,
        double entropyWeight,
        boolean estimated,
        double regularization)
        implements FiniteProblem, Regularized {

    /**
     * From data sets, or generated: in the world of {@link RewardDesign} of the same seed, a follower is watched under random
     * offers, the first of them nothing.
     */
    static final ProblemFamily FAMILY = new ProblemFamily(
            "logged",
            "a bonus for a follower of whom only logged trajectories exist; its entropy weight is estimated",
            false,
            Logged::make,
            List.of(
                    Parameter.whole("states", 20, Range.closed(1, 10_000), "Number of states."),
                    Parameter.whole("actions", 4, Range.closed(1, 1_000), "Number of the follower's actions."),
                    Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "Discount factor of both levels."),
                    Parameter.real(
                                    "entropyWeight",
                                    0.2,
                                    Range.POSITIVE,
                                    "Weight tau of the follower's entropy, in units of reward; left out, it is estimated"
                                            + " from the log.")
                            .optional(),
                    Parameter.choice(
                            "featuresOf",
                            "both",
                            List.of("states", "actions", "both"),
                            "What the bonus is for: states, actions or both."),
                    Parameter.real(
                            "cost",
                            0.05,
                            Range.NON_NEGATIVE,
                            "Cost of the bonus: the leader pays cost / 2 times its squared norm."),
                    Parameter.dataSet(
                            "log",
                            "Data set of what the follower did; without it, a follower is generated and watched."),
                    Parameter.dataSet("offers", "Data set of what the leader offered; give it together with log."),
                    Parameter.whole(
                            "trajectories", 200, Range.closed(2, 10_000_000), "Number of generated trajectories."),
                    Parameter.whole("steps", 50, Range.closed(1, 1_000_000), "Steps of a generated trajectory."),
                    Parameter.whole(
                            "offerCount",
                            10,
                            Range.closed(1, 10_000),
                            "Generated offers, which take turns: first nothing, then normal numbers of deviation 1/2."),
                    Parameter.real(
                            "trueEntropyWeight",
                            0.2,
                            Range.POSITIVE,
                            "Weight tau of the generated follower's entropy."),
                    Parameter.whole(
                            "problemSeed",
                            0,
                            Range.FINITE,
                            "Seed of the generated world and log; the run's seed does not change them.")));

    private static final double DEVIATION = 0.5;
    private static final double[] COLD = {};

    private static Problem make(Settings settings, BlockSource data) {
        int states = settings.count("states");
        int actions = settings.count("actions");
        double discount = settings.real("discount");
        String featuresOf = settings.text("featuresOf");
        RewardFeatures features = RewardFeatures.oneHot(featuresOf, states, actions);
        boolean given =
                !settings.text("log").isEmpty() || !settings.text("offers").isEmpty();
        FollowerLog log = given
                ? LogTable.read(settings, data, states, actions, features)
                : watched(settings, states, actions, features);
        boolean estimated = !settings.has("entropyWeight");
        return new Logged(
                log,
                log.game(discount),
                features,
                featuresOf,
                estimated ? new FollowerFit(log, features, discount).entropyWeight() : settings.real("entropyWeight"),
                estimated,
                settings.real("cost"));
    }

    /** The log of a follower in a random world, who knows each offer and responds to it. */
    private static FollowerLog watched(Settings settings, int states, int actions, RewardFeatures features) {
        RandomTables random = new RandomTables(settings.whole("problemSeed"));
        MarkovGame game = random.process(states, actions, states, settings.real("discount"));
        double[] reward = random.uniform(LOWER_REWARD, states * actions);
        double[] upperReward = random.uniform(UPPER_REWARD, states * actions);
        double[][] offers = new double[settings.count("offerCount")][features.size()];
        double[][] policies = new double[offers.length][];
        for (int o = 0; o < offers.length; o++) {
            if (o > 0) {
                offers[o] = RandomTables.normal(random.stream(OFFERS, o), features.size(), DEVIATION)
                        .values();
            }
            double[] paid = new double[reward.length];
            features.rewards(offers[o], paid);
            VectorMath.addScaled(1, reward, paid);
            policies[o] = SoftOptimum.solve(
                            game.transitions(),
                            paid,
                            game.discount(),
                            settings.real("trueEntropyWeight"),
                            SoftOptimum.TO_ROUNDING,
                            COLD)
                    .policy();
        }
        int trajectories = settings.count("trajectories");
        int steps = settings.count("steps");
        FollowerLog.Builder log =
                new FollowerLog.Builder(states, actions, offers, RandomTables.cells(trajectories, steps));
        for (int i = 0; i < trajectories; i++) {
            RandomStream stream = random.stream(LOG, i);
            int offer = i % offers.length;
            int state = stream.nextOutcome(game.start(), 0, states);
            log.begin(offer, state);
            for (int t = 0; t < steps; t++) {
                int cell = state * actions + stream.nextOutcome(policies[offer], state * actions, actions);
                state = stream.nextOutcome(game.transition(), cell * states, states);
                log.add(cell, state, reward[cell], upperReward[cell]);
            }
        }
        return log.log();
    }

    @Override
    public SortedMap<String, Double> estimates() {
        SortedMap<String, Double> estimates = new TreeMap<>();
        if (estimated) {
            estimates.put("entropyWeight", entropyWeight);
            estimates.put(
                    "entropyWeightStandardError",
                    new FollowerFit(log, features, discount()).standardError(entropyWeight));
        }
        return estimates;
    }

    @Override
    public MarkovGame game(int context) {
        return logged.game();
    }

    @Override
    public int upperSize() {
        return features.size();
    }

    @Override
    public String upperName(int i) {
        return switch (featuresOf) {
            case "states" -> stateName(i);
            case "actions" -> actionName(i);
            default -> stateName(i / actions()) + ", " + actionName(i % actions());
        };
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        logged.lowerReward(features, upper.values(), entropyWeight, into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        logged.addLowerRewardGradient(features, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(logged.upperReward(), 0, into, 0, into.length);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
