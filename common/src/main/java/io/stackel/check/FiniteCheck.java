package io.stackel.check;

import io.stackel.estimate.PolicyTable;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.stream.IntStream;

/** Everything that is known of finite problems: tables, samplers against tables, exact quantities. */
final class FiniteCheck {

    private static final int MOST_STATES = 600;
    private static final int STATES_OF_QUICK_SOLVES = 150;
    private static final double TABLE_TRUNCATION = 1e-3;

    private FiniteCheck() {}

    /** Checks all contexts of a problem. */
    static void run(List<CheckedContext<FiniteProblem>> contexts) {
        CheckedContext<FiniteProblem> first = contexts.get(0);
        FiniteProblem problem = first.problem();
        boolean exact = problem.states() <= MOST_STATES;
        if (!exact) {
            first.results().leaveOut("exact quantities, since the problem has more than " + MOST_STATES + " states");
        }
        if (!(problem.entropyWeight() > 0)) {
            first.results().leaveOut("penalties, surrogates and hypergradients, which need an entropyWeight above 0");
        }
        first.checkScores(observations(problem, first.policy()));
        double[] logits =
                PolicyTable.logProbabilities(problem, first.policy(), first.at().lower());
        for (CheckedContext<FiniteProblem> scene : contexts) {
            new TableGradients(scene).check();
            new LockstepTables(scene, logits).check(scene.horizon(TABLE_TRUNCATION));
            new SimulatorTables(scene).check(scene.horizon(TABLE_TRUNCATION));
            if (exact) {
                int directions = problem.states() <= STATES_OF_QUICK_SOLVES ? 6 : 2;
                problem.as(ZeroSumProblem.class)
                        .ifPresentOrElse(
                                game -> new ZeroSumCheck(scene.of(game)).check(directions),
                                () -> oneFollower(scene, logits, directions));
            }
        }
    }

    private static void oneFollower(CheckedContext<FiniteProblem> scene, double[] logits, int directions) {
        new ExactGradients(scene).check(logits, directions);
        SampledPoint followers = new SampledPoint(scene);
        new SampledGradients(followers).check();
        scene.problem()
                .as(PreferenceProblem.class)
                .flatMap(one -> one.as(FinitePreferences.class))
                .ifPresent(pairs -> PreferenceGradients.check(pairs, followers, logits, directions));
    }

    private static List<double[]> observations(FiniteProblem problem, Policy policy) {
        DiscretePolicy discrete = DiscretePolicy.of(policy);
        int count = Math.min(CheckedContext.MOST_OBSERVATIONS, problem.states());
        return IntStream.range(0, count)
                .mapToObj(i -> PolicyTable.observation(problem, discrete, (int) ((long) i * problem.states() / count)))
                .toList();
    }
}
