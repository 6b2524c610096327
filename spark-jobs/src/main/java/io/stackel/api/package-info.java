/**
 * Use from code: a program configures a run, runs it in its own process, on its own Spark if it has one, and reads the answer.
 *
 * <p>It drives the same sessions as the command line, and gives typed exceptions where that has exit codes. Start at {@link
 * io.stackel.api.Stackel}.
 */
package io.stackel.api;
