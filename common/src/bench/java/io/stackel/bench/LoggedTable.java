package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.SweepDecoder;
import io.stackel.math.Bootstrap;
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
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Followers of whom only a log exists: the estimated entropy weight, and what the answer from the log is worth in the world in
 * which the follower really lives, beside the answer of exact gradients there. Arguments: {@code
 * conf/experiments/logged.yaml}, the worlds ({@code 100..109}), numbers of trajectories with commas between them, and
 * algorithms {@code {...}}.
 */
public final class LoggedTable {

    private static final double[] COLD = {};

    private LoggedTable() {}

    /**
     * One log and its answer.
     *
     * @param start the leader's real value at the starting x
     * @param reached that at the answer
     * @param best that at the answer of exact gradients in the real world
     */
    private record Ending(Map<String, Double> estimates, double start, double reached, double best) {

        double share() {
            return (reached - start) / (best - start);
        }

        /** The error of the estimate in standard errors. */
        double standardised(double truth) {
            return (estimates.get(Evaluation.ENTROPY_WEIGHT) - truth)
                    / estimates.get(Evaluation.ENTROPY_WEIGHT + "StandardError");
        }
    }

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        List<Long> worlds = SweepDecoder.seeds("worlds", arguments[1]);
        System.out.println("| steps of the log | entropy weight, mean | its standard error, mean | rms error over standard error"
                + " | algorithm | leader's real value | of the gain of exact gradients | 95 % interval | worst |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        int row = 0;
        for (String trajectories : arguments[2].split(",", -1)) {
            for (String algorithm : List.of(arguments).subList(3, arguments.length)) {
                List<Ending> endings = new ArrayList<>();
                for (long world : worlds) {
                    endings.add(ending(text, algorithm, world, trajectories));
                }
                print(trajectories, algorithm, endings, row++);
            }
        }
    }

    private static void print(String trajectories, String algorithm, List<Ending> endings, int row) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 5, row, 0, 0);
        double[] shares = endings.stream().mapToDouble(Ending::share).toArray();
        Bootstrap.Interval share = Bootstrap.ofMean(shares, 0.95, 10_000, random::nextInt);
        double weight = 0;
        double error = 0;
        double squares = 0;
        double value = 0;
        double worst = Double.POSITIVE_INFINITY;
        for (Ending one : endings) {
            weight += one.estimates.get(Evaluation.ENTROPY_WEIGHT) / endings.size();
            error += one.estimates.get(Evaluation.ENTROPY_WEIGHT + "StandardError") / endings.size();
            squares += one.standardised(0.2) * one.standardised(0.2) / endings.size();
            value += one.reached / endings.size();
            worst = Math.min(worst, one.share());
        }
        System.out.printf(
                Locale.ROOT,
                "| %d | %.4f | %.4f | %.2f | `%s` | %.3f | %.3f | %.3f to %.3f | %.3f |%n",
                50 * Long.parseLong(trajectories),
                weight,
                error,
                Math.sqrt(squares),
                algorithm,
                value,
                share.mean(),
                share.low(),
                share.high(),
                worst);
    }

    private static Ending ending(String text, String algorithm, long world, String trajectories) {
        Experiment real = experiment(
                text.replaceAll("(?m)^problem: .*$", "problem: {name: reward-design}"), "{name: exact}", world);
        Experiment logged = experiment(text, algorithm, world, "problem.trajectories=" + trajectories);
        ExactModel truth = new ExactModel(
                real.setup().problem().as(FiniteProblem.class).orElseThrow(), 0);
        Ending ending = new Ending(
                logged.setup().problem().estimates(),
                value(truth, real.setup().start()),
                value(truth, answer(logged)),
                value(truth, answer(real)));
        System.err.printf(Locale.ROOT, "%s %s world %d: %s%n", trajectories, algorithm, world, ending);
        return ending;
    }

    private static Experiment experiment(String text, String algorithm, long world, String... overrides) {
        List<String> all = new ArrayList<>(
                List.of("problem.problemSeed=" + world, "seed=" + world, "evaluation.every=1000000"));
        all.addAll(List.of(overrides));
        return Variant.of("logged", text, algorithm, all);
    }

    /** Minus the upper objective at the follower's real best response. */
    private static double value(ExactModel truth, double[] x) {
        ExactPoint point = truth.at(new DenseVector(x));
        return -point.hypergradient(point.best(0, 1e-12, COLD)).value();
    }

    private static double[] answer(Experiment experiment) {
        LastState last = new LastState();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            new RunLoop(machine, oracle, experiment.evaluation(oracle), last, experiment.plan(), () -> false)
                    .run(machine.init(), true);
            return machine.upper(last.state());
        }
    }
}
