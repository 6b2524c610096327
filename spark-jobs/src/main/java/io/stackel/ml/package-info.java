/**
 * Bilevel problems as stages of Spark ML: estimators that fit on a table and transform it.
 *
 * <p>A fit imports its rows and is then an ordinary run, so it has the bits of {@code stackel run} on the same data set. Start at
 * {@link io.stackel.ml.HyperCleaner}.
 */
package io.stackel.ml;
