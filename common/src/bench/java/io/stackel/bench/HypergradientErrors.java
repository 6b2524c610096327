package io.stackel.bench;

import io.stackel.algorithm.CountedGame;
import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Combination;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * How far one hypergradient from a number of environment steps is from the exact one, at the starting x of finite problems:
 * the root of the mean of |estimate - exact|^2 over |exact|^2, with its standard error, over seeds. Followers are exact. Critics
 * are exact, or come from so many other steps, of which a share explores. Arguments: the steps; the steps that are counted for
 * critics; the seeds, as in {@code 100..199}; then configurations, of which problem and horizon count.
 */
public final class HypergradientErrors {

    private static final double EXPLORATION = 0.15;
    private static final double[] COLD = {};

    private final Experiment experiment;
    private final FiniteProblem problem;
    private final DenseVector upper;
    private final ExactPoint point;
    private final SoftOptimum best;
    private final double[] exact;
    private final double[] term;
    private final int horizon;

    private HypergradientErrors(Experiment experiment) {
        this.experiment = experiment;
        problem = experiment.setup().problem().as(FiniteProblem.class).orElseThrow();
        upper = new DenseVector(
                experiment.algorithm().init().real("upper"));
        point = new ExactModel(problem, 0).at(upper);
        best = best(point, 0);
        exact = point.hypergradient(best).gradient();
        term = new double[exact.length];
        problem.addUpperTermGradient(upper, term);
        horizon = experiment.setup().trajectories().orElseThrow().sampling().horizon();
    }

    /** Prints the table as Markdown, a block of rows for each configuration. */
    public static void main(String[] arguments) throws IOException {
        long steps = Long.parseLong(arguments[0]);
        long counted = Long.parseLong(arguments[1]);
        String[] seeds = arguments[2].split("\\.\\.", -1);
        Catalogue catalogue = Catalogue.load(HypergradientErrors.class.getClassLoader());
        System.out.println("| problem | estimate | relative error | its standard error |\n|---|---|---|---|");
        for (String file : List.of(arguments).subList(3, arguments.length)) {
            byte[] text = Files.readAllBytes(Path.of(file));
            Experiment experiment = Experiment.of(
                    new ConfigurationDecoder(catalogue.vocabulary()).decode(file, text, List.of()),
                    catalogue,
                    Optional.empty());
            new HypergradientErrors(experiment)
                    .print(steps, counted, Long.parseLong(seeds[0]), Long.parseLong(seeds[1]));
        }
    }

    private static SoftOptimum best(ExactPoint at, double weight) {
        return at.best(weight, SoftOptimum.TO_ROUNDING, COLD);
    }

    private void print(long steps, long counted, long from, long to) {
        Map<String, List<Double>> errors = new LinkedHashMap<>();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            for (long seed = from; seed <= to; seed++) {
                for (Map.Entry<String, double[]> estimate :
                        estimates(oracle, seed, steps, counted).entrySet()) {
                    double distance = VectorMath.norm(VectorMath.minus(estimate.getValue(), exact));
                    errors.computeIfAbsent(estimate.getKey(), name -> new ArrayList<>())
                            .add(distance * distance / VectorMath.normSquared(exact));
                }
            }
        }
        errors.forEach((name, squares) -> {
            double[] all = squares.stream().mapToDouble(Double::doubleValue).toArray();
            double root = Math.sqrt(Statistics.mean(all));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.3g | %.2g |%n",
                    experiment.configuration().name(),
                    name,
                    root,
                    Statistics.standardError(all) / (2 * root));
        });
    }

    private Map<String, double[]> estimates(LocalOracle oracle, long seed, long steps, long counted) {
        long units = Math.max(2, steps / horizon);
        PolicyValues values = point.evaluate(best.logPolicy());
        double sigma = problem.entropyWeight();
        List<Follower> pair = List.of(follower(best(point, -sigma)), follower(best(point, sigma)));
        ValueGradient twoSided = new ValueGradient(
                new Units(Purpose.CHECK, 0, units / 2),
                0,
                new FollowerPair(0, 1, Coupling.SHARED),
                Combination.twoSided(sigma),
                Wanted.UPPER,
                false);
        Map<String, double[]> estimates = new LinkedHashMap<>();
        estimates.put("two sides, shared, sigma = tau", gradient(oracle, seed, pair, twoSided));
        Follower plain = follower(best);
        ExactPoint game = new ExactModel(countedGame(oracle, seed, counted), 0).at(upper);
        for (ExactPoint known : List.of(point, game)) {
            PolicyValues critic = known == point ? values : game.evaluate(best.logPolicy());
            String from = known == point ? ", exact critic" : ", counted critic";
            List<Follower> watched = List.of(
                    Follower.withBaselines(plain.parameters(), critic.value(), critic.upperValue())
                            .withAdvantage(critic.upperAdvantage())
                            .withResponse(known.responseGradients(critic)));
            Units draws = new Units(Purpose.CHECK, 0, units);
            for (double decay : new double[] {1, 0.9}) {
                estimates.put(
                        "boltzmann, scalar, decay " + decay + from,
                        gradient(
                                oracle,
                                seed,
                                watched,
                                new BoltzmannGradient(draws, 0, 0, Critic.SCALAR, decay, false)));
            }
            estimates.put(
                    "boltzmann, vector" + from,
                    gradient(oracle, seed, watched, new BoltzmannGradient(draws, 0, 0, Critic.VECTOR, 1, false)));
        }
        estimates.put(
                "counted", game.hypergradient(best(game, 0)).gradient());
        return estimates;
    }

    private Follower follower(SoftOptimum optimum) {
        PolicyValues values = point.evaluate(optimum.logPolicy());
        return Follower.withBaselines(optimum.logPolicy(), values.value(), values.upperValue());
    }

    private CountedGame countedGame(LocalOracle oracle, long seed, long steps) {
        CountedTransitions estimand = new CountedTransitions(
                Purpose.CHECK, 1, Math.max(2, steps / horizon), 0, 0, 0, EXPLORATION);
        BatchResult counts = evaluate(oracle, seed, List.of(follower(best)), estimand);
        long[] none = new long[Math.toIntExact(CountedGame.size(problem.game(0)))];
        return new CountedGame(problem, 0, CountedGame.add(none, counts.transitions()));
    }

    private double[] gradient(LocalOracle oracle, long seed, List<Follower> followers, Estimand estimand) {
        double[] gradient =
                evaluate(oracle, seed, followers, estimand).estimate(0).upperGradient();
        VectorMath.addScaled(1, term, gradient);
        return gradient;
    }

    private BatchResult evaluate(LocalOracle oracle, long seed, List<Follower> followers, Estimand estimand) {
        BatchRequest request = new BatchRequest(
                seed,
                0,
                0,
                0,
                horizon,
                64,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(upper.values()),
                followers,
                List.of(estimand));
        return oracle.evaluate(request, "batch");
    }
}
