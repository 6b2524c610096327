package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.estimate.TransitionCounts;
import io.stackel.exact.Gradients;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Compares what the engine samples in one context with exact vectors, in units of the standard error that the spread of
 * the chunks' means shows.
 */
final class ChunkComparison {

    /** The part of a discounted sum that trajectories of a comparison cut off, far below any standard error. */
    static final double TRUNCATION = 1e-9;

    /** Chunks of a comparison; their means are nearly normal, and 63 degrees of freedom estimate their spread. */
    static final int CHUNKS = 64;

    private static final int RANDOM_DIRECTIONS = 3;

    /** Six standard errors, about the bound of a report. */
    private static final double ALARM = 6;

    private final CheckedContext<?> scene;
    private final List<Follower> followers;
    private final int horizon;

    /**
     * Comparisons of one context.
     *
     * @param horizon of the trajectories
     */
    ChunkComparison(CheckedContext<?> scene, List<Follower> followers, int horizon) {
        this.scene = scene;
        this.followers = List.copyOf(followers);
        this.horizon = horizon;
    }

    /** Gradients less {@code share} of that of the upper objective's term in x alone, which nobody samples. */
    Gradients withoutTerm(Gradients exact, double share) {
        double[] term = new double[exact.inUpper().length];
        scene.problem().addUpperTermGradient(scene.upper(), term);
        return new Gradients(exact.inLower(), VectorMath.minus(exact.inUpper(), VectorMath.scaled(share, term)));
    }

    /**
     * Compares both gradients of an estimand, in x and in theta.
     *
     * @param inLower the follower's gradient of an estimate, as it is compared
     */
    void gradients(String name, Gradients exact, Estimand estimand, Function<Estimate, double[]> inLower) {
        List<BatchResult> chunks = play(estimand);
        compare(name + " in x", exact.inUpper(), chunks, Estimate::upperGradient);
        compare(name + " in theta", exact.inLower(), chunks, inLower);
    }

    /** Compares what is read out of an estimand with a vector. */
    void vectors(String name, double[] exact, Estimand estimand, Function<Estimate, double[]> estimate) {
        compare(name, exact, play(estimand), estimate);
    }

    /** Compares both players' returns of the first follower. */
    void returns(double leader, double follower) {
        vectors(
                "returns",
                new double[] {leader, follower},
                new Returns(Purpose.CHECK, 0, scene.rule().units(), 0, 0),
                one -> new double[] {one.upperReturn(), one.lowerReturn()});
    }

    /** The batch of one estimand, chunk by chunk. */
    private List<BatchResult> play(Estimand estimand) {
        int perChunk = Math.toIntExact(Math.max(1, estimand.units() / CHUNKS));
        BatchRequest request = scene.request(horizon, perChunk, followers, estimand);
        ChunkEvaluator evaluator = scene.source().open(request);
        List<BatchResult> results = new ArrayList<>();
        for (long chunk = 0; chunk < request.chunks(); chunk++) {
            double[] sums = new double[evaluator.sumLength()];
            long[] counters = new long[evaluator.counterLength()];
            TransitionCounts counts = new TransitionCounts(0);
            evaluator.evaluate(chunk, sums, counters, counts);
            results.add(scene.source().read(request, sums, counters, counts.sorted()));
        }
        return results;
    }

    /**
     * Compares the means of chunks with a vector, along that vector and along random directions. Notes a comparison that is
     * too noisy to tell the vector from zero.
     */
    private void compare(String name, double[] exact, List<BatchResult> chunks, Function<Estimate, double[]> estimate) {
        double[][] means =
                chunks.stream().map(chunk -> estimate.apply(chunk.estimate(0))).toArray(double[][]::new);
        double norm = VectorMath.norm(exact);
        double[] scores = new double[1 + RANDOM_DIRECTIONS];
        double[] along = exact;
        double share = 0;
        for (int k = 0; k < scores.length; k++) {
            double[] sample = new double[means.length];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = VectorMath.dot(along, means[i]);
            }
            scores[k] = Evidence.ofMean(sample, VectorMath.dot(along, exact), norm * VectorMath.norm(along));
            share = k == 0 && norm > 0 ? Statistics.standardError(sample) / (norm * norm) : share;
            along = scene.random().normal(Use.PROJECTION, k, exact.length);
        }
        if (ALARM * share > 1) {
            scene.results()
                    .leaveOut(String.format(
                            Locale.ROOT,
                            "sampled %s%s says little: its standard error is %.2g of the exact vector; it falls as the root of"
                                    + " the units",
                            name,
                            scene.where(),
                            share));
        }
        String explanation = String.format(
                Locale.ROOT,
                "sampled against exact in standard errors, along the exact vector (norm %.3g, standard error %.2g of it)"
                        + " and %d random directions; %d chunks of %d units, horizon %d",
                norm,
                share,
                RANDOM_DIRECTIONS,
                chunks.size(),
                chunks.get(0).estimate(0).units(),
                horizon);
        scene.results().add(new Evidence("sampled " + name + scene.where(), scores, explanation));
    }
}
