package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Compares sampled vectors with exact ones in units of the standard error that the spread of the chunks shows. */
final class ChunkComparison {

    private static final int RANDOM_DIRECTIONS = 3;

    /** Six standard errors, about the bound of a report. */
    private static final double ALARM = 6;

    private final CheckRule rule;
    private final String where;
    private final int horizon;
    private final List<String> weak = new ArrayList<>();

    /**
     * Comparisons of one context.
     *
     * @param where an addition to the names of findings
     * @param horizon of the trajectories, for explanations
     */
    ChunkComparison(CheckRule rule, String where, int horizon) {
        this.rule = rule;
        this.where = where;
        this.horizon = horizon;
    }

    /** Comparisons so far that are too noisy to tell the vector from zero, each with its figure. */
    List<String> weak() {
        return weak;
    }

    /**
     * Compares the means of chunks with a vector, along that vector and along random directions.
     *
     * @param estimate what is compared, out of the only estimand of each chunk
     */
    Evidence of(String name, double[] exact, List<BatchResult> chunks, Function<Estimate, double[]> estimate) {
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
            along = new Directions(rule.seed()).normal(Use.PROJECTION, k, exact.length);
        }
        if (ALARM * share > 1) {
            weak.add(String.format(
                    Locale.ROOT,
                    "sampled %s%s tells little: its standard error is %.2g of the exact vector; it falls as the root of"
                            + " the units",
                    name,
                    where,
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
        return new Evidence("sampled " + name + where, scores, explanation);
    }
}
