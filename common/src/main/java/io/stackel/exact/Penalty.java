package io.stackel.exact;

/**
 * How far a policy is from lower-level optimality, at least zero and zero exactly there.
 *
 * @param value the penalty
 * @param gradients its gradients in the policy's logits and in the upper variable
 */
public record Penalty(double value, Gradients gradients) {}
