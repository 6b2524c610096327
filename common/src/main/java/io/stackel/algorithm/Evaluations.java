package io.stackel.algorithm;

import io.stackel.optim.Projection;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.Optional;

/** Chooses how states are measured, by what a problem offers. */
public final class Evaluations {

    private Evaluations() {}

    /**
     * By the tables, where there are some.
     *
     * @param oracle that plays what the tables do not tell, from so many units
     */
    public static Optional<Evaluation> exact(Setup setup, GradientOracle oracle, long units) {
        return setup.problem().tables().map(tables -> of(setup, tables, oracle, units));
    }

    private static Evaluation of(Setup setup, FiniteProblem tables, GradientOracle oracle, long units) {
        Projection projection = setup.upper().projection();
        if (setup.policy() instanceof TwoPlayerSoftmax players) {
            return new ZeroSumEvaluation(tables.zeroSum().orElseThrow(), players, projection);
        }
        Optional<Evaluation> pairs = tables.preferences()
                .flatMap(PreferenceProblem::finitePreferences)
                .map(problem -> new PreferenceEvaluation(setup, problem, oracle, units));
        Optional<Evaluation> experts = tables.inverse()
                .flatMap(InverseProblem::finiteInverse)
                .map(problem -> new InverseEvaluation(setup, problem));
        return pairs.or(() -> experts).orElseGet(() -> new ExactEvaluation(tables, setup.policy(), projection));
    }

    /**
     * By trajectories that no training draw sees.
     *
     * @param units trajectories, or pairs, of a row; at least 1
     */
    public static Evaluation sampled(Setup setup, GradientOracle oracle, long units) {
        TrajectoryProblem problem = setup.problem();
        Optional<Evaluation> experts = problem.inverse()
                .flatMap(InverseProblem::taskExperts)
                .map(task -> new TaskInverseEvaluation(setup, task, oracle, units));
        Optional<Evaluation> pairs =
                problem.preferences().map(one -> new TaskPreferenceEvaluation(setup, one, oracle, units));
        return experts.or(() -> pairs).orElseGet(() -> new SampledEvaluation(setup, oracle, units));
    }
}
