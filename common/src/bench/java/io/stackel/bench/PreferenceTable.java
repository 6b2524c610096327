package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.SoftOptimum;
import io.stackel.experiment.Experiment;
import io.stackel.math.Bootstrap;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Learning from preferences on random worlds, or with as many seeds on a control task: the true return of a run's policy
 * (discounted on a world, that of an episode on a task) and the loss on fresh pairs of it, means with 95 % bootstrap intervals,
 * and the paired difference of the returns to the alternating method. Arguments: {@code conf/experiments/preferences.yaml} or
 * another, the number of worlds, the number of threads, what the reward model can tell apart ({@code both}, {@code states},
 * {@code actions}); then, if it is not 0, the first world, {@code from=100}, further overrides {@code key=value}, in which SEED
 * stands for the world's number, and, if others than the usual ones are wanted, the algorithms, the first of which is the
 * baseline, each with overrides of its own behind it: {@code '{name: alternating} lower.units=10'}. On a world, {@code '{name:
 * best-in-class}'} is the best policy that follows from any x.
 */
public final class PreferenceTable {

    private static final List<String> ALGORITHMS = List.of(
            "{name: alternating}",
            "{name: pbrl, penalty: value, penaltyWeight: 20, policyOptimizer: natural, policyStepSize: 0.02}",
            "{name: true-reward}");

    private static final String FROM = "from=";
    private static final String BEST_IN_CLASS = "{name: best-in-class}";
    private static final double TOLERANCE = 1e-9;
    private static final int STARTS = 20;
    private static final int STEPS = 600;
    private static final double STEP_SIZE = 0.3;

    private PreferenceTable() {}

    private record Ending(double trueReturn, double loss, double labels, double samples) {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        int worlds = Integer.parseInt(arguments[1]);
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        List<String> overrides = new ArrayList<>(List.of("problem.featuresOf=" + arguments[3]));
        List<String> algorithms = new ArrayList<>();
        int from = 0;
        for (String argument : List.of(arguments).subList(4, arguments.length)) {
            if (argument.startsWith(FROM)) {
                from = Integer.parseInt(argument.substring(FROM.length()));
                continue;
            }
            (argument.startsWith("{") ? algorithms : overrides).add(argument);
        }
        if (algorithms.isEmpty()) {
            algorithms.addAll(ALGORITHMS);
        }
        List<List<Future<Ending>>> rows = new ArrayList<>();
        for (String algorithm : algorithms) {
            List<Future<Ending>> runs = new ArrayList<>();
            for (int world = from; world < from + worlds; world++) {
                int seed = world;
                runs.add(pool.submit(() -> run(text, algorithm, overrides, seed)));
            }
            rows.add(runs);
        }
        System.out.println("| algorithm | true return | 95 % interval | minus alternating | 95 % interval | loss | 95 %"
                + " interval | labels | steps |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        List<Ending> baseline = endings(rows.get(0));
        for (int row = 0; row < rows.size(); row++) {
            print(algorithms.get(row), endings(rows.get(row)), baseline, row);
        }
        pool.shutdown();
    }

    private static List<Ending> endings(List<Future<Ending>> runs) throws InterruptedException, ExecutionException {
        List<Ending> endings = new ArrayList<>();
        for (Future<Ending> run : runs) {
            endings.add(run.get());
        }
        return endings;
    }

    private static void print(String algorithm, List<Ending> endings, List<Ending> baseline, int row) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 3, row, 0, 0);
        double[] returns = endings.stream().mapToDouble(Ending::trueReturn).toArray();
        double[] losses = endings.stream().mapToDouble(Ending::loss).toArray();
        double[] others = baseline.stream().mapToDouble(Ending::trueReturn).toArray();
        Bootstrap.Interval mean = Bootstrap.ofMean(returns, 0.95, 10_000, random::nextInt);
        Bootstrap.Interval gain = Bootstrap.ofPairedDifference(returns, others, 0.95, 10_000, random::nextInt);
        Bootstrap.Interval loss = Bootstrap.ofMean(losses, 0.95, 10_000, random::nextInt);
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %.3f | %.3f to %.3f | %.3f | %.3f to %.3f | %.3f | %.3f to %.3f | %.0f | %.0f |%n",
                algorithm,
                mean.mean(),
                mean.low(),
                mean.high(),
                gain.mean(),
                gain.low(),
                gain.high(),
                loss.mean(),
                loss.low(),
                loss.high(),
                endings.stream().mapToDouble(Ending::labels).average().orElseThrow(),
                endings.stream().mapToDouble(Ending::samples).average().orElseThrow());
    }

    private static Ending run(String text, String algorithm, List<String> overrides, int world) {
        List<String> all = new ArrayList<>(List.of(
                "problem.problemSeed=" + world, "seed=" + world, "evaluation.every=1000000", "evaluation.units=4000"));
        overrides.forEach(override -> all.add(override.replace("SEED", Integer.toString(world))));
        boolean best = algorithm.startsWith(BEST_IN_CLASS);
        String variant = best ? algorithm.replace(BEST_IN_CLASS, ALGORITHMS.get(0)) : algorithm;
        Experiment experiment = Variant.of("preferences", text, variant, all);
        if (best) {
            return bestInClass(experiment.setup().problem().as(FiniteProblem.class).orElseThrow(), world);
        }
        LastState last = new LastState();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            Evaluation evaluation = experiment.evaluation(oracle);
            new RunLoop(machine, oracle, evaluation, last, experiment.plan(), () -> false).run(machine.init(), true);
            SortedMap<String, Double> figures = evaluation.measure(machine, last.state());
            Ending ending = new Ending(
                    figures.getOrDefault("episodeReturn", figures.get(Evaluation.TRUE_RETURN)),
                    figures.getOrDefault(Evaluation.UPPER_OBJECTIVE, Double.NaN),
                    figures.get(Evaluation.LABELS),
                    last.state().samples());
            System.err.printf(
                    Locale.ROOT,
                    "%s world %d: return %.3f, loss %.3f%n",
                    algorithm,
                    world,
                    ending.trueReturn,
                    ending.loss);
            return ending;
        }
    }

    /**
     * The highest exact return, without entropy, of a best response to any x, as far as ascent by exact hypergradients finds it
     * from several starts: zero and normal numbers.
     */
    private static Ending bestInClass(FiniteProblem problem, int world) {
        ExactModel model = new ExactModel(problem, 0);
        double best = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            RandomStream random = RandomStream.at(world, Purpose.START, start, 0, 0, 0);
            double[] x = new double[problem.upperSize()];
            for (int i = 0; start > 0 && i < x.length; i++) {
                x[i] = random.nextGaussian();
            }
            best = Math.max(best, ascend(problem, model, x));
        }
        System.err.printf(Locale.ROOT, "%s world %d: return %.3f%n", BEST_IN_CLASS, world, best);
        return new Ending(best, Double.NaN, 0, 0);
    }

    private static double ascend(FiniteProblem problem, ExactModel model, double[] start) {
        Optimizer optimizer = new Adam();
        Optimizer.Update at = new Optimizer.Update(start, optimizer.init(start.length));
        double[] warm = {};
        double best = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            DenseVector x = new DenseVector(at.x());
            ExactPoint point = model.at(x);
            SoftOptimum response = point.best(0, TOLERANCE, warm);
            warm = response.value();
            best = Math.max(best, point.evaluate(response.logPolicy()).upperReturn());
            double[] term = new double[start.length];
            problem.addUpperTermGradient(x, term);
            double[] gradient = VectorMath.minus(point.hypergradient(response).gradient(), term);
            at = optimizer.step(at.state(), at.x(), gradient, STEP_SIZE);
        }
        return best;
    }
}
