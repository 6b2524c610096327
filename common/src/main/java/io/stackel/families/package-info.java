/**
 * Families of problems, one file a family, and finite problems read from files. Must not import algorithms,
 * configuration or engines. Start at {@link io.stackel.families.Families}, the list of them.
 */
package io.stackel.families;
