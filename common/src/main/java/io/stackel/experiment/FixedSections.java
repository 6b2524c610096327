package io.stackel.experiment;

import static io.stackel.problem.Parameter.choice;
import static io.stackel.problem.Parameter.real;
import static io.stackel.problem.Parameter.whole;

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

/**
 * The keys that every configuration has, with their defaults, bounds, effects and help: the one place where these stand.
 *
 * <p>An effect is {@link Effect#IDENTITY} unless a line says otherwise. What decides when a run ends is tunable, because
 * a longer run begins with the same bits; what decides only what is written down is free.
 */
final class FixedSections {

    private static final Range COUNT = Range.closed(1, Integer.MAX_VALUE);
    private static final Range COUNT_OR_NONE = Range.closed(0, Integer.MAX_VALUE);

    /** What the name of a run looks like. */
    static final String NAME_PATTERN = "[a-z0-9-]{1,64}";

    /** The section that only problems of trajectories have, as they alone have a policy. */
    static final String SAMPLING_NAME = "sampling";

    /** Keys outside of all sections. */
    static final SectionKeys TOP = new SectionKeys(
            List.of(
                    whole("format", 1, Range.closed(1, 1), "Format of this text; always 1.")
                            .mandatory(),
                    Parameter.text("name", "", "Name of the run: lower-case letters, digits and hyphens.")
                            .mandatory()
                            .with(Effect.FREE),
                    whole("seed", 0, Range.FINITE, "Seed of all random numbers.")),
            List.of(new Rule(List.of("name"), "name", FixedSections::checkName)));

    private static final SectionKeys UPPER = new SectionKeys(
            List.of(
                    choice(
                            "optimizer",
                            Words.of(UpperSettings.Optimizer.SGD),
                            Words.of(UpperSettings.Optimizer.values()),
                            "What makes a direction of the hypergradient."),
                    real("stepSize", 0.1, Range.POSITIVE, "Length of a step per unit of direction."),
                    real("clipNorm", 0, Range.NON_NEGATIVE, "Longest norm of a hypergradient; 0 for any."),
                    choice(
                            "projection",
                            Words.of(UpperSettings.Projection.NONE),
                            Words.of(UpperSettings.Projection.values()),
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
                    new Rule(
                            List.of("projection", "projectionLow", "projectionHigh"),
                            "projection",
                            FixedSections::checkBox),
                    new Rule(List.of("projection", "projectionRadius"), "projection", FixedSections::checkRadius)));

    private static final SectionKeys LOWER = SectionKeys.of(CriticSettings.after(List.of(
            choice(
                    "solver",
                    Words.of(LowerSettings.Solver.SAMPLED),
                    Words.of(LowerSettings.Solver.values()),
                    "Planned on the tables of a finite problem, or from samples."),
            whole("innerSteps", 10, COUNT_OR_NONE, "Steps of each policy between two outer steps."),
            choice(
                    "optimizer",
                    Words.of(LowerSettings.Optimizer.NATURAL),
                    Words.of(LowerSettings.Optimizer.values()),
                    "What makes a step of a policy's gradient."),
            real("stepSize", 0.5, Range.POSITIVE, "Length of an inner step."),
            whole("units", 64, COUNT, "Units of one inner batch."),
            real("exploration", 0.15, Range.halfOpen(0, 1), "Share of trajectories that explore."),
            real("tolerance", 1e-10, Range.POSITIVE, "Residual at which planning ends."))));

    private static final SectionKeys SAMPLING = SectionKeys.of(List.of(
            whole("horizon", 1, COUNT, "Steps after which a trajectory is truncated.")
                    .mandatory(),
            whole("unitsPerChunk", 8, COUNT, "Units that one chunk sums."),
            choice(
                    "baseline",
                    Words.of(SamplingSettings.Baseline.FITTED),
                    Words.of(SamplingSettings.Baseline.values()),
                    "What is taken from returns."),
            real(
                    "traceDecay",
                    1,
                    Range.closed(0, 1),
                    "How far a score is credited with later residuals: 1 unbiased, 0 least noise with good baselines."),
            choice(
                    "moments",
                    Words.of(SamplingSettings.Moments.SCALAR),
                    Words.of(SamplingSettings.Moments.values()),
                    "Standard errors of whole quantities or of each coordinate.")));

    private static final SectionKeys STOP = SectionKeys.of(List.of(
            whole("iterations", 1000, Range.atLeast(1), "Outer iterations.").with(Effect.TUNABLE),
            whole("samples", 1, Range.atLeast(1), "Environment steps of training.")
                    .optional()
                    .with(Effect.TUNABLE),
            real("stationarityGap", 1, Range.POSITIVE, "Exact norm of the projected hypergradient that ends the run.")
                    .optional()
                    .with(Effect.TUNABLE)));

    private static final SectionKeys EVALUATION = SectionKeys.of(List.of(
            whole("every", 50, Range.atLeast(1), "Outer iterations between two measurements."),
            whole("units", 0, COUNT_OR_NONE, "Units of one measurement's own batch; 0 for none."),
            whole(
                            "statusQuo",
                            EvaluationSettings.STATUS_QUO,
                            COUNT_OR_NONE,
                            "Inner batches of a follower that learns at the starting x before row 0; by default "
                                    + EvaluationSettings.STATUS_QUO + ", 0 for none. Problems without tables only.")
                    .optional()));

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
        boolean box = settings.text("projection").equals(Words.of(UpperSettings.Projection.BOX));
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
        boolean ball = projection.equals(Words.of(UpperSettings.Projection.BALL));
        boolean simplex = projection.equals(Words.of(UpperSettings.Projection.SIMPLEX));
        boolean radius = settings.has("projectionRadius");
        if (ball && !radius) {
            return Optional.of("projection ball must have a projectionRadius, but has none");
        }
        return radius && !ball && !simplex
                ? Optional.of("projection must be ball or simplex if projectionRadius is given, but was " + projection)
                : Optional.empty();
    }
}
