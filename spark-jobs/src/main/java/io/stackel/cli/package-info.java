/**
 * Commands: reads the command line, shows people how a run goes and what came out, and turns ends into exit codes.
 *
 * <p>The first package of the order: may import every other one and is imported by none. What a run is made of is {@link
 * io.stackel.run}.
 */
package io.stackel.cli;
