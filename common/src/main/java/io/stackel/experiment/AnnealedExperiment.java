package io.stackel.experiment;

import io.stackel.algorithm.Ability;
import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Annealing;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Setup;
import io.stackel.problem.BlockSource;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An algorithm whose follower's entropy weight falls ({@link Annealing}): the same configuration with other weights, one after
 * the other.
 *
 * <p>What executors sample knows the last weight only. So the weight must matter to the driver alone: the follower is planned,
 * or takes natural steps in the counted game, x is in the rewards alone, and the algorithm is one whose outer batch has no
 * entropy in it.
 */
final class AnnealedExperiment {

    private static final String START = "lower.startEntropyWeight";
    private static final String WEIGHT = "problem.entropyWeight";
    private static final String SIGMA = "algorithm.sigma";
    private static final String PENALTY_WEIGHT = "algorithm.penaltyWeight";

    private AnnealedExperiment() {}

    /**
     * The algorithm of a configuration with a falling weight; empty for one without.
     *
     * @throws MisfitException if the weight is no matter of the driver alone, with the reason
     */
    static Optional<Algorithm> of(ExperimentConfiguration used, ProblemSetup setup, Catalogue catalogue) {
        Settings lower = used.section("lower");
        if (!used.keys().containsKey(START)) {
            return Optional.empty();
        }
        requireDriversMatter(used, setup, catalogue);
        double end = ((Number) used.keys().get(WEIGHT).value()).doubleValue();
        Annealing.Rule rule = new Annealing.Rule(
                lower.real("startEntropyWeight"),
                end,
                lower.optionalWhole("holdIterations").orElse(0),
                lower.whole("fallIterations"));
        return Optional.of(new Annealing(step -> weighted(used, setup, catalogue, rule.weight(step) / end), rule));
    }

    /** The algorithm with the entropy weight, and sigma with it, times a factor. */
    private static Algorithm weighted(
            ExperimentConfiguration used, ProblemSetup setup, Catalogue catalogue, double factor) {
        if (factor == 1) {
            return Experiment.create(catalogue, setup, used.algorithm());
        }
        Map<String, Object> changed = new TreeMap<>();
        for (String key : List.of(WEIGHT, SIGMA)) {
            if (used.keys().containsKey(key)) {
                changed.put(key, factor * ((Number) used.keys().get(key).value()).doubleValue());
            }
        }
        if (used.keys().containsKey(PENALTY_WEIGHT)) {
            double weight = ((Number) used.keys().get(PENALTY_WEIGHT).value()).doubleValue();
            changed.put(PENALTY_WEIGHT, weight / factor);
        }
        ExperimentConfiguration other = used.with(changed);
        TrajectoryProblem problem = catalogue
                .problem(other.problem(), Optional.empty(), BlockSource.none())
                .trajectories()
                .orElseThrow();
        Setup given = setup.trajectories().orElseThrow();
        return Experiment.create(
                catalogue,
                new Setup(
                        problem,
                        given.policy(),
                        given.seed(),
                        given.upper(),
                        given.lower(),
                        given.sampling(),
                        given.critic()),
                other.algorithm());
    }

    private static void requireDriversMatter(ExperimentConfiguration used, ProblemSetup setup, Catalogue catalogue) {
        Optional<FiniteProblem> finite = setup.problem().as(FiniteProblem.class);
        boolean named =
                used.problem() instanceof ProblemSelection.Named && used.keys().containsKey(WEIGHT);
        require(
                named && finite.filter(one -> one.entropyWeight() > 0).isPresent(),
                "needs a finite problem with problem.entropyWeight above 0, given by its name");
        require(
                setup.lower().planned() || setup.lower().step() == Setup.LowerStep.NATURAL,
                "needs lower.solver: planned or lower.optimizer: natural, whose followers the driver moves");
        require(
                !finite.orElseThrow().dependence().scores(),
                "needs x in the rewards alone: where x is in what is drawn, gradients have the entropy in them");
        catalogue.requireAbility(
                START, Ability.FALLING_ENTROPY, used.algorithm().name(), setup.problem());
    }

    private static void require(boolean fit, String rule) {
        if (!fit) {
            throw new MisfitException(START, START + " " + rule);
        }
    }
}
