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
import io.stackel.problem.GridWorld.Landmark;
import io.stackel.problem.Problem;
import io.stackel.problem.ZeroSumProblem;
import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/** What a run's last state says about its world: what the leader chose, and what the follower does. */
final class AnswerPictures {

    private static final String UPPER = "upper";

    /** Values of a policy take a dense linear solve, so larger worlds are left to {@code stackel export}. */
    private static final int STATES = 2000;

    private static final int CONTEXTS = 4;

    /** The most states and actions of a policy that is drawn. */
    private static final int ROWS = 64;

    private static final int COLUMNS = 16;

    /** Coordinates of x among those that moved furthest: as values, and as ways. */
    private static final int MOVED = 12;

    private static final int WAYS = 6;

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
    private final MetricTable timings;
    private final double[] x;
    private final List<Chart> charts = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();

    /**
     * Draws the answer that a state stands for.
     *
     * @param timings of the run, for the way of x
     */
    AnswerPictures(Experiment experiment, State state, MetricTable timings) {
        this.experiment = experiment;
        this.state = state;
        this.timings = timings;
        algorithm = experiment.algorithm();
        x = algorithm.upper(state);
        tables().ifPresentOrElse(this::followers, this::players);
        leader();
        changes();
    }

    /** The figures; those of the world first. */
    List<Chart> charts() {
        return List.copyOf(charts);
    }

    /** The follower by context, where the world has tables. */
    Optional<Html> table() {
        return followers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Html()
                        .open("div.card")
                        .element("h3", "What the follower does")
                        .add(new Table<>(
                                        "What its policy is worth, exactly. Steps are discounted; effective actions are"
                                                + " exp of the mean entropy",
                                        followers)
                                .text("context", (number, follower) -> number.toString())
                                .real("its value", follower -> follower.values.followerValue())
                                .real("leader's return", follower -> follower.values.upperReturn())
                                .real("steps", Follower::steps)
                                .real("effective actions", Follower::effectiveActions)
                                .html())
                        .close());
    }

    /** The problem, if it has tables for one follower that are small enough; else nothing of that kind. */
    private Optional<FiniteProblem> tables() {
        Problem problem = experiment.setup().problem();
        return problem.as(FiniteProblem.class)
                .filter(world -> problem.as(ZeroSumProblem.class).isEmpty() && world.states() <= STATES);
    }

    private void followers(FiniteProblem world) {
        for (int context = 0; context < Math.min(CONTEXTS, world.contexts()); context++) {
            double[] policy = PolicyTable.logProbabilities(
                    world,
                    experiment.setup().trajectories().orElseThrow().policy(),
                    algorithm.follower(state, context));
            PolicyValues values =
                    new ExactModel(world, context).at(new DenseVector(x)).evaluate(policy);
            followers.add(Follower.of(values));
            String where = world.contexts() > 1 ? ", context " + (context + 1) + " of " + world.contexts() : "";
            if (world instanceof GridWorld grid) {
                double[] incentives = grid.incentives(new DenseVector(x), context);
                charts.add(grid("world-" + context, "The world" + where, grid, context, values.visits(), incentives));
            } else {
                policy("follower-" + context, "The follower\u2019s policy" + where, values.policy(), world::actionName);
            }
        }
    }

    private static Chart grid(
            String id, String title, GridWorld world, int context, double[] visits, double[] incentives) {
        List<Object> marks = new ArrayList<>();
        for (Landmark mark : world.landmarks(context)) {
            marks.add(Map.of("row", mark.state(), "letter", mark.letter(), "meaning", mark.meaning()));
        }
        return new Chart(
                id,
                title,
                "How often the follower is in each cell, and what the leader adds to its reward there.",
                "A map of " + world.map().size() + " rows.",
                Kind.GRID,
                Column.texts("cell", names(world::stateName, world.states())),
                new Scale("", false),
                List.of(
                        new Series("discounted visits", MetricTable.boxed(visits)),
                        new Series("incentive", MetricTable.boxed(incentives))),
                Map.of("map", world.map(), "marks", marks));
    }

    /** The policies of a zero-sum game, one context. */
    private void players() {
        Map<String, Tensor> arrays = solution();
        IntFunction<String> action = b -> "action " + b;
        policy("player-1", "The first player\u2019s policy", arrays.get("policy1"), action);
        policy("player-2", "The second player\u2019s policy", arrays.get("policy2"), action);
    }

    private void leader() {
        experiment
                .setup()
                .problem()
                .as(FiniteProblem.class)
                .filter(world -> world.states() <= ROWS)
                .ifPresent(world -> policy(
                        "leader", "The leader\u2019s policy", solution().get("leaderPolicy"), world::leaderActionName));
    }

    private Map<String, Tensor> solution() {
        return Solution.of(experiment.setup(), algorithm, state).arrays();
    }

    private void policy(String id, String title, Tensor table, IntFunction<String> actions) {
        if (table instanceof Tensor.Real real && real.shape().length == 2) {
            policy(id, title, real.values(), real.shape()[1], actions);
        }
    }

    private void policy(String id, String title, double[] table, IntFunction<String> actions) {
        policy(
                id,
                title,
                table,
                experiment.setup().trajectories().orElseThrow().problem().actions(),
                actions);
    }

    private void policy(String id, String title, double[] table, int actions, IntFunction<String> name) {
        int states = table.length / actions;
        if (states <= ROWS && actions <= COLUMNS) {
            IntFunction<String> stateName =
                    experiment.setup().trajectories().orElseThrow().problem()::stateName;
            charts.add(Chart.ofPolicy(id, title, names(stateName, states), names(name, actions), table));
        }
    }

    private static List<String> names(IntFunction<String> name, int count) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }

    /** The coordinates of x that moved furthest, and their way where the run recorded it. */
    private void changes() {
        double[] start = experiment.setup().start();
        List<Integer> order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(x[i] - start[i]))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOVED)
                .toList();
        IntFunction<String> name = experiment.setup().problem()::upperName;
        charts.add(new Chart(
                "changes",
                "What the leader changed most",
                (order.size() < x.length
                                ? "The " + order.size() + " of " + x.length
                                        + " coordinates of the upper variable x that moved furthest,"
                                : "The coordinates of the upper variable x, those that moved furthest first,")
                        + " from the start (ring) to the last commit (dot).",
                order.size() + " coordinates.",
                Kind.ROWS,
                Column.texts("coordinate", order.stream().map(name::apply).toList()),
                new Scale("value of the coordinate", false),
                List.of(
                        new Series("start", at(order, start)).as(Style.RINGS),
                        new Series("now", at(order, x)).as(Style.DOTS))));
        MetricTable rows = timings.with(UPPER).thinned(1000);
        if (rows.rows().size() > 1) {
            List<Series> ways = order.stream()
                    .limit(WAYS)
                    .map(i -> new Series(
                            name.apply(i),
                            rows.rows().stream()
                                    .map(row -> (Object) row.path(UPPER).path(i).asDouble())
                                    .toList()))
                    .toList();
            charts.add(new Chart(
                    "path",
                    "The path of x",
                    "The coordinates of x that moved furthest, over the run. Lines that are level at the end have settled.",
                    ways.size() + " coordinates.",
                    Kind.LINES,
                    new Column("iteration", rows.column("iteration"), false),
                    new Scale("value of the coordinate", false),
                    ways));
        }
    }

    private static List<Object> at(List<Integer> places, double[] values) {
        return MetricTable.boxed(places.stream().mapToDouble(i -> values[i]).toArray());
    }
}
