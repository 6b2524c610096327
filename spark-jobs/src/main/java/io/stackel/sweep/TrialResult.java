package io.stackel.sweep;

import java.io.Serializable;

/**
 * How a trial ended.
 *
 * @param exitCode that {@code stackel run} would have ended with
 * @param reason what went wrong, or empty
 */
public record TrialResult(int exitCode, String reason) implements Serializable {}
