package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.SectionKeys;
import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepConfiguration.Axis;
import io.stackel.experiment.SweepConfiguration.Choice;
import io.stackel.experiment.SweepConfiguration.RandomAxes;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.experiment.SweepDecoder;
import io.stackel.experiment.Vocabulary;
import io.stackel.run.ExitCode;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.LocatedFile;
import io.stackel.store.Stores;
import io.stackel.sweep.Comparison;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.SweepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel compare}. */
@Command(
        name = "compare",
        description = {
            "Runs several algorithms on one problem with the same seeds and the same budget of samples, and says which is"
                    + " better where the interval of the difference leaves zero out.",
            "It is a sweep: a second call runs only what is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel compare my.yaml --algorithms first-order,pbrl --budget 2000000",
            "  stackel compare my.yaml --seeds 0..4 --budget 1e6 \\",
            "      --algorithms '{name: pbrl, penaltyWeight: 5};{name: exact}'"
        })
final class CompareCommand extends Subcommand {

    private static final String AXIS = "algorithm";
    private static final String PREFIX = "algorithm.";

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The configuration: a path or a URI.")
    private String configuration;

    @Option(
            names = "--algorithms",
            required = true,
            paramLabel = "LIST",
            completionCandidates = KnownNames.Algorithms.class,
            description = {
                "Names with commas between them, each with those of the configuration's own keys that it has, or sections as"
                        + " {name: pbrl, penaltyWeight: 5} with semicolons between them. The first is what the others are"
                        + " compared with."
            })
    private String algorithms;

    @Option(
            names = "--seeds",
            paramLabel = "RANGE",
            defaultValue = "0..9",
            description = "A range as 0..9 or a list as [1, 5]. Default: 0..9.")
    private String seeds;

    @Option(
            names = "--budget",
            required = true,
            paramLabel = "N",
            description = {
                "Samples of training that each run may take, of both levels. stop.iterations of the configuration holds as"
                        + " well: the table has the samples that were taken."
            })
    private String budget;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value in place of the configuration's, for all; repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = "The directory of the runs. Default: sweeps/compare-HASH.")
    private Optional<String> out;

    @Mixin
    private SweepSession.Options engine = new SweepSession.Options();

    @Override
    ExitCode run() {
        LocatedFile shared = new LocatedFile(Stores.uri(configuration), InputFile.read(configuration, "configuration"));
        SweepPlan plan = LoadedSweep.plan(configuration, sweep(shared), shared, loader());
        LoadedSweep loaded = LoadedSweep.written(plan, out, engine.singleWriter, environment());
        SweepSession session = new SweepSession(loaded, engine, environment());
        SweepStatus before = loaded.status();
        SweepStatus after = session.runAll(before, before.open());
        Comparison comparison = Comparison.of(after, AXIS);
        print(engine.json ? comparison.json() : comparison.text());
        return session.code(after);
    }

    private SweepConfiguration sweep(LocatedFile shared) {
        Vocabulary vocabulary = Catalogue.load(loader()).vocabulary();
        ExperimentConfiguration given = LoadedExperiment.Located.of(
                        new LoadedExperiment.Text(shared.uri().toString(), shared.content(), overrides),
                        new ConfigurationDecoder(vocabulary))
                .configuration();
        boolean sections = algorithms.contains("{");
        List<Choice> choices = new ArrayList<>();
        for (String word : algorithms.split(sections ? ";" : ",", 0)) {
            String one = word.strip();
            choices.add(new Choice(one, List.of("algorithm=" + (sections ? one : section(one, given, vocabulary)))));
        }
        List<String> all = new ArrayList<>(overrides);
        all.add("stop.samples=" + budget);
        return new SweepConfiguration(
                "compare",
                configuration,
                all,
                SweepDecoder.seeds("--seeds", seeds),
                List.of(new Axis(AXIS, choices)),
                RandomAxes.NONE,
                List.of(),
                Requirements.NONE,
                List.of());
    }

    /** The configuration's own keys as far as the algorithm has them. */
    private static String section(String name, ExperimentConfiguration given, Vocabulary vocabulary) {
        List<String> known = Optional.ofNullable(vocabulary.algorithms().get(name))
                .map(SectionKeys::names)
                .orElse(List.of());
        StringBuilder section = new StringBuilder("{name: ").append(name);
        given.keys().forEach((path, key) -> {
            if (path.startsWith(PREFIX) && known.contains(path.substring(PREFIX.length()))) {
                section.append(", ")
                        .append(path.substring(PREFIX.length()))
                        .append(": ")
                        .append(key.value());
            }
        });
        return section.append('}').toString();
    }
}
