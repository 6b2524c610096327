package io.stackel.experiment;

/**
 * How trajectories are drawn and summed.
 *
 * @param horizon steps after which a trajectory is truncated
 * @param unitsPerChunk units that one chunk sums
 * @param baseline what is taken from returns
 * @param traceDecay how far a score is credited with later residuals, in [0, 1]
 * @param moments of what second moments are summed
 */
public record SamplingSettings(int horizon, int unitsPerChunk, Baseline baseline, double traceDecay, Moments moments) {

    /** What is taken from returns. */
    public enum Baseline {
        /** Nothing. */
        NONE,
        /** Values fitted on earlier batches. */
        FITTED
    }

    /** Of what second moments are summed. */
    public enum Moments {
        /** Of each quantity's norm: one standard error a quantity. */
        SCALAR,
        /** Of each coordinate: twice the memory, one standard error a coordinate. */
        DIAGONAL
    }

    /** Chunks of a batch of {@code units}: the least number that holds them all. */
    public int chunks(int units) {
        return units / unitsPerChunk + (units % unitsPerChunk == 0 ? 0 : 1);
    }
}
