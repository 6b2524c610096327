/**
 * Pages of HTML and tables on what the directories of runs hold.
 *
 * <p>Reads stores and writes text, or sends it to a tracking server; must not start engines or solve anything beyond the value of a policy that is there.
 * Start at {@link io.stackel.report.RunReport}.
 */
package io.stackel.report;
