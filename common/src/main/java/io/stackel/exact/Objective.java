package io.stackel.exact;

/**
 * A function of the upper variable alone: the objective at the follower's best response, or a surrogate of it.
 *
 * @param value the objective, to be minimised
 * @param gradient its gradient, length m
 */
public record Objective(double value, double[] gradient) {}
