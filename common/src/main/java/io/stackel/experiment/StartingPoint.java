package io.stackel.experiment;

import io.stackel.algorithm.Setup;
import io.stackel.estimate.PolicyTable;
import io.stackel.families.ExactReport;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Settings;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Where a configured run of a finite problem starts, seen without any sample.
 *
 * @param problem with its tables
 * @param upper x, length m
 * @param lower logits of the follower's policy before its first step, S x B; of two players S x A followed by
 *     S x B
 * @param sigma of surrogates
 */
public record StartingPoint(FiniteProblem problem, DenseVector upper, double[] lower, double sigma) {

    private static final double DEFAULT_SIGMA = 0.1;

    /**
     * The starting point of an experiment; sigma is that of the algorithm, if it has one, else 0.1.
     *
     * @throws IllegalArgumentException if the problem has no tables
     */
    public static StartingPoint of(Experiment experiment) {
        FiniteProblem problem = experiment
                .setup()
                .problem()
                .as(FiniteProblem.class)
                .orElseThrow(() ->
                        new IllegalArgumentException("exact quantities need a finite problem, with tables, but problem "
                                + experiment.configuration().problem() + " can only be sampled"));
        Setup setup = experiment.setup().trajectories().orElseThrow();
        double[] uniform = setup.policy().uniform();
        double[] logits = setup.policy() instanceof TwoPlayerSoftmax players
                ? players.playersLogs(uniform)
                : PolicyTable.logProbabilities(problem, setup.policy(), uniform);
        return new StartingPoint(problem, new DenseVector(setup.start()), logits, sigma(experiment.configuration()));
    }

    /** The sigma of the configured algorithm; 0.1 for one that has none. */
    public static double sigma(ExperimentConfiguration configuration) {
        Settings algorithm = configuration.algorithm().settings();
        if (algorithm.has("sigma")) {
            return algorithm.real("sigma");
        }
        return algorithm.has("penaltyWeight") ? 1 / algorithm.real("penaltyWeight") : DEFAULT_SIGMA;
    }

    /** The exact quantities at this point. */
    public ExactReport report() {
        return ExactReport.of(problem, upper, lower, sigma);
    }
}
