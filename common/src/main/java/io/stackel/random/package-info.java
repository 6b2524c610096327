/**
 * Randomness as an argument with an address: streams that are pure functions of (seed, purpose, role, trajectory,
 * iteration, inner step), and categorical sampling from integer tables.
 *
 * <p>Imports nothing but {@code io.stackel.math}; no clock, no ambient generator, no state to save. Start with
 * {@link io.stackel.random.RandomStream}.
 */
package io.stackel.random;
