/**
 * One run from its experiment to its end: reads the configuration, claims the directory, drives the algorithm, records, and
 * says how it went.
 *
 * <p>A command and a task of a sweep call it alike. It prints nothing: lines for people go to a {@link
 * io.stackel.run.RunEnvironment}, the end is a {@link io.stackel.run.RunEnd}. The summary of a run's directory, for
 * commands, sweeps and reports, is here, too. Must not know a command line. Start at {@link io.stackel.run.RunSession}.
 */
package io.stackel.run;
