package io.stackel.families;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A leader adds to the follower's reward of a classic control task, so that the task's own return rises:
 *
 * <pre>
 *   follower:  potential  r(t) + discount Phi_x(o(t+1)) - Phi_x(o(t))        Phi_x(o) = sum_j x_j phi_j(o), and 0 after the end
 *              bonus      r(t) + Phi_x(o(t+1))
 *   leader:    r(t), the task's own reward;  upperTerm(x) = cost |x|^2 / 2
 * </pre>
 *
 * <p>The features phi are the d components of the scaled observation and, if wanted, then their products, in all
 * d + d (d + 1) / 2. A potential changes what is learnt on the way, but neither the best policies nor, with entropy, the
 * soft-best one: J(x, pi) - J(0, pi) = -E Phi_x(o(0)) whatever pi does, but for what the horizon cuts off. So Phi is the same
 * for every x at a solved lower level, and the hypergradient is that of the cost alone. A bonus does change where the
 * follower ends.
 *
 * <p>Rewards are those of the task, or sparse: 0, and at the end -1 where the end is a failure (cart-pole) or 1 where it is
 * the goal (mountain-car, acrobot); of pendulum, which does not end, 1 in each step that reaches an angle of less than
 * about 18 degrees from upright (a cosine above .95).
 *
 * <p>Sources: Ng, Harada, Russell, Policy invariance under reward transformations, ICML 1999; the sparse reward of CartPole is
 * {@code sutton_barto_reward} of Gymnasium. The time limit cuts, it does not end: the value after the last step is not
 * zero.
 *
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 * @param regularization the cost, at least 0
 * @param potential whether Phi is a potential; else it is a bonus
 * @param sparse whether only the end pays, or being upright
 * @param products whether products of components are features, too
 */
record RewardShaping(
        ScaledTask task,
        double discount,
        double entropyWeight,
        double regularization,
        boolean potential,
        boolean sparse,
        boolean products)
        implements TaskProblem {

    static final ProblemFamily FAMILY = ProblemFamily.of(
            "reward-shaping",
            "a potential or a bonus that shapes the follower's reward of a classic control task",
            RewardShaping::make,
            Parameter.choice(
                    "task",
                    "cart-pole",
                    ScaledTask.words(),
                    "Control task, as in Gymnasium; pendulum has a real action, the others numbered ones."),
            Parameter.real("discount", 0.99, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.01,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the follower's objective, in units of reward."),
            Parameter.real(
                    "cost", 0.01, Range.NON_NEGATIVE, "Cost of x: the leader pays cost / 2 times its squared norm."),
            Parameter.choice(
                    "shaping",
                    "potential",
                    List.of("potential", "bonus"),
                    "What x adds to the reward: the change of a potential, which leaves the best policies as they are, or a bonus."),
            Parameter.choice(
                    "rewards",
                    "dense",
                    List.of("dense", "sparse"),
                    "The task's own rewards, or only -1 for a failure, 1 for the goal, 1 while the pendulum is upright."),
            Parameter.choice(
                    "features",
                    "products",
                    List.of("linear", "products"),
                    "Features that x weighs: the components of the scaled observation, or their products as well."));

    private static RewardShaping make(Settings settings) {
        return new RewardShaping(
                ScaledTask.of(settings.text("task")),
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("cost"),
                settings.text("shaping").equals("potential"),
                settings.text("rewards").equals("sparse"),
                settings.text("features").equals("products"));
    }

    private static final double UPRIGHT = 0.95;

    @Override
    public int upperSize() {
        return task.features(products);
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new Shaped(upper.values());
    }

    /** The task with the shaped reward; the follower observes the scaled observation and a constant 1. */
    private final class Shaped extends ObservedTask {

        private final double[] upper;
        private final double[] before;
        private final double[] after;

        Shaped(double[] upper) {
            super(RewardShaping.this.task);
            this.upper = upper;
            before = new double[upper.length];
            after = new double[upper.length];
        }

        @Override
        void read() {
            super.read();
            task.writeFeatures(observation, 0, products, after, 0);
        }

        private double sparseReward() {
            return switch (task.task()) {
                case CART_POLE -> environment.terminated() ? -1 : 0;
                case MOUNTAIN_CAR, ACROBOT -> environment.terminated() ? 1 : 0;
                case PENDULUM -> observation[0] > UPRIGHT ? 1 : 0;
            };
        }

        @Override
        public void step(double[] action, RandomStream random, Step into) {
            System.arraycopy(after, 0, before, 0, before.length);
            double own = move(action, into);
            if (environment.terminated()) {
                Arrays.fill(after, 0);
            }
            double reward = sparse ? sparseReward() : own;
            double shaping = 0;
            for (int i = 0; i < upper.length; i++) {
                double difference = potential ? discount * after[i] - before[i] : after[i];
                shaping += upper[i] * difference;
                into.lowerRewardGradient().add(i, difference);
            }
            into.rewards(reward + shaping, reward);
        }
    }
}
