package io.stackel.experiment;

/**
 * When and how a run is measured.
 *
 * @param every outer iterations between two measurements
 * @param units units of one measurement's own batch; 0 for none
 */
public record EvaluationSettings(long every, int units) {}
