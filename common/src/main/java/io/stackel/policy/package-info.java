/**
 * Families of policies whose parameters are an argument. Must not import problems or estimators. Start at {@link io.stackel.policy.Policy}.
 */
package io.stackel.policy;
