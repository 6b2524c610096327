/**
 * Many runs of one configuration: plans them, runs them inside Spark tasks, and reports their status.
 *
 * <p>A trial is a run like any other; a sweep reads how it stands from its directory. Must not import the command line. Start
 * at {@link io.stackel.sweep.SweepPlan}, then {@link io.stackel.sweep.TrialRun}.
 */
package io.stackel.sweep;
