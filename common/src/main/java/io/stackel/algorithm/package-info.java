/**
 * The bilevel algorithms as state machines, and the loop that drives them. Knows neither Spark nor files. Start at {@code
 * Algorithm} and {@link io.stackel.algorithm.State}; whoever writes an algorithm, also at {@link
 * io.stackel.algorithm.AlgorithmFactory} and {@link io.stackel.algorithm.Setup}.
 */
package io.stackel.algorithm;
