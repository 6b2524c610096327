package io.stackel.experiment;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a run is complete: as soon as one of the limits is reached.
 *
 * @param iterations outer iterations
 * @param samples environment steps of training; empty for any
 * @param stationarityGap the norm of the projected hypergradient that counts as stationary; empty to go on regardless
 */
public record StopSettings(long iterations, OptionalLong samples, OptionalDouble stationarityGap) {}
