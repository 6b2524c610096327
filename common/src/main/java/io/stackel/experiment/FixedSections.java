package io.stackel.experiment;

import static io.stackel.problem.Parameter.choice;
import static io.stackel.problem.Parameter.real;
import static io.stackel.problem.Parameter.whole;

import io.stackel.algorithm.Setup;
import io.stackel.algorithm.StationarityTest;
import io.stackel.optim.Schedule;
import io.stackel.problem.Parameter;
import io.stackel.problem.Parameter.Effect;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that every configuration has, with their defaults, bounds, effects and help: the one place where these stand.
 *
 * <p>An effect is {@link Effect#IDENTITY} unless a line says otherwise. What decides when a run ends is tunable, because
 * a longer run begins with the same bits; what decides only what is written down is free.
 */
final class FixedSections {

    private static final Range COUNT = Range.closed(1, Integer.MAX_VALUE);
    private static final Range COUNT_OR_NONE = Range.closed(0, Integer.MAX_VALUE);
    private static final Range FEW = Range.closed(1, 1000);
    private static final String BOX = "box";
    private static final String BALL = "ball";
    private static final String SIMPLEX = "simplex";
    private static final String SCHEDULE = "schedule";
    private static final String HALF_LIFE = "halfLife";
    private static final String GRADIENT_NORM = "gradientNorm";
    private static final String ERROR_RATE = "errorRate";
    private static final String SIGNAL_TO_NOISE = "signalToNoise";
    private static final String MOST_UNITS = "mostUnits";
    private static final String RESTARTS = "restarts";
    private static final String RESTART_ITERATIONS = "restartIterations";
    private static final String RESTART_UNITS = "restartUnits";
    private static final String START_ENTROPY = "startEntropyWeight";
    private static final String HOLD_ITERATIONS = "holdIterations";
    private static final String FALL_ITERATIONS = "fallIterations";
    private static final String PRESET = "preset";

    /** The preset that finds the entropy weight at the start. */
    static final String ESCAPE = "escape";

    /** The critic with a value of each action. */
    static final String SOFT_SARSA = "soft-sarsa";

    /** What the name of a run looks like. */
    static final String NAME_PATTERN = "[a-z0-9-]{1,64}";

    /** The section that only problems of trajectories have, as they alone have a policy. */
    static final String SAMPLING_NAME = "sampling";

    /** The name of the run. */
    static final Parameter NAME = Parameter.text(
                    "name", "four-rooms", "Name of the run: 1 to 64 lower-case letters, digits and hyphens.")
            .mandatory()
            .with(Effect.FREE);

    /** The version of the format. */
    static final Parameter FORMAT = whole("format", 1, Range.closed(1, 1), "Version of the format of this file.")
            .mandatory();

    /** What a name must look like. */
    static final SectionKeys.Rule NAME_RULE = new SectionKeys.Rule(List.of("name"), "name", FixedSections::checkName);

    /** Keys outside of all sections. */
    static final SectionKeys TOP = new SectionKeys(
            List.of(FORMAT, NAME, whole("seed", 0, Range.FINITE, "Seed of all random numbers of the run.")),
            List.of(NAME_RULE));

    private static final SectionKeys UPPER = new SectionKeys(
            List.of(
                    choice(
                            "optimizer",
                            "sgd",
                            List.of("sgd", "adam"),
                            "Turns a hypergradient into a step of x: gradient descent or Adam."),
                    real("stepSize", 0.1, Range.POSITIVE, "Step size of x."),
                    real(
                            "clipNorm",
                            0,
                            Range.NON_NEGATIVE,
                            "A hypergradient with a larger norm is scaled down to this norm; 0 switches that off."),
                    choice(
                            "projection",
                            "none",
                            List.of("none", BOX, SIMPLEX, BALL),
                            "Set onto which x is projected after each step."),
                    real(
                                    "projectionLow",
                                    -1,
                                    Range.FINITE,
                                    "Lower bound of every coordinate of x; only with projection: box.")
                            .optional(),
                    real(
                                    "projectionHigh",
                                    1,
                                    Range.FINITE,
                                    "Upper bound of every coordinate of x; only with projection: box.")
                            .optional(),
                    real(
                                    "projectionRadius",
                                    1,
                                    Range.POSITIVE,
                                    "Radius of the ball, or the sum of x on the simplex (1 if left out).")
                            .optional(),
                    choice(
                            SCHEDULE,
                            Schedule.CONSTANT.toString(),
                            Stream.concat(Schedule.names().stream(), Stream.of(Schedule.EXPONENTIAL))
                                    .toList(),
                            "How the step size of x falls with the outer iterations."),
                    real(
                                    HALF_LIFE,
                                    100,
                                    Range.POSITIVE,
                                    "Outer iterations in which the step size of x halves; only with schedule: exponential.")
                            .optional(),
                    whole(
                            "units",
                            64,
                            COUNT,
                            "Units (independent draws: trajectories or pairs of them, on data blocks of rows) in an outer batch."),
                    real(
                                    SIGNAL_TO_NOISE,
                                    1,
                                    Range.POSITIVE,
                                    "Outer batches double or halve so that the hypergradient is about so many standard errors long;"
                                            + " fixed if left out.")
                            .optional(),
                    whole(
                                    MOST_UNITS,
                                    4096,
                                    COUNT,
                                    "Units of the largest batch (64 times units if left out); only with signalToNoise.")
                            .optional(),
                    whole(
                                    RESTARTS,
                                    4,
                                    Range.closed(2, 1000),
                                    "Descents with seeds of their own, one after the other; the best by its own estimate is kept.")
                            .optional(),
                    whole(
                                    RESTART_ITERATIONS,
                                    1000,
                                    COUNT,
                                    "Outer iterations of each of these descents; the run ends after all of them.")
                            .optional(),
                    whole(
                                    RESTART_UNITS,
                                    1000,
                                    COUNT,
                                    "Trajectories by which a descent is estimated at its end (1000 if left out); they are samples too.")
                            .optional()),
            List.of(
                    new SectionKeys.Rule(
                            List.of("units", SIGNAL_TO_NOISE, MOST_UNITS), MOST_UNITS, FixedSections::checkMostUnits),
                    new SectionKeys.Rule(
                            List.of(RESTARTS, RESTART_ITERATIONS, RESTART_UNITS),
                            RESTARTS,
                            FixedSections::checkRestarts),
                    new SectionKeys.Rule(
                            List.of("projection", "projectionLow", "projectionHigh"),
                            "projection",
                            FixedSections::checkBox),
                    new SectionKeys.Rule(
                            List.of("projection", "projectionRadius"), "projection", FixedSections::checkRadius),
                    new SectionKeys.Rule(List.of(SCHEDULE, HALF_LIFE), SCHEDULE, FixedSections::checkHalfLife)));

    /**
     * How followers learn with values by networks: keys of {@code lower} that belong to a problem that can only be sampled
     * with {@code sampling.baseline: fitted}.
     */
    static final List<Parameter> CRITIC = List.of(
            choice(
                    "critic",
                    "values",
                    List.of("values", SOFT_SARSA),
                    "What the value network learns: values of states, or of every action in a state (expected soft-SARSA)."),
            Parameter.wholes(
                    "valueHidden",
                    List.of(64L, 64L),
                    Range.closed(1, 4096),
                    "Width of each hidden layer of the value network; [] makes it linear."),
            real("valueStepSize", 0.001, Range.POSITIVE, "Step size of the value network, by Adam."),
            whole("epochs", 1, FEW, "Passes over an inner batch."),
            whole("minibatches", 1, FEW, "Minibatches into which one pass splits an inner batch; each is a step."),
            real(
                    "clip",
                    0.2,
                    Range.POSITIVE,
                    "How far one batch may change the probability of an action: the ratio stays within 1 +- clip."),
            choice(
                    "transitions",
                    "shared",
                    List.of("own", "shared"),
                    "Whether each of two followers learns from its own trajectories or from those of both."),
            choice(
                    SCHEDULE,
                    Schedule.CONSTANT.toString(),
                    Schedule.names(),
                    "How the inner step sizes fall with the outer iterations."));

    /** A larger entropy weight at first. */
    private static final List<Parameter> ANNEALING = List.of(
            real(
                    START_ENTROPY,
                    0.01,
                    Range.POSITIVE,
                    "Entropy weight of the follower at first; it falls to problem.entropyWeight, sigma in proportion."),
            whole(HOLD_ITERATIONS, 1000, COUNT_OR_NONE, "Outer iterations with that weight (none if left out)."),
            whole(FALL_ITERATIONS, 4000, COUNT, "Outer iterations in which it falls geometrically."),
            choice(
                    PRESET,
                    "none",
                    List.of("none", ESCAPE),
                    "Finds the entropy weight at the start (escape), from which it falls over fallIterations; on tables."));

    private static final SectionKeys LOWER = new SectionKeys(
            withOptional(
                    Stream.concat(CRITIC.stream(), ANNEALING.stream()).toList(),
                    choice(
                            "solver",
                            "sampled",
                            List.of("planned", "sampled"),
                            "How the lower level is solved: planned on the tables of a finite problem, or learnt from samples."),
                    whole("innerSteps", 10, COUNT_OR_NONE, "Steps of every follower between two steps of x."),
                    choice(
                            "optimizer",
                            "natural",
                            Words.of(Setup.LowerStep.values()),
                            "Turns the gradient of a follower's policy into a step."),
                    real("stepSize", 0.5, Range.POSITIVE, "Step size of the followers."),
                    whole(
                            "units",
                            64,
                            COUNT,
                            "Units (trajectories, pairs of them, or blocks of rows) in an inner batch."),
                    real(
                            "exploration",
                            0.15,
                            Range.halfOpen(0, 1),
                            "Share of the inner trajectories that take uniform actions and only count transitions."),
                    real("tolerance", 1e-10, Range.POSITIVE, "Residual at which planning stops.")),
            List.of(new SectionKeys.Rule(
                    List.of(START_ENTROPY, HOLD_ITERATIONS, FALL_ITERATIONS, PRESET),
                    START_ENTROPY,
                    FixedSections::checkAnnealing)));

    private static final SectionKeys SAMPLING = SectionKeys.of(List.of(
            whole("horizon", 200, COUNT, "Steps after which a trajectory is cut off.")
                    .mandatory(),
            whole(
                    "unitsPerChunk",
                    8,
                    COUNT,
                    "Units that are summed together before batches are added up; it moves the last bits of results."),
            choice(
                    "baseline",
                    "fitted",
                    List.of("none", "fitted"),
                    "What is subtracted from returns to reduce noise: nothing, or values fitted to earlier batches."),
            real(
                    "traceDecay",
                    1,
                    Range.closed(0, 1),
                    "Weight of later residuals, as lambda of GAE: 1 is unbiased, 0 has the least noise with a good baseline."),
            choice(
                    "moments",
                    "scalar",
                    List.of("scalar", "diagonal"),
                    "Standard errors of whole quantities (scalar) or of each of their coordinates (diagonal).")));

    private static final SectionKeys STOP = new SectionKeys(
            List.of(
                    whole("iterations", 1000, Range.atLeast(1), "The run ends after so many outer iterations.")
                            .with(Effect.TUNABLE),
                    whole(
                                    "samples",
                                    1_000_000,
                                    Range.atLeast(1),
                                    "The run ends after so many samples of training: environment steps, on data gradients of one row.")
                            .optional()
                            .with(Effect.TUNABLE),
                    real(
                                    "stationarityGap",
                                    0.001,
                                    Range.POSITIVE,
                                    "The run ends when the exact norm of the projected hypergradient is at most this.")
                            .optional()
                            .with(Effect.TUNABLE),
                    real(
                                    GRADIENT_NORM,
                                    0.01,
                                    Range.POSITIVE,
                                    "The run ends when a test of the sampled hypergradient accepts that its norm is at most this; upper.units"
                                            + " must be at least " + StationarityTest.FEWEST_UNITS + ".")
                            .optional()
                            .with(Effect.TUNABLE),
                    real(
                                    ERROR_RATE,
                                    0.05,
                                    new Range(0, true, 1, true),
                                    "Probability with which that test may be wrong over all looks (0.05 if left out); only with"
                                            + " gradientNorm.")
                            .optional()
                            .with(Effect.TUNABLE)),
            List.of(new SectionKeys.Rule(
                    List.of(GRADIENT_NORM, ERROR_RATE), ERROR_RATE, FixedSections::checkErrorRate)));

    private static final List<Parameter> MORE_FIGURES = List.of(
            whole(
                    "statusQuo",
                    100,
                    COUNT_OR_NONE,
                    "Inner batches that a follower learns at the starting x before the first row, where there are no tables;"
                            + " 0 for none."),
            Parameter.flag(
                    "hardResponse",
                    false,
                    "Adds f at the exact best response without entropy, which plays the first of equally good actions."));

    private static final SectionKeys EVALUATION = SectionKeys.of(withOptional(
            MORE_FIGURES,
            whole("every", 50, Range.atLeast(1), "Outer iterations between two rows of metrics."),
            whole(
                    "units",
                    0,
                    COUNT_OR_NONE,
                    "Units of a batch that is drawn for each row of metrics alone; 0 for none.")));

    /** Keys whose default stands in no resolved configuration, by section: those from before they existed stay the same. */
    static final Map<String, List<Parameter>> UNWRITTEN = Map.of("lower", CRITIC, "evaluation", MORE_FIGURES);

    private static final SectionKeys CHECKPOINT = SectionKeys.of(List.of(
            whole(
                            "every",
                            100,
                            Range.atLeast(1),
                            "Outer iterations between two commits; if left out, a run has about 50 commits.")
                    .optional()
                    .with(Effect.FREE),
            whole("keep", 3, COUNT, "Newest commits whose data are kept.").with(Effect.FREE)));

    /** The fixed sections by name, in the order of the documentation. */
    static final Map<String, SectionKeys> SECTIONS = sections();

    /** The sections whose keys depend on a name, in the order of the documentation. */
    static final List<String> NAMED = List.of("problem", "policy", "algorithm");

    private FixedSections() {}

    /** The names of all sections, in the order of the documentation. */
    static List<String> allSections() {
        List<String> all = new ArrayList<>(NAMED);
        all.addAll(SECTIONS.keySet());
        return all;
    }

    /** What a key of a section means if it is left out, also where that stands in no resolved configuration. */
    static Optional<Object> fallback(String section, Parameter key) {
        return key.fallback()
                .or(() -> UNWRITTEN.getOrDefault(section, List.of()).stream()
                        .filter(one -> one.name().equals(key.name()))
                        .findFirst()
                        .flatMap(Parameter::fallback));
    }

    /** The schema of a name, with its pattern. */
    static Map<String, Object> nameSchema(Parameter key) {
        Map<String, Object> name = KeySchema.of(key, Optional.empty());
        name.put("pattern", "^" + NAME_PATTERN + "$");
        return name;
    }

    /** The keys of a section, at its end those that it may leave out. */
    private static List<Parameter> withOptional(List<Parameter> last, Parameter... first) {
        return Stream.concat(Stream.of(first), last.stream().map(Parameter::optional))
                .toList();
    }

    private static Map<String, SectionKeys> sections() {
        Map<String, SectionKeys> sections = new LinkedHashMap<>();
        sections.put("upper", UPPER);
        sections.put("lower", LOWER);
        sections.put(SAMPLING_NAME, SAMPLING);
        sections.put("stop", STOP);
        sections.put("evaluation", EVALUATION);
        sections.put("checkpoint", CHECKPOINT);
        return Collections.unmodifiableMap(sections);
    }

    private static Optional<String> checkName(Settings settings) {
        String name = settings.has("name") ? settings.text("name") : "";
        return !settings.has("name") || name.matches(NAME_PATTERN)
                ? Optional.empty()
                : Optional.of("name must be 1 to 64 lower-case letters, digits and hyphens, but was "
                        + CoreScalar.quoted(name).shown());
    }

    private static Optional<String> checkBox(Settings settings) {
        boolean box = settings.text("projection").equals(BOX);
        boolean low = settings.has("projectionLow");
        boolean high = settings.has("projectionHigh");
        if (box != (low || high)) {
            return Optional.of("projection must be box exactly if projectionLow or projectionHigh is given, but was "
                    + settings.text("projection"));
        }
        boolean empty = low && high && settings.real("projectionLow") >= settings.real("projectionHigh");
        return empty
                ? Optional.of("projectionLow must be below projectionHigh, but was " + settings.real("projectionLow"))
                : Optional.empty();
    }

    private static Optional<String> checkRestarts(Settings upper) {
        boolean together = upper.has(RESTARTS) == upper.has(RESTART_ITERATIONS);
        return together && (upper.has(RESTARTS) || !upper.has(RESTART_UNITS))
                ? Optional.empty()
                : Optional.of("restarts and restartIterations must be given together, and restartUnits only with them");
    }

    private static boolean escapes(Settings lower) {
        return lower.has(PRESET) && lower.text(PRESET).equals(ESCAPE);
    }

    private static Optional<String> checkAnnealing(Settings settings) {
        if (escapes(settings)) {
            boolean free = !settings.has(START_ENTROPY) && !settings.has(HOLD_ITERATIONS);
            return free && settings.has(FALL_ITERATIONS)
                    ? Optional.empty()
                    : Optional.of("preset: escape needs fallIterations, and neither startEntropyWeight nor"
                            + " holdIterations, which it finds");
        }
        boolean complete = settings.has(START_ENTROPY) && settings.has(FALL_ITERATIONS);
        boolean any = settings.has(START_ENTROPY) || settings.has(HOLD_ITERATIONS) || settings.has(FALL_ITERATIONS);
        return any && !complete
                ? Optional.of(
                        "startEntropyWeight and fallIterations must be given together, and holdIterations only with"
                                + " them")
                : Optional.empty();
    }

    private static Optional<String> checkMostUnits(Settings settings) {
        if (!settings.has(MOST_UNITS)) {
            return Optional.empty();
        }
        if (!settings.has(SIGNAL_TO_NOISE)) {
            return Optional.of("mostUnits must be left out without signalToNoise, whose batches it bounds, but was "
                    + settings.whole(MOST_UNITS));
        }
        return settings.whole(MOST_UNITS) < settings.whole("units")
                ? Optional.of("mostUnits must be at least units, " + settings.whole("units") + ", but was "
                        + settings.whole(MOST_UNITS))
                : Optional.empty();
    }

    private static Optional<String> checkErrorRate(Settings settings) {
        return settings.has(ERROR_RATE) && !settings.has(GRADIENT_NORM)
                ? Optional.of("errorRate must be left out without gradientNorm, whose test it is of, but was "
                        + settings.real(ERROR_RATE))
                : Optional.empty();
    }

    private static Optional<String> checkHalfLife(Settings settings) {
        String schedule = settings.text(SCHEDULE);
        return schedule.equals(Schedule.EXPONENTIAL) == settings.has(HALF_LIFE)
                ? Optional.empty()
                : Optional.of("schedule must be exponential exactly if halfLife is given, but was " + schedule);
    }

    private static Optional<String> checkRadius(Settings settings) {
        String projection = settings.text("projection");
        boolean ball = projection.equals(BALL);
        boolean simplex = projection.equals(SIMPLEX);
        boolean radius = settings.has("projectionRadius");
        if (ball && !radius) {
            return Optional.of("projection ball must have a projectionRadius, but has none");
        }
        return radius && !ball && !simplex
                ? Optional.of("projection must be ball or simplex if projectionRadius is given, but was " + projection)
                : Optional.empty();
    }
}
