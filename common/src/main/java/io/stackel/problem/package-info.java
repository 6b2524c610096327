/**
 * What a user implements: bilevel problems, their simulators and the declaration of their configuration keys; {@link io.stackel.problem.ProblemRules} holds what a problem says of itself. Knows no estimator, algorithm or engine. Start at {@link io.stackel.problem.TrajectoryProblem}, or at {@link io.stackel.problem.FiniteProblem} if the tables are known.
 */
package io.stackel.problem;
