package io.stackel.experiment;

import java.util.OptionalLong;

/**
 * When the state is committed.
 *
 * @param every outer iterations between commits; empty for a fiftieth of the run
 * @param keep commits whose data are kept
 */
public record CheckpointSettings(OptionalLong every, int keep) {}
