/**
 * Many runs of one configuration: plans them, runs them inside Spark tasks, tells how they stand.
 *
 * <p>It knows runs by their directories alone; how one trial is run is given to it. Must not import the command line. Start at
 * {@link io.stackel.sweep.SweepPlan}.
 */
package io.stackel.sweep;
