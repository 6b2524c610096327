/**
 * Randomness as an argument with an address: streams that are pure functions of (seed, purpose, role, trajectory,
 * iteration, inner step), and categorical sampling from integer tables.
 *
 * <p>Imports nothing but {@code io.stackel.math}; no clock, no ambient generator, no state to save. Start with
 * {@link io.stackel.random.RandomStream}; {@code common/DECISIONS.md} says why streams have addresses.
 */
package io.stackel.random;
