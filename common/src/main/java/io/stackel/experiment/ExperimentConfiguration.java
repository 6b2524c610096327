package io.stackel.experiment;

import io.stackel.optim.Schedule;
import io.stackel.problem.Parameter.Effect;
import io.stackel.problem.Settings;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole configuration, defaults filled in and checked; made by {@link ConfigurationDecoder}.
 *
 * @param keys every resolved key by its dotted path, {@code upper.stepSize}, in the order of the paths
 */
public record ExperimentConfiguration(SortedMap<String, ResolvedKey> keys) {

    public ExperimentConfiguration {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** Name of the run: lower-case letters, digits and hyphens, at most 64. */
    public String name() {
        return section("").text("name");
    }

    /** Seed of all random numbers. */
    public long seed() {
        return section("").whole("seed");
    }

    /** Which problem is solved. */
    public ProblemSelection problem() {
        Settings section = section("problem");
        return section.has("file")
                ? new ProblemSelection.File(section.text("file"), without(section, "file"))
                : new ProblemSelection.Named(section.text("name"), without(section, "name"));
    }

    /** Where what lies outside of the configuration is found, {@code problem.file} and data sets, by dotted path. */
    public SortedMap<String, String> places() {
        SortedMap<String, String> places = new TreeMap<>();
        keys.forEach((path, key) -> {
            if (key.effect() == Effect.CONTENT && !key.value().equals("")) {
                places.put(path, (String) key.value());
            }
        });
        return places;
    }

    /** Whether a section has a key, which {@code policy} and {@code sampling} of problems with data do not. */
    public boolean has(String section) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(section + "."));
    }

    /** Which policy the lower level uses, where it has one. */
    public Selection policy() {
        return selection("policy");
    }

    /** Which algorithm solves the problem. */
    public Selection algorithm() {
        return selection("algorithm");
    }

    /** How the upper variable is stepped. */
    public UpperSettings upper() {
        Settings section = section("upper");
        double clipNorm = section.real("clipNorm");
        return new UpperSettings(
                Words.constant(UpperSettings.Optimizer.values(), section.text("optimizer")),
                section.real("stepSize"),
                clipNorm > 0 ? OptionalDouble.of(clipNorm) : OptionalDouble.empty(),
                Words.constant(UpperSettings.Projection.values(), section.text("projection")),
                optionalReal(section, "projectionLow"),
                optionalReal(section, "projectionHigh"),
                optionalReal(section, "projectionRadius"),
                Words.constant(Schedule.values(), section.text("schedule")),
                section.count("units"));
    }

    /** How the lower level is solved. */
    public LowerSettings lower() {
        Settings section = section("lower");
        return new LowerSettings(
                Words.constant(LowerSettings.Solver.values(), section.text("solver")),
                section.count("innerSteps"),
                Words.constant(LowerSettings.Optimizer.values(), section.text("optimizer")),
                section.real("stepSize"),
                section.count("units"),
                section.real("exploration"),
                section.real("tolerance"));
    }

    /** How followers learn with values by networks, where they do. */
    public CriticSettings critic() {
        return CriticSettings.of(section("lower"));
    }

    /** The keys of {@link #critic} that are given, as {@code lower.epochs}. */
    List<String> criticKeys() {
        return CriticSettings.given(section("lower")).stream()
                .map(name -> "lower." + name)
                .toList();
    }

    /** How trajectories are drawn and summed, where the problem has some. */
    public SamplingSettings sampling() {
        Settings section = section("sampling");
        return new SamplingSettings(
                section.count("horizon"),
                section.count("unitsPerChunk"),
                Words.constant(SamplingSettings.Baseline.values(), section.text("baseline")),
                section.real("traceDecay"),
                Words.constant(SamplingSettings.Moments.values(), section.text("moments")));
    }

    /** When the run is complete. */
    public StopSettings stop() {
        Settings section = section("stop");
        return new StopSettings(
                section.whole("iterations"),
                section.has("samples") ? OptionalLong.of(section.whole("samples")) : OptionalLong.empty(),
                optionalReal(section, "stationarityGap"));
    }

    /** When and how the run is measured. */
    public EvaluationSettings evaluation() {
        Settings section = section("evaluation");
        return new EvaluationSettings(
                section.whole("every"),
                section.count("units"),
                section.has("statusQuo") ? section.count("statusQuo") : EvaluationSettings.STATUS_QUO);
    }

    /** When the state is committed. */
    public CheckpointSettings checkpoint() {
        Settings section = section("checkpoint");
        return new CheckpointSettings(
                section.has("every") ? OptionalLong.of(section.whole("every")) : OptionalLong.empty(),
                section.count("keep"));
    }

    /** The resolved configuration as indented JSON; decodes to an equal configuration. */
    public String resolvedJson() {
        return ResolvedText.json(keys);
    }

    /** The resolved configuration as YAML; decodes to an equal configuration. */
    public String resolvedYaml() {
        return ResolvedText.yaml(keys);
    }

    private Selection selection(String path) {
        Settings section = section(path);
        return new Selection(section.text("name"), without(section, "name"));
    }

    /** The values under one dotted path, of the top level for an empty one. */
    private Settings section(String path) {
        SortedMap<String, Object> values = new TreeMap<>();
        keys.forEach((key, resolved) -> {
            int dot = key.indexOf('.');
            if (path.equals(dot < 0 ? "" : key.substring(0, dot))) {
                values.put(key.substring(dot + 1), resolved.value());
            }
        });
        return new Settings(values);
    }

    private static Settings without(Settings section, String key) {
        SortedMap<String, Object> values = new TreeMap<>(section.values());
        values.remove(key);
        return new Settings(values);
    }

    private static OptionalDouble optionalReal(Settings section, String key) {
        return section.has(key) ? OptionalDouble.of(section.real(key)) : OptionalDouble.empty();
    }
}
