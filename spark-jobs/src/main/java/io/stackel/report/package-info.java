/**
 * What a run's directory says of the run: how it stands, its figures, its summary, and a page of HTML on all of it.
 *
 * <p>Reads stores and writes text, or sends it to a tracking server; must not start engines or solve anything beyond the value of a policy that is there.
 * Start at {@link io.stackel.report.StatusReport} and {@link io.stackel.report.RunReport}.
 */
package io.stackel.report;
