/**
 * Finite Markov games and decision processes in flat arrays. Imports only math and random. Start at {@link io.stackel.mdp.MarkovGame}.
 */
package io.stackel.mdp;
