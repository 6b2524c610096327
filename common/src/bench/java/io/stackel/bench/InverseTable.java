package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.SweepDecoder;
import io.stackel.math.Bootstrap;
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

/**
 * Inverse reinforcement learning on random worlds, or with as many seeds on a control task: the true return of a run's policy
 * over that of the experts, mean with 95 % bootstrap interval and the worst world, and the seconds of a run on one thread.
 * Arguments: {@code conf/experiments/inverse-rl.yaml} or another, the worlds ({@code 100..109}); then overrides {@code key=value}, in
 * which SEED stands for the world's number, and algorithms {@code {...}}.
 */
public final class InverseTable {

    private InverseTable() {}

    private record Ending(double share, double samples, double seconds) {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        List<Long> worlds = SweepDecoder.seeds("worlds", arguments[1]);
        List<String> overrides = new ArrayList<>();
        List<String> algorithms = new ArrayList<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            (argument.startsWith("{") ? algorithms : overrides).add(argument);
        }
        System.out.println("| algorithm | true return over the experts' | 95 % interval | farthest from 1 | steps | seconds |");
        System.out.println("|---|---|---|---|---|---|");
        for (int row = 0; row < algorithms.size(); row++) {
            List<Ending> endings = new ArrayList<>();
            for (long world : worlds) {
                endings.add(run(text, algorithms.get(row), overrides, world));
            }
            print(algorithms.get(row), endings, row);
        }
    }

    private static void print(String algorithm, List<Ending> endings, int row) {
        RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 4, row, 0, 0);
        double[] shares = endings.stream().mapToDouble(Ending::share).toArray();
        Bootstrap.Interval mean = Bootstrap.ofMean(shares, 0.95, 10_000, random::nextInt);
        double farthest = 1;
        double seconds = 0;
        for (Ending ending : endings) {
            farthest = Math.abs(ending.share - 1) > Math.abs(farthest - 1) ? ending.share : farthest;
            seconds += ending.seconds / endings.size();
        }
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %.4f | %.4f to %.4f | %.4f | %.0f | %.1f |%n",
                algorithm,
                mean.mean(),
                mean.low(),
                mean.high(),
                farthest,
                endings.get(0).samples,
                seconds);
    }

    private static Ending run(String text, String algorithm, List<String> overrides, long world) {
        List<String> all = new ArrayList<>(
                List.of("problem.problemSeed=" + world, "seed=" + world, "evaluation.every=1000000"));
        overrides.forEach(override -> all.add(override.replace("SEED", Long.toString(world))));
        Experiment experiment = Variant.of("inverse-rl", text, algorithm, all);
        LastState last = new LastState();
        long start = System.nanoTime();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm machine = experiment.algorithm();
            Evaluation evaluation = experiment.evaluation(oracle);
            new RunLoop(machine, oracle, evaluation, last, experiment.plan(), () -> false).run(machine.init(), true);
            double seconds = (System.nanoTime() - start) / 1e9;
            SortedMap<String, Double> figures = evaluation.measure(machine, last.state());
            boolean task = figures.containsKey(Evaluation.EXPERT_EPISODE_RETURN);
            double share = task
                    ? figures.get(Evaluation.EPISODE_RETURN)
                            / figures.get(Evaluation.EXPERT_EPISODE_RETURN)
                    : figures.get(Evaluation.TRUE_RETURN) / figures.get(Evaluation.EXPERT_RETURN);
            System.err.printf(Locale.ROOT, "%s world %d: %s%n", algorithm, world, figures);
            return new Ending(share, last.state().samples(), seconds);
        }
    }
}
