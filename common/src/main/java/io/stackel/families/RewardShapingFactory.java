package io.stackel.families;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/** Builds {@link RewardShaping}. */
final class RewardShapingFactory implements ProblemFactory {

    @Override
    public String name() {
        return "reward-shaping";
    }

    @Override
    public String summary() {
        return "a potential or a bonus that shapes the follower's reward of a classic control task";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.choice(
                        "task",
                        "cart-pole",
                        ScaledTask.words(),
                        "the task, as in Gymnasium; pendulum has a real action"),
                Parameter.real("discount", 0.99, Range.halfOpen(0, 1), "discount of both players"),
                Parameter.real("entropyWeight", 0.01, Range.NON_NEGATIVE, "tau, in units of reward"),
                Parameter.real("cost", 0.01, Range.NON_NEGATIVE, "half of it times the squared x is paid"),
                Parameter.choice(
                        "shaping",
                        "potential",
                        List.of("potential", "bonus"),
                        "what is added: the change of a potential, which moves no best policy, or a bonus"),
                Parameter.choice(
                        "rewards",
                        "dense",
                        List.of("dense", "sparse"),
                        "those of the task; or none but -1 for a failure, 1 for the goal, 1 while the pendulum is upright"),
                Parameter.choice(
                        "features",
                        "products",
                        List.of("linear", "products"),
                        "components of the scaled observation alone, or also their products"));
    }

    @Override
    public Problem create(Settings settings) {
        return new RewardShaping(
                ScaledTask.of(settings.text("task")),
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("cost"),
                settings.text("shaping").equals("potential"),
                settings.text("rewards").equals("sparse"),
                settings.text("features").equals("products"));
    }
}
