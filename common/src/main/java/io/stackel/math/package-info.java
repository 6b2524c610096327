/**
 * Arithmetic with a fixed order of operations: vectors, softmax, small dense solves, moments and intervals. Imports nothing of Stackel. Start at {@link io.stackel.math.Tensor}.
 */
package io.stackel.math;
