/**
 * Checks that a problem is what its mathematics says: gradients against central differences, samples against exact
 * quantities, simulators against tables, estimators against each other; and that an algorithm or a policy of anybody's keeps
 * the promises of its interface, in the tests of its own build ({@link io.stackel.check.AlgorithmContract}, {@link
 * io.stackel.check.PolicyContract}). Every test that rests on chance states the
 * probability of a false alarm.
 *
 * <p>Must not import the Spark engine, Hadoop or a package to its left in the order of packages. Start at {@link
 * io.stackel.check.GradientCheck}.
 */
package io.stackel.check;
