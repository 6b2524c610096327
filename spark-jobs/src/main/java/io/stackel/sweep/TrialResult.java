package io.stackel.sweep;

/**
 * How a trial ended.
 *
 * @param exitCode that {@code stackel run} would have ended with
 * @param reason what went wrong, or empty
 * @param epoch of the claim that it made on its run, 0 if it made none
 */
public record TrialResult(int exitCode, String reason, int epoch) {

    /** The end of a trial that has claimed nothing. */
    public TrialResult(int exitCode, String reason) {
        this(exitCode, reason, 0);
    }
}
