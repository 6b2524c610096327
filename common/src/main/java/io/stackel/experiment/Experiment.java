package io.stackel.experiment;

import io.stackel.algorithm.Ability;
import io.stackel.algorithm.AdaptiveBatches;
import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.Evaluations;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.StationarityTest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.exact.PreferenceModel;
import io.stackel.policy.Policy;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemException;
import io.stackel.problem.ProblemRules;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration brought to life: its problem, policy, algorithm and loop. */
public final class Experiment {

    /**
     * Raised whenever the bits of a result change for the same configuration; a run does not resume across it. 4: rows measure
     * the follower's best response, which two-sided runs whose followers take gradient steps carry along in their state.
     */
    public static final int NUMERICS_VERSION = 6;

    private static final long COMMITS = 50;

    private static final String GRADIENT_NORM = "gradientNorm";
    private static final String SIGNAL_TO_NOISE = "signalToNoise";
    private static final long USUAL_GROWTH = 64;
    private static final double USUAL_ERROR_RATE = 0.05;

    private final ExperimentConfiguration configuration;
    private final ExperimentConfiguration used;
    private final Catalogue catalogue;
    private final ProblemSetup setup;

    private Experiment(
            ExperimentConfiguration configuration,
            ExperimentConfiguration used,
            Catalogue catalogue,
            ProblemSetup setup) {
        this.configuration = configuration;
        this.used = used;
        this.catalogue = catalogue;
        this.setup = setup;
    }

    private static Experiment of(
            ExperimentConfiguration configuration, Catalogue catalogue, TrajectoryProblem problem) {
        Policy policy = catalogue.policy(configuration.policy(), problem);
        ExperimentConfiguration used = SetupDecoder.used(configuration, problem.discount());
        return new Experiment(configuration, used, catalogue, SetupDecoder.setup(used, problem, policy));
    }

    private static Experiment of(ExperimentConfiguration configuration, Catalogue catalogue, DataProblem problem) {
        return new Experiment(configuration, configuration, catalogue, SetupDecoder.setup(configuration, problem));
    }

    /**
     * Builds an experiment whose problem reads no data sets.
     *
     * @param problemFile the content of the problem's file, if it has one
     * @throws MisfitException if the parts do not fit each other, with the reason
     */
    public static Experiment of(
            ExperimentConfiguration configuration, Catalogue catalogue, Optional<byte[]> problemFile) {
        return of(configuration, catalogue, problemFile, BlockSource.none());
    }

    /**
     * Builds an experiment.
     *
     * @param problemFile the content of the problem's file, if it has one
     * @param data opens the data sets that the problem's settings name
     * @throws MisfitException if the parts do not fit each other, with the reason
     * @throws ProblemException if what the problem says of itself breaks a rule
     */
    public static Experiment of(
            ExperimentConfiguration configuration,
            Catalogue catalogue,
            Optional<byte[]> problemFile,
            BlockSource data) {
        Problem problem = catalogue.problem(configuration.problem(), problemFile, data);
        ProblemRules.require(problem);
        if (configuration.keys().containsKey("stop.stationarityGap") && !hasExactGap(problem)) {
            throw new MisfitException(
                    "stop.stationarityGap",
                    "stop.stationarityGap needs a finite problem (with few segments, if it learns from preferences) or a quadratic"
                            + " lower level, whose gap is exact, but that"
                            + " of this one is not known; use stop.iterations or stop.samples");
        }
        for (String key : List.of("upper." + SIGNAL_TO_NOISE, "stop." + GRADIENT_NORM)) {
            if (configuration.keys().containsKey(key)) {
                String algorithm = configuration.algorithm().name();
                catalogue.requireAbility(key, Ability.SAMPLED_GRADIENT, algorithm, problem);
            }
        }
        requireTest(configuration);
        if (configuration.section("evaluation").flag("hardResponse")) {
            Evaluations.requireHardResponse(problem);
        }
        boolean trajectories = problem.trajectories().isPresent();
        for (String section : List.of("policy", FixedSections.SAMPLING_NAME)) {
            if (configuration.has(section) != trajectories) {
                String key = section.equals("policy") ? "policy.name" : "sampling.horizon";
                throw new MisfitException(
                        key,
                        trajectories
                                ? key + " must be given, but is missing: the problem samples trajectories"
                                : section + " must be left out: the problem fits a model to data");
            }
        }
        return problem.trajectories()
                .map(one -> of(configuration, catalogue, one))
                .or(() -> problem.data().map(one -> of(configuration, catalogue, one)))
                .orElseThrow();
    }

    private static boolean hasExactGap(Problem problem) {
        if (problem.as(FiniteProblem.class).isPresent()
                && problem.as(PreferenceProblem.class).isPresent()) {
            return problem.as(PreferenceProblem.class)
                    .flatMap(one -> one.as(FinitePreferences.class))
                    .flatMap(PreferenceModel::of)
                    .isPresent();
        }
        return problem.as(FiniteProblem.class).isPresent()
                || problem.as(QuadraticLower.class).isPresent();
    }

    /** The configuration that this was built from. */
    public ExperimentConfiguration configuration() {
        return configuration;
    }

    /** The names that the configuration could use. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Problem and rules. */
    public ProblemSetup setup() {
        return setup;
    }

    /**
     * Builds the algorithm for this problem and these settings.
     *
     * @throws MisfitException if it cannot solve this problem this way, with the reason
     */
    public Algorithm algorithm() {
        return RestartedExperiment.of(this).orElseGet(this::descent);
    }

    /** The algorithm without restarts. */
    Algorithm descent() {
        Settings upper = used.section("upper");
        long units = upper.whole("units");
        return upper.has(SIGNAL_TO_NOISE)
                ? new AdaptiveBatches(
                        this::algorithm,
                        new AdaptiveBatches.Rule(
                                upper.real(SIGNAL_TO_NOISE),
                                units,
                                upper.optionalWhole("mostUnits").orElse(USUAL_GROWTH * units)))
                : algorithm(units);
    }

    private Algorithm algorithm(long units) {
        ProblemSetup sized = setup.upper().units() == units ? setup : setup.withUpperUnits(units);
        return AnnealedExperiment.of(used, sized, catalogue)
                .orElseGet(() -> create(catalogue, sized, used.algorithm()));
    }

    /** The algorithm of a name with its settings. */
    static Algorithm create(Catalogue catalogue, ProblemSetup setup, Selection selected) {
        return catalogue.algorithms().get(selected.name()).create(setup, selected.settings());
    }

    /** The same experiment with another seed. */
    Experiment withSeed(long seed) {
        Setup given = setup.trajectories().orElseThrow();
        ExperimentConfiguration seeded = used.with(Map.of("seed", seed));
        return new Experiment(
                configuration, seeded, catalogue, SetupDecoder.setup(seeded, given.problem(), given.policy()));
    }

    /** The configuration as it is used. */
    ExperimentConfiguration used() {
        return used;
    }

    /** What executors evaluate chunks with. */
    public ChunkEvaluator.Source source() {
        return setup.source();
    }

    /** When to evaluate, commit and stop. */
    public RunLoop.Plan plan() {
        Settings stop = used.section("stop");
        long iterations = RestartedExperiment.iterations(used).orElse(stop.whole("iterations"));
        return new RunLoop.Plan(
                iterations,
                stop.optionalWhole("samples"),
                stop.optionalReal("stationarityGap"),
                test(stop),
                used.section("evaluation").whole("every"),
                used.section("checkpoint")
                        .optionalWhole("every")
                        .orElse(Math.max(1, (iterations + COMMITS - 1) / COMMITS)));
    }

    private static Optional<StationarityTest> test(Settings stop) {
        return stop.has(GRADIENT_NORM)
                ? Optional.of(new StationarityTest(
                        stop.real(GRADIENT_NORM), stop.optionalReal("errorRate").orElse(USUAL_ERROR_RATE)))
                : Optional.empty();
    }

    /** A test of the sampled gradient needs batches whose means are nearly normal. */
    private static void requireTest(ExperimentConfiguration configuration) {
        long units = configuration.section("upper").whole("units");
        if (configuration.section("stop").has(GRADIENT_NORM) && units < StationarityTest.FEWEST_UNITS) {
            throw new MisfitException(
                    "upper.units",
                    "upper.units must be at least " + StationarityTest.FEWEST_UNITS
                            + " with stop.gradientNorm, so that the mean of a batch is nearly normal, but was "
                            + units);
        }
    }

    /**
     * How states are measured: exactly on finite problems, over all validation rows on problems with data, else by
     * trajectories of their own, if any are configured, and then the first row with the status quo.
     *
     * @param oracle that plays the trajectories
     */
    public Evaluation evaluation(GradientOracle oracle) {
        Settings section = used.section("evaluation");
        Evaluation usual = Evaluations.of(setup, oracle, section.count("units"), section.count("statusQuo"));
        return section.flag("hardResponse") ? Evaluations.withHardResponse(setup, usual) : usual;
    }
}
