package io.stackel.estimate;

import io.stackel.random.Purpose;
import java.io.Serializable;

/**
 * The units of an estimand: how many there are, and the address of what they draw.
 *
 * @param purpose of the draws
 * @param stream the estimand number in the address of the draws
 * @param count at least 1
 */
public record Units(Purpose purpose, int stream, long count) implements Serializable {}
