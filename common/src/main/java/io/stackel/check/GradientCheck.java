package io.stackel.check;

import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a problem at a point in every way its kind allows.
 *
 * <ul>
 *   <li>finite problems: central differences against every analytic gradient (the problem's pullbacks, the policy's
 *       scores, the exact quantities); sampled gradients against exact ones; the simulator and the lockstep sampler
 *       against the tables;
 *   <li>problems that can only be sampled: the simulator's contract; rewards by central differences along trajectories;
 *       scores and returns in units of standard errors.
 * </ul>
 *
 * <p>Differences have bounds of truncation and rounding. Whatever rests on chance is judged together: a problem without
 * fault fails with a probability of at most 1e-6.
 */
public final class GradientCheck {

    private GradientCheck() {}

    /**
     * Makes all checks.
     *
     * @param policy of the follower, with as many parameters as {@code at.lower()}
     * @throws IllegalArgumentException if the point does not fit problem and policy
     */
    public static CheckReport run(TrajectoryProblem problem, Policy policy, CheckPoint at, CheckRule rule) {
        at.requireLengths(problem.upperSize(), policy.parameters());
        CheckResults results = new CheckResults();
        results.add(GradientComparison.ofUpperTerm(problem, at.upper(), new Directions(rule.seed())));
        problem.as(FiniteProblem.class)
                .ifPresentOrElse(
                        tables -> FiniteCheck.run(CheckedContext.all(tables, policy, at, rule, results)), () -> {
                            results.leaveOut(
                                    "tables and exact quantities, which a problem that can only be sampled does not have");
                            sampled(CheckedContext.all(problem, policy, at, rule, results));
                        });
        return results.report();
    }

    private static void sampled(List<CheckedContext<TrajectoryProblem>> contexts) {
        List<double[]> observations = new ArrayList<>();
        for (CheckedContext<TrajectoryProblem> scene : contexts) {
            if (new SimulatorContract(scene).check()) {
                new EngineReplay(scene).check(observations);
                new SimulatorGradients(scene).check();
            } else {
                scene.results()
                        .leaveOut("returns and gradients of a simulator whose numbers are not finite" + scene.where());
            }
        }
        contexts.get(0)
                .checkScores(observations.subList(0, Math.min(CheckedContext.MOST_OBSERVATIONS, observations.size())));
    }
}
