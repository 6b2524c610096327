package io.stackel.experiment;

import io.stackel.families.FileKey;
import io.stackel.families.ProblemFormat;
import io.stackel.families.TableFormat;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of every key of every file that a user writes, as Markdown, from the declarations of the schemas. */
public final class Reference {

    private static final String HEAD = """
            # Every key of every file

            Written by `stackel schema --markdown` from the declarations that the decoders use; with `--jars` it has the keys of
            your own problems, policies and algorithms, too. `stackel schema run`, `stackel schema sweep` and
            `stackel schema game` print the same as JSON Schema, for editors and validators.

            [Configurations](#configurations) · [Sweeps](#sweeps) · [Problem files](#problem-files) · [Tables](#tables)

            """;

    private static final String CONFIGURATIONS = """
            ## Configurations

            YAML 1.2 or JSON, the argument of `stackel run CONFIG`. On the command line `--set section.key=value` changes any key.
            A run is what its configuration says: another value is another run, in another directory. Keys with *may change* are
            different: a run can go on with another value.

            A key without a default may be left out, unless it is *required*.

            """;

    private static final String POLICY = """
            ### policy

            The policy of the follower. Problems with data have none: leave the section out.

            """;

    private static final String SAMPLING = """
            Problems with data have no trajectories: leave the section out.

            """;

    private static final String SWEEPS = """
            ## Sweeps

            Many runs of one configuration, the argument of `stackel sweep run SWEEP`: every point of a grid, with every random
            draw, with every seed. The dotted names are keys of [configurations](#configurations).

            """;

    private static final String RANDOM = """
            ### random

            Every other key of this section is one that is drawn, as `upper.stepSize: {low: 0.1, high: 10, scale: log}`.

            """;

    private static final String FILES = """
            ## Problem files

            A game of your own, pairs of segments with labels, trajectories of experts or data, in JSON. `stackel exact FILE` and
            `stackel check FILE` look at it; `problem: {file: FILE}` in a configuration solves it.

            A file has a `kind`, a `problem` and, if you like, `at`: the point at which `exact` and `check` look at it. Other keys
            beside these three are skipped. A table is an array of arrays; its shape is given in letters, the last axis innermost:
            `S x B` is `[[..B numbers..], ..S rows..]`.

            """;

    private static final String TABLES = """
            ## Tables

            Rows that you bring to `stackel data`. Every row is checked before anything is written, and mistakes are reported with
            their lines. Tables of features and labels have columns of your own names: [data sets](../spark-jobs/README.md#data-sets).

            """;

    private final StringBuilder text = new StringBuilder();

    private Reference() {}

    /** The reference with the names of a catalogue. */
    public static String markdown(Catalogue catalogue) {
        Reference reference = new Reference();
        reference.text.append(HEAD);
        reference.configurations(catalogue);
        reference.sweeps();
        reference.files();
        reference.tables();
        return reference.text.toString().stripTrailing() + "\n";
    }

    private void configurations(Catalogue catalogue) {
        text.append(CONFIGURATIONS);
        keys("", FixedSections.TOP.parameters());
        text.append("### problem\n\nOne of these names, or a [file](#problem-files) with a problem of your own.\n\n");
        keys("problem", List.of(ConfigurationSchema.FILE));
        catalogue
                .problems()
                .forEach((name, factory) -> named("problem", name, factory.summary(), factory.parameters()));
        text.append(POLICY);
        catalogue.policies().forEach((name, factory) -> named("policy", name, factory.summary(), factory.parameters()));
        text.append("### algorithm\n\n`stackel catalogue PROBLEM` says which of them run on a problem.\n\n");
        catalogue
                .algorithms()
                .forEach((name, factory) -> named("algorithm", name, factory.summary(), factory.parameters()));
        FixedSections.SECTIONS.forEach((section, keys) -> {
            text.append("### ").append(section).append("\n\n");
            if (section.equals(FixedSections.SAMPLING_NAME)) {
                text.append(SAMPLING);
            }
            keys(section, keys.parameters());
        });
    }

    private void named(String section, String name, String summary, List<Parameter> parameters) {
        text.append("#### ").append(section).append(": ").append(name).append("\n\n");
        text.append(Sentence.of(summary)).append("\n\n");
        if (parameters.isEmpty()) {
            text.append("`").append(section).append(": {name: ").append(name).append("}` has no other keys.\n\n");
        } else {
            keys(section, parameters);
        }
    }

    private void sweeps() {
        text.append(SWEEPS);
        head();
        SweepKeys.TOP.parameters().forEach(key -> row("", key));
        SweepKeys.STRUCTURED.forEach(
                key -> row(key.name(), key.value(), "", code(key.name() + ": " + key.example()), key.help()));
        text.append("\nA sweep with every key:\n\n```yaml\n")
                .append(SweepKeys.example())
                .append("```\n\n")
                .append(RANDOM);
        keys("", SweepKeys.RANDOM.parameters());
        text.append("A key that is drawn has:\n\n");
        keys("", SweepKeys.AXIS.parameters());
        text.append("### require\n\n");
        keys("", SweepKeys.REQUIRE.parameters());
    }

    private void files() {
        text.append(FILES);
        for (ProblemFormat format : ProblemFormat.ALL) {
            text.append("### ").append(format.kind()).append("\n\n");
            text.append(Sentence.of(format.summary())).append("\n\n");
            head();
            format.problem().forEach(key -> row("problem.", format, key));
            format.at().forEach(key -> row("at.", format, key));
            text.append("\nA small file with every key:\n\n```json\n")
                    .append(format.example())
                    .append("\n```\n\n");
        }
    }

    private void tables() {
        text.append(TABLES);
        for (TableFormat format : TableFormat.ALL) {
            text.append("### ").append(format.name()).append("\n\n");
            text.append(format.summary()).append("\n\n");
            head();
            format.columns()
                    .forEach(column -> row(
                            column.name(),
                            column.value(),
                            column.required() ? "*required*" : "",
                            code(column.example()),
                            column.help()));
            text.append("\n```\n").append(format.example()).append("```\n\n");
        }
    }

    private void keys(String section, List<Parameter> parameters) {
        head();
        parameters.forEach(key -> row(section, key));
        text.append("\n");
    }

    private void head() {
        text.append("| key | value | default | example | meaning |\n|---|---|---|---|---|\n");
    }

    private void row(String section, Parameter key) {
        Optional<Object> fallback = FixedSections.fallback(section, key);
        boolean none = fallback.filter(value -> !value.equals("")).isEmpty();
        String shown = key.required() ? "*required*" : none ? "" : code(shown(fallback.get()));
        String example = key.example()
                .map(value -> code(key.name() + ": " + shown(another(key, value, fallback))))
                .orElse("");
        List<String> meaning = new ArrayList<>(List.of(Sentence.of(key.help())));
        key.forced()
                .ifPresent(forced -> meaning.add("With " + code(forced.key() + ": " + forced.value()) + " always "
                        + code(shown(forced.to())) + "."));
        if (key.effect() == Parameter.Effect.TUNABLE || key.effect() == Parameter.Effect.FREE) {
            meaning.add("*May change.*");
        }
        row(key.name(), value(key), shown, example, String.join(" ", meaning));
    }

    /** The example of a key: a word or truth value that is not its default, where there is one. */
    private static Object another(Parameter key, Object value, Optional<Object> fallback) {
        return switch (key.type()) {
            case CHOICE ->
                key.choices().stream()
                        .filter(word -> !fallback.filter(word::equals).isPresent())
                        .findFirst()
                        .orElseThrow();
            case FLAG -> fallback.filter(Boolean.TRUE::equals).isEmpty();
            default -> value;
        };
    }

    private void row(String section, ProblemFormat format, FileKey key) {
        boolean together = format.together().contains(key.name());
        String shown = key.required()
                ? "*required*"
                : key.fallback()
                        .map(value -> key.shapes().isEmpty() ? code(shown(value)) : "zeros")
                        .orElse(together ? "*all or none of " + String.join(", ", format.together()) + "*" : "");
        row(section + key.name(), value(key), shown, code(key.example()), key.help());
    }

    private void row(String key, String value, String fallback, String example, String meaning) {
        text.append(Stream.of(code(key), value, fallback, example, meaning)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String value(Parameter key) {
        return switch (key.type()) {
            case REAL -> "number" + range(key.range());
            case WHOLE ->
                key.range().low() == key.range().high()
                        ? code(shown(key.range().low()))
                        : "whole number" + range(key.range());
            case WHOLES -> "list of whole numbers" + range(key.range());
            case FLAG -> "`true` or `false`";
            case CHOICE -> key.choices().stream().map(Reference::code).collect(Collectors.joining(", "));
            case TEXT -> key.effect() == Parameter.Effect.CONTENT ? "path or URI" : "text";
        };
    }

    private static String value(FileKey key) {
        String numbers = (key.whole() ? "whole number" : "number") + range(key.range());
        return key.shapes().isEmpty()
                ? numbers
                : key.shapes().stream().map(axes -> String.join(" x ", axes)).collect(Collectors.joining(" or "))
                        + (numbers.equals("number") ? "" : ", each a " + numbers);
    }

    /** A range in words, with a space before; nothing for any finite number. */
    private static String range(Range range) {
        boolean low = Double.isFinite(range.low());
        boolean high = Double.isFinite(range.high()) && range.high() < Integer.MAX_VALUE;
        String least = (range.lowOpen() ? " above " : " of at least ") + shown(range.low());
        if (low && high) {
            return " in " + range;
        }
        return low ? least : high ? (range.highOpen() ? " below " : " of at most ") + shown(range.high()) : "";
    }

    /** A value as it stands in YAML, which YAML 1.1 and 1.2 read alike. */
    private static String shown(Object value) {
        if (value instanceof Double number) {
            double rounded = StrictMath.rint(number);
            return number == rounded && StrictMath.abs(number) < 1e15
                    ? Long.toString((long) rounded)
                    : Double.toString(number).replaceFirst("E(?=[0-9])", "E+").replace('E', 'e');
        }
        return value.toString();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
