package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BoltzmannGradient;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the Boltzmann form leads where the two-sided difference leads on a problem without tables: followers of {@code
 * first-order} learn at the starting x, minus, plus and the best response, and then both gradients are averaged over batches at
 * these followers. Arguments: a configuration whose algorithm is {@code first-order}, two-sided; sigma in it; iterations of
 * learning; batches; the units of a batch; the seeds, as in {@code 100..102}; then further settings. Cosines have a 95 %
 * bootstrap interval over batches.
 */
public final class WatchedGradients {

    private static final int RESAMPLES = 2000;

    private WatchedGradients() {}

    /** Prints a row for each seed as Markdown. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        double sigma = Double.parseDouble(arguments[1]);
        int iterations = Integer.parseInt(arguments[2]);
        int batches = Integer.parseInt(arguments[3]);
        int units = Integer.parseInt(arguments[4]);
        String[] seeds = arguments[5].split("\\.\\.", -1);
        System.out.println("| seed | advantageDecay | cosine | 95 % interval | norm, first-order | norm, boltzmann"
                + " | deviation, first-order | deviation, boltzmann |\n|---|---|---|---|---|---|---|---|");
        for (long seed = Long.parseLong(seeds[0]); seed <= Long.parseLong(seeds[1]); seed++) {
            List<String> settings = new ArrayList<>(List.of(arguments).subList(6, arguments.length));
            settings.addAll(List.of("seed=" + seed, "policy.weightSeed=" + seed));
            settings.add("upper={optimizer: sgd, stepSize: 1.0e-12, units: 2}");
            Catalogue catalogue = Catalogue.load(WatchedGradients.class.getClassLoader());
            Experiment experiment = Experiment.of(
                    new ConfigurationDecoder(catalogue.vocabulary())
                            .decode("watched", Files.readAllBytes(file), settings),
                    catalogue,
                    Optional.empty());
            print(experiment, sigma, iterations, batches, units, seed);
        }
    }

    private static void print(
            Experiment experiment, double sigma, int iterations, int batches, int units, long seed) {
        Algorithm algorithm = experiment.algorithm();
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            while (state.iteration() < iterations) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "learning"))
                        .next();
            }
            double[][] differences = means(experiment, oracle, state, batches, difference(sigma, units));
            for (double decay : new double[] {1, 0.9, 0.5}) {
                Estimand watched = new BoltzmannGradient(
                        new Units(Purpose.CHECK, 0, units), 0, 2, Critic.SCALAR, decay, false);
                print(seed, decay, differences, means(experiment, oracle, state, batches, watched));
            }
        }
    }

    private static ValueGradient difference(double sigma, int units) {
        return new ValueGradient(
                new Units(Purpose.CHECK, 0, units / 2),
                0,
                new FollowerPair(0, 1, Coupling.COMMON),
                Combination.twoSided(sigma),
                Wanted.UPPER,
                false);
    }

    private static double[][] means(
            Experiment experiment, LocalOracle oracle, State state, int batches, Estimand estimand) {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            followers.add(Follower.withValues(state.real("lower." + i + "/0"), state.real("values." + i + "/0")));
        }
        Setup.SamplingRule sampling = experiment.setup().trajectories().orElseThrow().sampling();
        double[][] means = new double[batches][];
        for (int batch = 0; batch < batches; batch++) {
            BatchRequest request = new BatchRequest(
                    state.iteration(),
                    batch,
                    0,
                    0,
                    sampling.horizon(),
                    sampling.unitsPerChunk(),
                    BatchRequest.ALL_RESIDUALS,
                    false,
                    List.of(state.real("upper")),
                    followers,
                    List.of(estimand));
            means[batch] = oracle.evaluate(request, "batch").estimate(0).upperGradient();
        }
        return means;
    }

    private static void print(long seed, double decay, double[][] first, double[][] second) {
        double[] cosines = new double[RESAMPLES];
        RandomStream random = RandomStream.at(seed, Purpose.BOOTSTRAP, 0, 0, 0, 0);
        for (int i = 0; i < RESAMPLES; i++) {
            cosines[i] = cosine(resampled(first, random), resampled(second, random));
        }
        Arrays.sort(cosines);
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.2f | %.2f to %.2f | %.3g | %.3g | %.3g | %.3g |%n",
                seed,
                decay,
                cosine(mean(first), mean(second)),
                cosines[RESAMPLES / 40],
                cosines[RESAMPLES - RESAMPLES / 40 - 1],
                VectorMath.norm(mean(first)),
                VectorMath.norm(mean(second)),
                deviation(first),
                deviation(second));
        System.err.println(Arrays.toString(mean(first)) + " " + Arrays.toString(mean(second)));
    }

    private static double cosine(double[] one, double[] other) {
        return VectorMath.dot(one, other) / (VectorMath.norm(one) * VectorMath.norm(other));
    }

    private static double[] resampled(double[][] batches, RandomStream random) {
        double[][] drawn = new double[batches.length][];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = batches[random.nextInt(batches.length)];
        }
        return mean(drawn);
    }

    private static double[] mean(double[][] batches) {
        double[] mean = new double[batches[0].length];
        for (double[] batch : batches) {
            VectorMath.addScaled(1.0 / batches.length, batch, mean);
        }
        return mean;
    }

    /** The root of the trace of the covariance of a batch. */
    private static double deviation(double[][] batches) {
        double[] mean = mean(batches);
        double total = 0;
        for (double[] batch : batches) {
            total += VectorMath.normSquared(VectorMath.minus(batch, mean));
        }
        return Math.sqrt(total / (batches.length - 1));
    }
}
