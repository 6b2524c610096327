/**
 * Rollouts, estimators and reproducible sums: what an executor computes. A {@link io.stackel.estimate.BatchRequest}
 * names parameters and estimands; {@link io.stackel.estimate.ChunkEvaluator} turns a numbered chunk of it into sums, a
 * pure function of (request, chunk); {@link io.stackel.estimate.SumTree} adds chunks in one fixed order, and
 * {@link io.stackel.estimate.BatchResult} reads the totals out. Must not import algorithms, exact values or an engine.
 *
 * <p>{@code common/DECISIONS.md} says why sums are added in one tree and why an estimand brings its estimator.
 */
package io.stackel.estimate;
