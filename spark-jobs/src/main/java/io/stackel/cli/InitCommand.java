package io.stackel.cli;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.experiment.AlgorithmTable;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.NearestWord;
import io.stackel.problem.Parameter;
import io.stackel.problem.ProblemFactory;
import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel init}. */
@Command(
        name = "init",
        description = {
            "Writes a first configuration for a problem: short, with comments, and with only the keys that matter. It passes"
                    + " 'stackel check' and runs as it is.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel init mine --problem stackelberg",
            "  stackel init mine --problem stackelberg --algorithm pbrl",
            "  stackel catalogue                  the problems, and what runs on each"
        })
final class InitCommand extends Subcommand {

    /** A line of a template: the section that takes the place of its own for another algorithm. */
    private static final Pattern INSTEAD =
            Pattern.compile("#= (?<algorithm>[a-z0-9-]+) (?<section>[a-z]+): (?<value>.*)");

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The folder that gets PROBLEM.yaml; made if it is not there.")
    private Path folder;

    @Option(
            names = "--problem",
            required = true,
            paramLabel = "P",
            completionCandidates = KnownNames.Problems.class,
            description = "A name of problem.name.")
    private String problem;

    @Option(
            names = "--algorithm",
            paramLabel = "A",
            completionCandidates = KnownNames.Algorithms.class,
            description = "A name of algorithm.name. Default: what suits the problem.")
    private Optional<String> algorithm;

    @Override
    ExitCode run() {
        Catalogue catalogue = Catalogue.load(loader());
        ProblemFactory family = Optional.ofNullable(catalogue.problems().get(problem))
                .orElseThrow(() -> unknown(
                        "--problem", problem, List.copyOf(catalogue.problems().keySet())));
        algorithm.filter(name -> !catalogue.algorithms().containsKey(name)).ifPresent(name -> {
            throw unknown(
                    "--algorithm", name, List.copyOf(catalogue.algorithms().keySet()));
        });
        AlgorithmTable.Row fits = row(catalogue);
        algorithm
                .flatMap(name -> Optional.ofNullable(fits.refusals().get(name)))
                .ifPresent(reason -> {
                    throw CommandFailure.usage("--algorithm must run on " + problem + ", but " + reason);
                });
        Path file = folder.resolve(problem + ".yaml");
        if (Files.exists(file)) {
            throw CommandFailure.usage(
                    file + " is there already and was not changed; give another folder, or remove it");
        }
        String text = text(family, fits, catalogue);
        if (family.parameters().stream().noneMatch(Parameter::required)) {
            LoadedExperiment.decode(file.toString(), text.getBytes(StandardCharsets.UTF_8), List.of(), loader())
                    .algorithm();
        }
        makeFolder();
        ResultFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        println(file.toString());
        String command = CommandText.command();
        tell("next:\n  " + command + " check " + file + "\n  " + command + " run " + file);
        return ExitCode.SUCCESS;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw ResultFile.failure(folder, failed);
        }
    }

    private static CommandFailure unknown(String option, String given, List<String> names) {
        return CommandFailure.usage(option + " must be a known name, but was " + given
                + NearestWord.of(given, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", names)));
    }

    private AlgorithmTable.Row row(Catalogue catalogue) {
        return AlgorithmTable.of(catalogue).rows().stream()
                .filter(row -> row.problem().equals(problem))
                .findFirst()
                .orElseThrow();
    }

    private String text(ProblemFactory family, AlgorithmTable.Row fits, Catalogue catalogue) {
        String template = template(problem)
                .orElseGet(() -> template(general(family, fits)).orElseThrow());
        String wanted = algorithm.orElseGet(() -> nameIn(template));
        AlgorithmFactory method = catalogue.algorithms().get(wanted);
        String sections = wanted.equals(nameIn(template))
                ? template
                : template.replaceFirst("(?m)^algorithm: .*$", "algorithm: {name: " + wanted + "}");
        for (String line : template.lines().toList()) {
            Matcher instead = INSTEAD.matcher(line);
            if (instead.matches() && instead.group("algorithm").equals(wanted)) {
                String section = instead.group("section");
                sections = sections.replaceFirst("(?m)^" + section + ": .*$", section + ": " + instead.group("value"));
            }
        }
        return sections.replaceAll("(?m)^#= .*\n", "")
                .replace("${problem}", problem)
                .replace("${keys}", keys(family))
                .replace("${summary}", family.summary())
                .replace("${algorithmSummary}", method.summary());
    }

    /** The keys of a problem of the user's own, a comment each. */
    private static String keys(ProblemFactory family) {
        return family.parameters().stream()
                .map(key -> "# " + key.name() + ": "
                        + key.fallback().map(String::valueOf).orElse("must be given") + "; " + key.help())
                .collect(Collectors.joining("\n"));
    }

    /** The template for a problem of the user's own, by what runs on it. */
    private static String general(ProblemFactory family, AlgorithmTable.Row fits) {
        return family.fitsData() ? "with-data" : fits.runs("hpgd") ? "with-tables" : "sampled";
    }

    private static String nameIn(String template) {
        return template.replaceFirst("(?s).*\nalgorithm: \\{name: ([a-z0-9-]+).*", "$1");
    }

    private static Optional<String> template(String name) {
        try (InputStream stream = InitCommand.class.getResourceAsStream("init/" + name + ".yaml")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
