/**
 * What a run's directory says of the run: how it stands, its figures, its summary.
 *
 * <p>Reads stores and writes text; must not start engines or solve anything. Start at {@link io.stackel.report.StatusReport}.
 */
package io.stackel.report;
