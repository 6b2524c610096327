/**
 * What a user implements: bilevel problems, their simulators and the declaration of their configuration keys. Knows no estimator, algorithm or engine. Start at {@link io.stackel.problem.TrajectoryProblem}, or at {@link io.stackel.problem.FiniteProblem} if the tables are known.
 */
package io.stackel.problem;
