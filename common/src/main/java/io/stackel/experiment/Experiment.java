package io.stackel.experiment;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.DataEvaluation;
import io.stackel.algorithm.DataSetup;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.Evaluations;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.PublishedSchedule;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.StatusQuo;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.TrajectoryRoom;
import io.stackel.exact.PreferenceModel;
import io.stackel.families.ProblemFile;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Sgd;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemException;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A configuration brought to life: its problem, policy, algorithm and loop. */
public final class Experiment {

    /**
     * Raised whenever the bits of a result change for the same configuration; a run does not resume across it. 4: rows measure
     * the follower's best response, which two-sided runs whose followers take gradient steps carry along in their state.
     */
    public static final int NUMERICS_VERSION = 4;

    private static final long COMMITS = 50;
    private static final long MEBIBYTE = 1 << 20;
    private static final double NOTHING = 1e-16;

    private final ExperimentConfiguration configuration;
    private final ProblemSetup setup;
    private final Settings algorithmSettings;
    private final Catalogue catalogue;
    private final long iterations;

    private Experiment(ExperimentConfiguration configuration, Catalogue catalogue, TrajectoryProblem problem) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        Policy policy = catalogue.policy(configuration.policy(), problem);
        Settings given = configuration.algorithm().settings();
        Optional<PublishedSchedule> preset = preset(given, problem.discount());
        SamplingSettings sampling = configuration.sampling();
        int horizon = preset.map(PublishedSchedule::horizon).orElse(sampling.horizon());
        requireRoom(
                preset.isPresent() ? "algorithm.epsilon" : "sampling.horizon",
                horizon,
                TrajectoryRoom.of(problem, policy),
                problem.discount());
        setup = new Setup(
                problem,
                policy,
                configuration.seed(),
                upperRule(configuration.upper(), preset),
                lowerRule(configuration.lower(), preset),
                new Setup.SamplingRule(
                        horizon,
                        sampling.unitsPerChunk(),
                        sampling.baseline() == SamplingSettings.Baseline.FITTED,
                        sampling.traceDecay(),
                        sampling.moments() == SamplingSettings.Moments.DIAGONAL),
                criticRule(configuration, problem, policy));
        algorithmSettings =
                preset.map(schedule -> withSigma(given, schedule.sigma())).orElse(given);
        iterations = preset.map(PublishedSchedule::iterations)
                .orElse(configuration.stop().iterations());
    }

    private static void requireRoom(String key, int horizon, TrajectoryRoom room, double discount) {
        long memory = Runtime.getRuntime().maxMemory();
        if (horizon > room.mostSteps(memory)) {
            long counted = (long) StrictMath.ceil(StrictMath.log(NOTHING) / StrictMath.log(discount));
            throw new MisfitException(
                    key,
                    key + " must give a horizon of at most " + room.mostSteps(memory)
                            + " steps, so that the trajectories"
                            + " of a thread fit the memory (" + room.bytesPerStep() + " bytes a step, of "
                            + memory / MEBIBYTE + " MiB), but gives " + horizon + "; at a discount of " + discount
                            + " all that follows step " + counted + " counts less than " + NOTHING);
        }
    }

    /** The values of a problem without tables whose baselines are fitted. */
    private static Optional<Setup.CriticRule> criticRule(
            ExperimentConfiguration configuration, TrajectoryProblem problem, Policy policy) {
        boolean sampled = configuration.lower().solver() == LowerSettings.Solver.SAMPLED
                && configuration.lower().optimizer() != LowerSettings.Optimizer.NATURAL;
        boolean fitted = configuration.sampling().baseline() == SamplingSettings.Baseline.FITTED;
        if (problem.tables().isPresent() || !sampled || !fitted) {
            requireNoCritic(
                    configuration,
                    "needs a problem without tables, lower.solver: sampled, lower.optimizer: adam or sgd and"
                            + " sampling.baseline: fitted");
            return Optional.empty();
        }
        CriticSettings critic = configuration.critic();
        if (critic.minibatches() > configuration.lower().units()) {
            throw new MisfitException(
                    "lower.minibatches",
                    "lower.minibatches must be at most lower.units, but was " + critic.minibatches() + " of "
                            + configuration.lower().units());
        }
        int inputs = problem.observationSize();
        double scale = 1 / (1 - problem.discount());
        ValueNetwork values = critic.expected()
                ? ValueNetwork.ofActions(inputs, critic.hidden(), actions(policy), scale, ~configuration.seed())
                : ValueNetwork.of(inputs, critic.hidden(), scale, ~configuration.seed());
        return Optional.of(new Setup.CriticRule(
                values,
                critic.stepSize(),
                critic.epochs(),
                critic.minibatches(),
                critic.clip(),
                critic.shared(),
                critic.schedule()));
    }

    private static int actions(Policy policy) {
        if (policy instanceof DiscretePolicy discrete) {
            return discrete.actions();
        }
        throw new MisfitException(
                "lower.critic",
                "lower.critic: soft-sarsa needs numbered actions, but those of this policy are vectors; leave it out");
    }

    private static void requireNoCritic(ExperimentConfiguration configuration, String rule) {
        for (String key : configuration.criticKeys()) {
            throw new MisfitException(key, key + " " + rule + "; leave it out");
        }
    }

    private Experiment(ExperimentConfiguration configuration, Catalogue catalogue, DataProblem problem) {
        requireNoCritic(configuration, "needs a problem that samples trajectories");
        this.configuration = configuration;
        this.catalogue = catalogue;
        setup = new DataSetup(
                problem,
                configuration.seed(),
                upperRule(configuration.upper(), Optional.empty()),
                lowerRule(configuration.lower(), Optional.empty()),
                false);
        algorithmSettings = configuration.algorithm().settings();
        iterations = configuration.stop().iterations();
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
        Problem problem = problem(configuration.problem(), catalogue, problemFile, data);
        ProblemRules.require(problem);
        boolean exactGap = problem.tables().isPresent() || problem.quadratic().isPresent();
        if (exactGap && problem.preferences().isPresent()) {
            exactGap = problem.preferences()
                    .flatMap(PreferenceProblem::finitePreferences)
                    .flatMap(PreferenceModel::of)
                    .isPresent();
        }
        if (configuration.stop().stationarityGap().isPresent() && !exactGap) {
            throw new MisfitException(
                    "stop.stationarityGap",
                    "stop.stationarityGap needs a finite problem (with few segments, if it learns from preferences) or a quadratic"
                            + " lower level, whose gap is exact, but that"
                            + " of this one is not known; use stop.iterations or stop.samples");
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
                .map(one -> new Experiment(configuration, catalogue, one))
                .or(() -> problem.data().map(one -> new Experiment(configuration, catalogue, one)))
                .orElseThrow();
    }

    private static Problem problem(
            ProblemSelection selection, Catalogue catalogue, Optional<byte[]> problemFile, BlockSource data) {
        if (selection instanceof ProblemSelection.Named named) {
            return catalogue.problems().get(named.name()).create(named.settings(), data);
        }
        String uri = ((ProblemSelection.File) selection).uri();
        byte[] content =
                problemFile.orElseThrow(() -> new IllegalArgumentException("the content of " + uri + " must be given"));
        try {
            return ProblemFile.read(uri, new ByteArrayInputStream(content))
                    .solvable(uri)
                    .problem();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Optional<PublishedSchedule> preset(Settings algorithm, double discount) {
        boolean published = algorithm.has("preset") && algorithm.text("preset").equals("published");
        if (!published) {
            return Optional.empty();
        }
        if (!algorithm.has("epsilon") || algorithm.has("sigma") || algorithm.has("penaltyWeight")) {
            throw new MisfitException(
                    "algorithm.preset",
                    "algorithm.preset: published needs algorithm.epsilon, from which sigma,"
                            + " units, inner steps, horizon and iterations follow, and neither sigma nor penaltyWeight");
        }
        return Optional.of(PublishedSchedule.of(algorithm.real("epsilon"), discount));
    }

    private static Settings withSigma(Settings settings, double sigma) {
        TreeMap<String, Object> values = new TreeMap<>(settings.values());
        values.put("sigma", sigma);
        return new Settings(values);
    }

    private static Setup.UpperRule upperRule(UpperSettings upper, Optional<PublishedSchedule> preset) {
        return new Setup.UpperRule(
                upper.optimizer() == UpperSettings.Optimizer.ADAM ? new Adam() : new Sgd(),
                upper.schedule(),
                upper.stepSize(),
                upper.clipNorm(),
                projection(upper),
                preset.map(PublishedSchedule::units).orElse(upper.units()));
    }

    private static Projection projection(UpperSettings upper) {
        return switch (upper.projection()) {
            case NONE -> Projection.none();
            case BOX ->
                Projection.box(
                        upper.projectionLow().orElse(Double.NEGATIVE_INFINITY),
                        upper.projectionHigh().orElse(Double.POSITIVE_INFINITY));
            case BALL -> Projection.ball(upper.projectionRadius().orElseThrow());
            case SIMPLEX -> scaledSimplex(upper.projectionRadius().orElse(1));
        };
    }

    private static Projection scaledSimplex(double sum) {
        return x -> {
            double[] unit = VectorMath.scaled(1 / sum, x);
            Projection.simplex(x.length).projectInPlace(unit);
            System.arraycopy(VectorMath.scaled(sum, unit), 0, x, 0, x.length);
        };
    }

    private static Setup.LowerRule lowerRule(LowerSettings lower, Optional<PublishedSchedule> preset) {
        return new Setup.LowerRule(
                lower.solver() == LowerSettings.Solver.PLANNED,
                preset.map(PublishedSchedule::innerSteps).orElse(lower.innerSteps()),
                Setup.LowerStep.valueOf(lower.optimizer().name()),
                lower.stepSize(),
                preset.map(PublishedSchedule::units).orElse(lower.units()),
                lower.exploration(),
                lower.tolerance());
    }

    /** The configuration that this was built from. */
    public ExperimentConfiguration configuration() {
        return configuration;
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
        return catalogue.algorithms().get(configuration.algorithm().name()).create(setup, algorithmSettings);
    }

    /** What executors evaluate chunks with. */
    public ChunkEvaluator.Source source() {
        return setup.source();
    }

    /** When to evaluate, commit and stop. */
    public RunLoop.Plan plan() {
        long every = configuration.checkpoint().every().orElse(Math.max(1, (iterations + COMMITS - 1) / COMMITS));
        return new RunLoop.Plan(
                iterations,
                configuration.stop().samples(),
                configuration.stop().stationarityGap(),
                configuration.evaluation().every(),
                every);
    }

    /**
     * How states are measured: exactly on finite problems, over all validation rows on problems with data, else by
     * trajectories of their own, if any are configured, and then the first row with the status quo.
     *
     * @param oracle that plays the trajectories
     */
    public Evaluation evaluation(GradientOracle oracle) {
        return setup.data()
                .<Evaluation>map(
                        data -> new DataEvaluation(data.problem(), data.upper().projection()))
                .orElseGet(() -> evaluation(setup.trajectories().orElseThrow(), oracle));
    }

    private Evaluation evaluation(Setup sampled, GradientOracle oracle) {
        long units = configuration.evaluation().units();
        Optional<Evaluation> exact = Evaluations.exact(sampled, oracle, units);
        if (exact.isPresent()) {
            return exact.get();
        }
        if (units == 0) {
            return (algorithm, state) -> new TreeMap<>();
        }
        Evaluation measured = Evaluations.sampled(sampled, oracle, units);
        int statusQuo = configuration.evaluation().statusQuo();
        return statusQuo == 0 ? measured : new StatusQuo(sampled, oracle, measured, statusQuo);
    }
}
