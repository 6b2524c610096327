package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import java.io.Serializable;
import java.util.List;

/**
 * What an algorithm asks the executors for: parameters, estimands, and the address of the random draws. The result depends on
 * nothing else.
 *
 * @param seed of the run
 * @param iteration outer iteration, part of every stream's address
 * @param innerStep batch within the outer iteration, part of every stream's address
 * @param context of the problem
 * @param horizon the longest trajectory in steps; reaching it truncates
 * @param unitsPerChunk units of each estimand in a chunk
 * @param traceDecay in [0, 1]: how far a score is credited with later residuals; 1 is unbiased for every baseline, 0 takes
 *     the residual of the score's own step alone, which is unbiased for exact baselines and much less noisy
 * @param diagonalMoments whether sums of squares are kept per coordinate
 * @param uppers upper variables, each of the problem's size
 * @param followers policies of the lower level
 * @param estimands what to estimate; none for a batch that needs no samples
 */
public record BatchRequest(
        long seed,
        long iteration,
        long innerStep,
        int context,
        int horizon,
        int unitsPerChunk,
        double traceDecay,
        boolean diagonalMoments,
        List<double[]> uppers,
        List<Follower> followers,
        List<Estimand> estimands)
        implements RolloutRequest, Serializable {

    /** The {@code traceDecay} that credits scores with all later residuals, and that of estimands without scores. */
    public static final double ALL_RESIDUALS = 1;

    public BatchRequest {
        require(horizon >= 1, "horizon must be at least 1, but was " + horizon);
        require(unitsPerChunk >= 1, "unitsPerChunk must be at least 1, but was " + unitsPerChunk);
        require(traceDecay >= 0 && traceDecay <= 1, "traceDecay must be in [0, 1], but was " + traceDecay);
        uppers = List.copyOf(uppers);
        followers = List.copyOf(followers);
        estimands = List.copyOf(estimands);
    }

    /** One estimand of this request in chunks of one unit each, so that a chunk's number is the unit's. */
    BatchRequest unitsOf(Estimand estimand) {
        return new BatchRequest(
                seed,
                iteration,
                innerStep,
                context,
                horizon,
                1,
                traceDecay,
                diagonalMoments,
                uppers,
                followers,
                List.of(estimand));
    }

    /** The layouts of the estimands, one after the other. */
    EstimandLayout[] layouts(int upperSize, int lowerSize, int valueSize) {
        EstimandLayout[] layouts = new EstimandLayout[estimands.size()];
        int offset = 0;
        for (int i = 0; i < layouts.length; i++) {
            Estimand estimand = estimands.get(i);
            int upper = estimand.wanted().upper() ? upperSize : 0;
            int lower = (estimand.wanted().lower() ? lowerSize : 0) + (estimand.fitsValues() ? valueSize : 0);
            layouts[i] = new EstimandLayout(offset, upper, lower, diagonalMoments, estimand.recordsLength());
            offset = layouts[i].end();
        }
        return layouts;
    }

    @Override
    public int scoresPerUnit() {
        return estimands.stream().mapToInt(Estimand::scoresPerUnit).max().orElse(0);
    }

    /** Whether no samples are needed. */
    public boolean isEmpty() {
        return estimands.isEmpty();
    }

    /** The number of chunks: that of the estimand with the most units. */
    public long chunks() {
        long most = 0;
        for (Estimand estimand : estimands) {
            most = Math.max(most, (estimand.units() + unitsPerChunk - 1) / unitsPerChunk);
        }
        return most;
    }
}
