package io.stackel.experiment;

import static io.stackel.experiment.KeySchema.object;
import static io.stackel.experiment.KeySchema.ordered;
import static java.util.Map.entry;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of sweeps, with their defaults, bounds and help: the one place where these stand. */
final class SweepKeys {

    /** More trials are a mistake in the axes. */
    static final long MOST_TRIALS = 100_000;

    /** A range of seeds. */
    static final String SEEDS = "(-?[0-9]{1,18})\\.\\.(-?[0-9]{1,18})";

    private static final Parameter NAME = Parameter.text(
                    "name", "four-rooms", "Name of the sweep: 1 to 64 lower-case letters, digits and hyphens.")
            .mandatory();

    /** Keys with one value. */
    static final SectionKeys TOP = new SectionKeys(
            List.of(
                    FixedSections.FORMAT,
                    NAME,
                    Parameter.text(
                                    "configuration",
                                    "../experiments/four-rooms.yaml",
                                    "Configuration that all trials share; a path is looked for in the working directory, then beside the"
                                            + " sweep.")
                            .with(Parameter.Effect.CONTENT)
                            .mandatory()),
            List.of(
                    FixedSections.NAME_RULE,
                    new SectionKeys.Rule(
                            List.of("configuration"),
                            "configuration",
                            sweep -> sweep.has("configuration")
                                            && sweep.text("configuration").isBlank()
                                    ? Optional.of("configuration must be a path or URI, but is blank")
                                    : Optional.empty())));

    /** Keys of {@code random} besides those that are drawn. */
    static final SectionKeys RANDOM = SectionKeys.of(List.of(
            Parameter.whole("draws", 8, Range.closed(1, MOST_TRIALS), "How many points are drawn.")
                    .mandatory(),
            Parameter.whole("seed", 0, Range.FINITE, "Seed of the draws; the trials' seeds do not change them.")));

    /** How a key is drawn. */
    static final SectionKeys AXIS = new SectionKeys(
            List.of(
                    Parameter.real("low", 0.1, Range.FINITE, "Least value.").mandatory(),
                    Parameter.real("high", 10, Range.FINITE, "Greatest value; above low.")
                            .mandatory(),
                    Parameter.choice(
                            "scale",
                            "linear",
                            List.of("linear", "log"),
                            "Draws the value uniformly, or its logarithm; log needs a low above 0."),
                    Parameter.flag("whole", false, "Whether only whole numbers are drawn.")),
            List.of(
                    new SectionKeys.Rule(
                            List.of("low", "high"),
                            "low",
                            axis -> axis.real("low") < axis.real("high")
                                    ? Optional.empty()
                                    : Optional.of("low must be below high, but was " + axis.real("low"))),
                    new SectionKeys.Rule(
                            List.of("low", "scale"),
                            "low",
                            axis -> axis.text("scale").equals("linear") || axis.real("low") > 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            "low must be above 0 where scale is log, but was " + axis.real("low")))));

    /** What a trial must hold. */
    static final SectionKeys REQUIRE = SectionKeys.of(List.of(
            Parameter.real(
                            "lowerGap",
                            0.001,
                            Range.FINITE,
                            "A trial counts as feasible if its lowerGap is at most this.")
                    .optional(),
            Parameter.real(
                    "completeShare",
                    0,
                    Range.closed(0, 1),
                    "A cell is ranked if at least this share of its trials is complete.")));

    /**
     * A key whose value has a structure of its own.
     *
     * @param value what it accepts, in words
     * @param example in YAML
     * @param schema without its description
     */
    record Structured(String name, String value, String example, String help, Map<String, Object> schema) {}

    private static final Map<String, Object> ANY = Map.of();
    private static final Map<String, Object> CELLS =
            list(ordered(entry("type", "object"), entry("minProperties", 1), entry("additionalProperties", ANY)));

    /** All keys with a structure, in the order of the documentation. */
    static final List<Structured> STRUCTURED = List.of(
            new Structured(
                    "set",
                    "`key: value` of the configuration",
                    "{stop.iterations: 500}",
                    "Keys that all trials change in the configuration.",
                    ordered(entry("type", "object"), entry("additionalProperties", ANY))),
            new Structured(
                    "seeds",
                    "a range, or a list of whole numbers",
                    "0..4",
                    "Seeds of the trials: every point of the sweep runs with each; seed 0 alone if left out.",
                    seeds()),
            new Structured(
                    "grid",
                    "`axis: [value, ...]`",
                    "{problem.costWeight: [1, 5], algorithm: [{name: first-order, sigma: 0.1}, {name: exact}]}",
                    "Axes of which all combinations are tried. An axis is a key, a section with whole sections as values,"
                            + " or a name of your own with several keys a value, as `weight: [{problem.entropyWeight:"
                            + " 0.1, algorithm.sigma: 0.1}, ...]`.",
                    ordered(entry("type", "object"), entry("additionalProperties", grid()))),
            new Structured(
                    "random",
                    "`draws`, `seed` and `key: interval`",
                    "{draws: 8, upper.stepSize: {low: 0.1, high: 10, scale: log}}",
                    "Keys that are drawn together, the same points every time.",
                    random()),
            new Structured(
                    "exclude",
                    "list of `{axis: value}`",
                    "[{problem.costWeight: 5, algorithm: exact}]",
                    "Combinations that are left out; a value is the label that the plan shows.",
                    CELLS),
            new Structured(
                    "require",
                    "`lowerGap`, `completeShare`",
                    "{lowerGap: 0.001, completeShare: 0.9}",
                    "What a report asks of trials before it ranks them.",
                    KeySchema.section(REQUIRE)),
            new Structured(
                    "reference",
                    "list of `{axis: value, source: objective}`",
                    "[{problem.costWeight: 1, HPGD: -0.91}]",
                    "Upper objectives of others, which a report sets beside the cells.",
                    CELLS));

    private SweepKeys() {}

    /** The names of the keys with a structure. */
    static List<String> structured() {
        return STRUCTURED.stream().map(Structured::name).toList();
    }

    /** A sweep with every key, in YAML. */
    static String example() {
        StringBuilder text = new StringBuilder();
        TOP.parameters()
                .forEach(key -> text.append(key.name())
                        .append(": ")
                        .append(key.example().orElseThrow())
                        .append("\n"));
        STRUCTURED.forEach(key ->
                text.append(key.name()).append(": ").append(key.example()).append("\n"));
        return text.toString();
    }

    /** The JSON Schema of sweeps. Whether the keys in it exist is found when the trials are planned. */
    static String json() {
        Map<String, Object> schema = ordered(entry("$schema", KeySchema.DRAFT), entry("title", "Stackel sweep"));
        Map<String, Object> properties = ordered();
        List<String> required = new ArrayList<>();
        KeySchema.add(TOP, properties, required);
        properties.put("name", FixedSections.nameSchema(NAME));
        for (Structured key : STRUCTURED) {
            Map<String, Object> property = ordered();
            property.putAll(key.schema());
            property.put("description", key.help());
            properties.put(key.name(), property);
        }
        schema.putAll(object(properties, required));
        return JsonText.indented(schema);
    }

    private static Map<String, Object> list(Map<String, Object> item) {
        return ordered(entry("anyOf", List.of(item, ordered(entry("type", "array"), entry("items", item)))));
    }

    private static Map<String, Object> seeds() {
        Map<String, Object> whole = Map.of("type", "integer");
        return ordered(entry(
                "anyOf",
                List.of(
                        whole,
                        ordered(entry("type", "string"), entry("pattern", "^" + SEEDS + "$")),
                        ordered(
                                entry("type", "array"),
                                entry("items", whole),
                                entry("minItems", 1),
                                entry("uniqueItems", true)))));
    }

    private static Map<String, Object> grid() {
        return ordered(entry("type", "array"), entry("items", ANY), entry("minItems", 1));
    }

    private static Map<String, Object> random() {
        Map<String, Object> random = KeySchema.section(RANDOM);
        random.put("additionalProperties", KeySchema.section(AXIS));
        return random;
    }
}
