package io.stackel.experiment;

import static io.stackel.problem.Parameter.choice;
import static io.stackel.problem.Parameter.real;
import static io.stackel.problem.Parameter.whole;

import io.stackel.algorithm.Setup;
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

    /** The critic with a value of each action. */
    static final String SOFT_SARSA = "soft-sarsa";

    /** What the name of a run looks like. */
    static final String NAME_PATTERN = "[a-z0-9-]{1,64}";

    /** The section that only problems of trajectories have, as they alone have a policy. */
    static final String SAMPLING_NAME = "sampling";

    /** The name of the run. */
    static final Parameter NAME = Parameter.text("name", "", "Name of the run: lower-case letters, digits and hyphens.")
            .mandatory()
            .with(Effect.FREE);

    /** Keys outside of all sections. */
    static final SectionKeys TOP = new SectionKeys(
            List.of(
                    whole("format", 1, Range.closed(1, 1), "Format of this text; always 1.")
                            .mandatory(),
                    NAME,
                    whole("seed", 0, Range.FINITE, "Seed of all random numbers.")),
            List.of(new SectionKeys.Rule(List.of("name"), "name", FixedSections::checkName)));

    private static final SectionKeys UPPER = new SectionKeys(
            List.of(
                    choice("optimizer", "sgd", List.of("sgd", "adam"), "What makes a direction of the hypergradient."),
                    real("stepSize", 0.1, Range.POSITIVE, "Length of a step per unit of direction."),
                    real("clipNorm", 0, Range.NON_NEGATIVE, "Longest norm of a hypergradient; 0 for any."),
                    choice(
                            "projection",
                            "none",
                            List.of("none", BOX, SIMPLEX, BALL),
                            "Set to which the upper variable is brought back after a step."),
                    real("projectionLow", 0, Range.FINITE, "Least value of a coordinate of the box.")
                            .optional(),
                    real("projectionHigh", 0, Range.FINITE, "Largest value of a coordinate of the box.")
                            .optional(),
                    real("projectionRadius", 0, Range.POSITIVE, "Radius of the ball, or sum over the simplex (1).")
                            .optional(),
                    choice(
                            "schedule",
                            Words.of(Schedule.CONSTANT),
                            Words.of(Schedule.values()),
                            "Step size over the outer iterations."),
                    whole("units", 64, COUNT, "Units of one outer batch.")),
            List.of(
                    new SectionKeys.Rule(
                            List.of("projection", "projectionLow", "projectionHigh"),
                            "projection",
                            FixedSections::checkBox),
                    new SectionKeys.Rule(
                            List.of("projection", "projectionRadius"), "projection", FixedSections::checkRadius)));

    /**
     * How followers learn with values by networks: keys of {@code lower} that belong to a problem that can only be sampled
     * with {@code sampling.baseline: fitted}.
     */
    static final List<Parameter> CRITIC = List.of(
            choice(
                    "critic",
                    "values",
                    List.of("values", SOFT_SARSA),
                    "Values of states, or of every action in them (expected soft-SARSA); values if left out."),
            Parameter.wholes(
                    "valueHidden",
                    List.of(64L, 64L),
                    Range.closed(1, 4096),
                    "Units of each hidden layer of the value network, [64, 64] if left out; [] for linear values."),
            real("valueStepSize", 0.001, Range.POSITIVE, "Length of a step of the values, .001 if left out."),
            whole("epochs", 1, FEW, "How often an inner batch is gone through, once if left out."),
            whole("minibatches", 1, FEW, "Steps of one epoch, one if left out."),
            real(
                    "clip",
                    0.2,
                    Range.POSITIVE,
                    "How far probabilities move by one batch, as a ratio less 1; .2 if left out."),
            choice(
                    "transitions",
                    "shared",
                    List.of("own", "shared"),
                    "Whether the two followers of a pair learn from the trajectories of both; shared if left out."),
            choice(
                    "schedule",
                    Words.of(Schedule.CONSTANT),
                    Words.of(Schedule.values()),
                    "Inner step sizes over the outer iterations, constant if left out."));

    private static final SectionKeys LOWER = SectionKeys.of(withOptional(
            CRITIC,
            choice(
                    "solver",
                    "sampled",
                    List.of("planned", "sampled"),
                    "Planned on the tables of a finite problem, or from samples."),
            whole("innerSteps", 10, COUNT_OR_NONE, "Steps of each policy between two outer steps."),
            choice(
                    "optimizer",
                    "natural",
                    Words.of(Setup.LowerStep.values()),
                    "What makes a step of a policy's gradient."),
            real("stepSize", 0.5, Range.POSITIVE, "Length of an inner step."),
            whole("units", 64, COUNT, "Units of one inner batch."),
            real("exploration", 0.15, Range.halfOpen(0, 1), "Share of trajectories that explore."),
            real("tolerance", 1e-10, Range.POSITIVE, "Residual at which planning ends.")));

    private static final SectionKeys SAMPLING = SectionKeys.of(List.of(
            whole("horizon", 1, COUNT, "Steps after which a trajectory is truncated.")
                    .mandatory(),
            whole("unitsPerChunk", 8, COUNT, "Units that one chunk sums."),
            choice("baseline", "fitted", List.of("none", "fitted"), "What is taken from returns."),
            real(
                    "traceDecay",
                    1,
                    Range.closed(0, 1),
                    "How far a score is credited with later residuals: 1 unbiased, 0 least noise with good baselines."),
            choice(
                    "moments",
                    "scalar",
                    List.of("scalar", "diagonal"),
                    "Standard errors of whole quantities or of each coordinate.")));

    private static final SectionKeys STOP = SectionKeys.of(List.of(
            whole("iterations", 1000, Range.atLeast(1), "Outer iterations.").with(Effect.TUNABLE),
            whole("samples", 1, Range.atLeast(1), "Environment steps of training.")
                    .optional()
                    .with(Effect.TUNABLE),
            real("stationarityGap", 1, Range.POSITIVE, "Exact norm of the projected hypergradient that ends the run.")
                    .optional()
                    .with(Effect.TUNABLE)));

    private static final List<Parameter> STATUS_QUO = List.of(whole(
            "statusQuo",
            100,
            COUNT_OR_NONE,
            "Inner batches of a follower that learns at the starting x before row 0; by default 100, 0 for none."
                    + " Problems without tables only."));

    private static final SectionKeys EVALUATION = SectionKeys.of(withOptional(
            STATUS_QUO,
            whole("every", 50, Range.atLeast(1), "Outer iterations between two measurements."),
            whole("units", 0, COUNT_OR_NONE, "Units of one measurement's own batch; 0 for none.")));

    /** Keys whose default stands in no resolved configuration, by section: those from before they existed stay the same. */
    static final Map<String, List<Parameter>> UNWRITTEN = Map.of("lower", CRITIC, "evaluation", STATUS_QUO);

    private static final SectionKeys CHECKPOINT = SectionKeys.of(List.of(
            whole("every", 100, Range.atLeast(1), "Outer iterations between two commits; by default 50 commits a run.")
                    .optional()
                    .with(Effect.FREE),
            whole("keep", 3, COUNT, "Commits whose data are kept.").with(Effect.FREE)));

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
                : Optional.of("name must match " + NAME_PATTERN + ", but was "
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
