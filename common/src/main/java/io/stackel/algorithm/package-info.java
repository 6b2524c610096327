/**
 * The bilevel algorithms as state machines, and the loop that drives them. Knows neither Spark nor files. Start at {@code Algorithm} and {@link io.stackel.algorithm.State}.
 */
package io.stackel.algorithm;
