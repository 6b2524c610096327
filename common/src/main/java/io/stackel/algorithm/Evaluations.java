package io.stackel.algorithm;

import io.stackel.problem.Problem;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses how states are measured, by what a problem offers. */
public final class Evaluations {

    private Evaluations() {}

    /**
     * The same figures and what x is worth against a follower without entropy.
     *
     * @throws MisfitException as {@link #requireHardResponse}
     */
    public static Evaluation withHardResponse(ProblemSetup setup, Evaluation evaluation) {
        return HardResponse.of(setup.problem(), evaluation);
    }

    /**
     * Returns if a follower without entropy can be planned.
     *
     * @throws MisfitException if the problem has no tables of one follower whose leader has a return
     */
    public static void requireHardResponse(Problem problem) {
        HardResponse.tables(problem);
    }

    /**
     * Exactly on problems with tables or data, else by trajectories that no training draw sees, and then the first row with
     * the status quo.
     *
     * @param oracle that plays what is not exact and goes through rows of data
     * @param units trajectories, or pairs, of a row; 0 for none
     * @param statusQuo batches of the status quo; 0 for none
     */
    public static Evaluation of(ProblemSetup setup, GradientOracle oracle, long units, int statusQuo) {
        Optional<SampledEvaluation> sampled =
                setup.trajectories().filter(any -> units > 0).map(one -> new SampledEvaluation(one, oracle, units));
        Optional<Evaluation> exact =
                ExactEvaluation.Kind.of(setup, oracle).map(kind -> new ExactEvaluation(setup, kind, sampled));
        Optional<Evaluation> fromTrajectories =
                sampled.map(one -> statusQuo > 0 ? new StatusQuo(one.setup(), oracle, one, statusQuo) : one);
        return exact.or(() -> fromTrajectories).orElse((algorithm, state) -> new TreeMap<>());
    }
}
