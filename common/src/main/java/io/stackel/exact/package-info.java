/**
 * Closed forms for problems whose tables are known: optima, values, penalties and hypergradients by linear solves of
 * size S. Must not import families, algorithms or configuration. Start at {@link io.stackel.exact.ExactModel}.
 */
package io.stackel.exact;
