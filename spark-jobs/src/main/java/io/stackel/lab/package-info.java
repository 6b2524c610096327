/**
 * The laboratory: how many samples algorithms need until the hypergradient is small, measured against the exact one.
 *
 * <p>A {@link io.stackel.lab.Scheme} says how an algorithm's settings follow from the accuracy that is asked for; a {@link
 * io.stackel.lab.Cell} is one run of it, which {@link io.stackel.lab.CellRun} counts; {@link io.stackel.lab.Laboratory} tunes
 * constants at the largest accuracy and measures at all of them; {@link io.stackel.lab.Exponent} fits the power law. Must not
 * import the command line.
 */
package io.stackel.lab;
