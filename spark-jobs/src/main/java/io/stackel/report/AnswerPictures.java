package io.stackel.report;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Solution;
import io.stackel.algorithm.State;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.PolicyValues;
import io.stackel.experiment.Experiment;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.GridWorld;
import io.stackel.problem.Problem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/** What a run's last state says about its world: what the leader chose, and what the follower does. */
final class AnswerPictures {

    /** Values of a policy take a dense linear solve, so larger worlds are left to {@code stackel export}. */
    private static final int STATES = 2000;

    private static final int CONTEXTS = 4;

    /** What a follower does in a context. */
    private record Follower(PolicyValues values, double steps, double effectiveActions) {

        static Follower of(PolicyValues values) {
            int actions = values.policy().length / values.visits().length;
            double steps = 0;
            double entropy = 0;
            for (int i = 0; i < values.policy().length; i++) {
                double weight = values.visits()[i / actions] * values.policy()[i];
                steps += weight;
                entropy -= values.policy()[i] > 0 ? weight * values.logPolicy()[i] : 0;
            }
            return new Follower(values, steps, steps > 0 ? StrictMath.exp(entropy / steps) : 1);
        }
    }

    private final Experiment experiment;
    private final Algorithm algorithm;
    private final State state;
    private final double[] x;

    AnswerPictures(Experiment experiment, State state) {
        this.experiment = experiment;
        this.state = state;
        algorithm = experiment.algorithm();
        x = algorithm.upper(state);
    }

    /** The figures, and a table of the follower by context where the world has tables. */
    Html content() {
        Html html = new Html().open("div.figures");
        List<Follower> followers = new ArrayList<>();
        tables().ifPresentOrElse(
                        world -> {
                            for (int context = 0; context < Math.min(CONTEXTS, world.contexts()); context++) {
                                PolicyValues values = values(world, context);
                                followers.add(Follower.of(values));
                                picture(world, context, values, html);
                            }
                        },
                        () -> policies(html));
        html.add(LargestChanges.figure(
                experiment.setup().start(), x, experiment.setup().problem()::upperName));
        if (!followers.isEmpty()) {
            html.open("div.card")
                    .element("h3", "What the follower does")
                    .add(new Table<>(
                                    "What its policy is worth, exactly. Steps are discounted; effective actions are exp of the"
                                            + " mean entropy",
                                    followers)
                            .text("context", (number, follower) -> number.toString())
                            .real("its value", follower -> follower.values.followerValue())
                            .real("leader's return", follower -> follower.values.upperReturn())
                            .real("steps", Follower::steps)
                            .real("effective actions", Follower::effectiveActions)
                            .html())
                    .close();
        }
        return html.close();
    }

    /** The problem, if it has tables for one follower that are small enough; else nothing of that kind. */
    private Optional<FiniteProblem> tables() {
        Problem problem = experiment.setup().problem();
        return problem.as(FiniteProblem.class)
                .filter(world -> problem.as(ZeroSumProblem.class).isEmpty() && world.states() <= STATES);
    }

    private PolicyValues values(FiniteProblem world, int context) {
        double[] policy = PolicyTable.logProbabilities(
                world, experiment.setup().trajectories().orElseThrow().policy(), algorithm.follower(state, context));
        return new ExactModel(world, context).at(new DenseVector(x)).evaluate(policy);
    }

    private void picture(FiniteProblem world, int context, PolicyValues values, Html into) {
        String where = world.contexts() > 1 ? ", context " + (context + 1) + " of " + world.contexts() : "";
        if (world instanceof GridWorld grid) {
            double[] incentives = grid.incentives(new DenseVector(x), context);
            into.add(GridPicture.figure("The world" + where, grid, context, values.visits(), incentives));
        } else if (world.states() <= PolicyPicture.STATES && world.actions() <= PolicyPicture.ACTIONS) {
            into.add(PolicyPicture.figure("The follower's policy" + where, values.policy(), world.actions()));
        }
    }

    /** The policies of a zero-sum game, and whatever else the answer holds as rows of probabilities. */
    private void policies(Html into) {
        for (Map.Entry<String, Tensor> array : Solution.of(experiment.setup(), experiment.algorithm(), state)
                .arrays()
                .entrySet()) {
            boolean policy = array.getKey().startsWith("policy");
            int[] shape = array.getValue().shape();
            if (policy && shape.length == 2 && shape[0] <= PolicyPicture.STATES && shape[1] <= PolicyPicture.ACTIONS) {
                into.add(PolicyPicture.figure(
                        array.getKey().equals("policy1") ? "The first player's policy" : "The second player's policy",
                        ((Tensor.Real) array.getValue()).values(),
                        shape[1]));
            }
        }
    }
}
