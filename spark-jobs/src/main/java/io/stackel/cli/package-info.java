/**
 * Commands: reads the command line, puts the parts together and turns outcomes into exit codes.
 *
 * <p>The first package of the order: may import every other one and is imported by none.
 */
package io.stackel.cli;
