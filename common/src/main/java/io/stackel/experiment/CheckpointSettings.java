package io.stackel.experiment;

/**
 * When the state is committed.
 *
 * @param every batches between two commits
 * @param keep commits whose data are kept
 */
public record CheckpointSettings(long every, int keep) {}
