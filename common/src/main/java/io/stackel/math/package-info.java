/**
 * Arithmetic with a fixed order of operations: vectors, softmax, small dense solves, moments, intervals and digests. Imports
 * nothing of Stackel. Start at {@link io.stackel.math.Tensor}.
 */
package io.stackel.math;
