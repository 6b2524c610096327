/**
 * Vectors, softmax, special functions, moments, small dense solves and statistics in plain loops of fixed order.
 *
 * <p>Imports no other package of this project. The last package of the order: every other one may import it.
 */
package io.stackel.math;
