/**
 * First-order steps: optimisers, mirror steps, schedules, clipping and Euclidean projections; and one evolution strategy.
 *
 * <p>State is a value and a step is a function: nothing hides in fields. Imports {@code io.stackel.math} and
 * {@code io.stackel.random} alone. Start with {@link io.stackel.optim.Optimizer}.
 */
package io.stackel.optim;
