package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.algorithm.Outcome;

/**
 * What one commit makes durable.
 *
 * @param state the whole state, encoded
 * @param metrics deterministic rows since the last commit, JSON lines
 * @param timings other rows since the last commit, JSON lines
 * @param outcome how far the run has come
 * @param summary what listings show, such as step and samples
 */
public record Checkpoint(byte[] state, byte[] metrics, byte[] timings, Outcome outcome, ObjectNode summary) {}
