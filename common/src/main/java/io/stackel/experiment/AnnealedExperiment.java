package io.stackel.experiment;

import io.stackel.algorithm.Ability;
import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Annealing;
import io.stackel.algorithm.EscapeWeight;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Setup;
import io.stackel.problem.BlockSource;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
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
 *
 * <p>{@code lower.preset: escape} finds the first weight ({@link EscapeWeight}) and holds it for a seventh of the fall.
 */
final class AnnealedExperiment {

    private static final String START = "lower.startEntropyWeight";
    private static final String PRESET = "lower.preset";
    private static final long HOLD_PART = 7;
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
        boolean escapes = lower.has("preset") && lower.text("preset").equals(FixedSections.ESCAPE);
        if (!escapes && !used.keys().containsKey(START)) {
            return Optional.empty();
        }
        requireDriversMatter(used, setup, catalogue, escapes ? PRESET : START);
        double end = ((Number) used.keys().get(WEIGHT).value()).doubleValue();
        long fall = lower.whole("fallIterations");
        Annealing.Rule rule = escapes
                ? new Annealing.Rule(escapeWeight(used, setup, catalogue, end), end, fall / HOLD_PART, fall)
                : new Annealing.Rule(
                        lower.real("startEntropyWeight"),
                        end,
                        lower.optionalWhole("holdIterations").orElse(0),
                        fall);
        return Optional.of(new Annealing(step -> weighted(used, setup, catalogue, rule.weight(step) / end), rule));
    }

    private static double escapeWeight(
            ExperimentConfiguration used, ProblemSetup setup, Catalogue catalogue, double end) {
        require(
                setup.lower().planned(),
                PRESET,
                "escape needs lower.solver: planned, on whose tables it finds the weight");
        require(
                setup.problem().as(ZeroSumProblem.class).isEmpty()
                        && setup.problem().as(PreferenceProblem.class).isEmpty(),
                PRESET,
                "escape needs one follower, whose return or likelihood the leader's objective is");
        return EscapeWeight.of(
                        weight -> problem(used.with(Map.of(WEIGHT, weight)), catalogue)
                                .as(FiniteProblem.class)
                                .orElseThrow(),
                        end,
                        setup.start(),
                        setup.lower().tolerance())
                .orElseThrow(() -> new MisfitException(
                        PRESET,
                        PRESET
                                + ": escape found no entropy weight at which the follower's response moves x more than the"
                                + " leader's own costs do; leave it out"));
    }

    private static TrajectoryProblem problem(ExperimentConfiguration used, Catalogue catalogue) {
        return catalogue
                .problem(used.problem(), Optional.empty(), BlockSource.none())
                .trajectories()
                .orElseThrow();
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
        TrajectoryProblem problem = problem(other, catalogue);
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

    private static void requireDriversMatter(
            ExperimentConfiguration used, ProblemSetup setup, Catalogue catalogue, String key) {
        Optional<FiniteProblem> finite = setup.problem().as(FiniteProblem.class);
        boolean named =
                used.problem() instanceof ProblemSelection.Named && used.keys().containsKey(WEIGHT);
        require(
                named && finite.filter(one -> one.entropyWeight() > 0).isPresent(),
                key,
                "needs a finite problem with problem.entropyWeight above 0, given by its name");
        require(
                setup.lower().planned() || setup.lower().step() == Setup.LowerStep.NATURAL,
                key,
                "needs lower.solver: planned or lower.optimizer: natural, whose followers the driver moves");
        require(
                !finite.orElseThrow().dependence().scores(),
                key,
                "needs x in the rewards alone: where x is in what is drawn, gradients have the entropy in them");
        catalogue.requireAbility(key, Ability.FALLING_ENTROPY, used.algorithm().name(), setup.problem());
    }

    private static void require(boolean fit, String key, String rule) {
        if (!fit) {
            throw new MisfitException(key, key + " " + rule);
        }
    }
}
