package io.stackel.check;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.Algorithms;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.State;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.experiment.Catalogue;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * How fast followers that learn from samples give a useful hypergradient: the two-sided first-order algorithm runs inner
 * batches at a point, from uniform policies, and after each the exact difference at the policies that it has learnt,
 *
 * <pre>
 *     ( grad_x J(theta_-sigma) - grad_x J(theta_sigma) ) / (2 sigma)  +  mean of grad_x f(theta_-sigma), grad_x f(theta_sigma)
 * </pre>
 *
 * <p>is compared with the exact hypergradient. What remains after the policies have converged is the bias of sigma.
 *
 * @param context in which the followers learn
 * @param sigma above 0
 * @param rows one a batch
 */
public record InnerSolverStudy(int context, double sigma, List<Row> rows) {

    private static final int FORMAT = 1;
    private static final double[] COLD = {};

    public InnerSolverStudy {
        rows = List.copyOf(rows);
    }

    /**
     * The state after a batch.
     *
     * @param samples environment steps so far
     * @param error |difference - hypergradient| / |hypergradient|
     */
    public record Row(long samples, double error) {}

    /**
     * The setup in which a problem is looked at that comes without one: natural steps of a half, from batches of 400
     * trajectories of at most 100 steps, of which 15 % explore.
     *
     * @param seed of all draws
     */
    public static Setup setup(FiniteProblem problem, long seed) {
        return new Setup(
                problem,
                Catalogue.softmax(problem),
                seed,
                new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1, OptionalDouble.empty(), Projection.none(), 1),
                new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 0.5, 400, 0.15, 1e-10),
                new Setup.SamplingRule(100, 8, true, false));
    }

    /**
     * Runs inner batches.
     *
     * @param setup with a finite problem with entropy and {@code lower.solver: sampled}; units, horizon, step and
     *     exploration of a batch are its own
     * @param upper x, length m
     * @param sigma above 0
     * @param batches at least 1
     * @throws IllegalArgumentException if the problem has no tables, or the setup plans or does not fit the problem
     */
    public static InnerSolverStudy run(Setup setup, DenseVector upper, double sigma, int batches) {
        Optional<FiniteProblem> tables = setup.problem().as(FiniteProblem.class);
        if (tables.isEmpty() || setup.lower().planned()) {
            throw new IllegalArgumentException(
                    "a study of the inner solver needs a finite problem, with tables, and lower.solver: sampled");
        }
        FiniteProblem problem = tables.get();
        Algorithm algorithm = twoSided(withBatches(setup, batches), sigma);
        State state = algorithm.init().with(Map.of("upper", Tensor.of(upper.values())));
        int context = algorithm.context(state);
        ExactPoint point = new ExactModel(problem, context).at(upper);
        SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, COLD);
        double[] exact = point.hypergradient(best).gradient();
        List<Row> rows = new ArrayList<>();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, setup.policy()))) {
            for (int batch = 0; batch < batches; batch++) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "inner batch " + batch))
                        .next();
                double[] error =
                        VectorMath.minus(difference(point, learnt(setup, problem, state, context), sigma), exact);
                rows.add(new Row(state.samples(), VectorMath.norm(error) / VectorMath.norm(exact)));
            }
        }
        return new InnerSolverStudy(context, sigma, rows);
    }

    private static List<double[]> learnt(Setup setup, FiniteProblem problem, State state, int context) {
        List<double[]> logPolicies = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double[] theta = state.real("lower." + i + "/" + context);
            logPolicies.add(PolicyTable.logProbabilities(problem, setup.policy(), theta));
        }
        return logPolicies;
    }

    private static Setup withBatches(Setup setup, int batches) {
        Setup.LowerRule lower = setup.lower();
        Setup.LowerRule changed = new Setup.LowerRule(
                false, batches, lower.step(), lower.stepSize(), lower.units(), lower.exploration(), lower.tolerance());
        return new Setup(setup.problem(), setup.policy(), setup.seed(), setup.upper(), changed, setup.sampling());
    }

    private static Algorithm twoSided(Setup setup, double sigma) {
        AlgorithmFactory factory = Algorithms.all().stream()
                .filter(one -> one.name().equals("first-order"))
                .findFirst()
                .orElseThrow();
        TreeMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.put("sides", "two");
        values.put("sigma", sigma);
        return factory.create(setup, new Settings(values));
    }

    private static double[] difference(ExactPoint point, List<double[]> logPolicies, double sigma) {
        PolicyValues minus = point.evaluate(logPolicies.get(0));
        PolicyValues plus = point.evaluate(logPolicies.get(1));
        Gradients quotient = point.followerGradients(minus).plus(-1, point.followerGradients(plus));
        double[] gradient = VectorMath.scaled(1 / (2 * sigma), quotient.inUpper());
        VectorMath.addScaled(0.5, point.upperGradients(minus).inUpper(), gradient);
        VectorMath.addScaled(0.5, point.upperGradients(plus).inUpper(), gradient);
        return gradient;
    }

    /** A tree for {@link io.stackel.experiment.JsonText}: format, context, sigma, rows. */
    public Map<String, Object> tree() {
        List<Object> list = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("samples", row.samples);
            entry.put("relativeError", row.error);
            list.add(entry);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("context", context);
        tree.put("sigma", sigma);
        tree.put("rows", list);
        return tree;
    }

    /** A table in Markdown, one line a batch. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "context %d: followers learn from samples, sigma %.3g; the two-sided difference at what they have learnt\n\n",
                context,
                sigma));
        text.append("| batch |    samples | relative error of the hypergradient |\n");
        text.append("|------:|-----------:|------------------------------------:|\n");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            text.append(String.format(Locale.ROOT, "| %5d | %10d | %35.4f |\n", i + 1, row.samples, row.error));
        }
        return text.toString();
    }
}
