package io.stackel.estimate;

import java.io.Serializable;

/**
 * A point of a {@link LossGradient} with its weight.
 *
 * @param upper position of x
 * @param lower position of w among the followers
 */
public record LossTerm(int upper, int lower, double weight) implements Serializable {}
