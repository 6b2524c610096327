/**
 * Finite Markov games and decision processes in flat arrays, and environments with real-valued states that can only be
 * sampled. Imports only math and random. Start at {@link io.stackel.mdp.MarkovGame} or {@link io.stackel.mdp.Environment}.
 */
package io.stackel.mdp;
