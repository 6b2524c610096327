package io.stackel.cli;

import io.stackel.algorithm.Setup;
import io.stackel.experiment.JsonText;
import io.stackel.experiment.SweepDecoder;
import io.stackel.lab.CellRun;
import io.stackel.lab.Exponent;
import io.stackel.lab.LabDirectory;
import io.stackel.lab.Laboratory;
import io.stackel.lab.Measured;
import io.stackel.lab.Scheme;
import io.stackel.math.Sha256;
import io.stackel.problem.FiniteProblem;
import io.stackel.report.LaboratoryReport;
import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.Quantities;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel lab sample-complexity}. */
@Command(
        name = "sample-complexity",
        description = {
            "Measures how many samples algorithms need until the mean squared norm of the exact hypergradient is at most"
                    + " eps, and fits samples = a eps^-k.",
            "Step size, sigma and batch of each scheme are tuned at the largest eps alone, on seeds of their own, and then"
                    + " follow eps as theory has it. Needs a finite problem, with entropy. A study that was stopped goes on"
                    + " with the same command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel lab sample-complexity conf/experiments/laboratory.yaml",
            "  stackel lab sample-complexity my.yaml --schemes coupled,one-sided \\",
            "      --shares 0.2,0.1,0.05 --seeds 100..119"
        })
final class SampleComplexityCommand extends Subcommand {

    private static final String PAGE = "report.html";
    private static final String RECORD = "results.json";
    private static final int HASH = 12;
    private static final int FEWEST_SHARES = 3;

    @Parameters(index = "0", paramLabel = "CONFIG.yaml", description = "The configuration: a path or a URI.")
    private String configuration;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change a key of the configuration; repeatable.")
    private List<String> overrides = List.of();

    @Option(
            names = "--schemes",
            paramLabel = "NAMES",
            split = ",",
            description = "Schemes, by comma. Default: all of them; a wrong name lists them.")
    private List<String> schemes = List.of();

    @Option(
            names = "--shares",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "0.16,0.08,0.04,0.02,0.01",
            description = {
                "The accuracies, as shares of the squared gap at the start, falling, at least " + FEWEST_SHARES + ".",
                "Default: 0.16,0.08,0.04,0.02,0.01."
            })
    private List<Double> shares;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            defaultValue = "100..109",
            description = "Seeds on which is measured: 100..109, or a list in brackets. Default: 100..109.")
    private String seeds;

    @Option(
            names = "--tuning-seeds",
            paramLabel = "SEEDS",
            defaultValue = "0..2",
            description = "Seeds on which constants are chosen, none of the others. Default: 0..2.")
    private String tuningSeeds;

    @Option(
            names = "--cap",
            paramLabel = "STEPS",
            defaultValue = "300000000",
            description = "Environment steps after which a run is given up; a tenth of it while constants are tuned."
                    + " Default: 300000000.")
    private long cap;

    @Option(names = "--out", paramLabel = "URI", description = "The study's directory. Default: laboratory/NAME-HASH.")
    private Optional<String> out;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    @Mixin
    private SparkOptions spark;

    @Override
    ExitCode run() {
        CellRun run = new CellRun(
                Stores.uri(configuration).toString(),
                new String(InputFile.read(configuration, "configuration"), StandardCharsets.UTF_8),
                overrides);
        LoadedExperiment loaded = run.load(List.of());
        Laboratory.Design design = design(run, loaded);
        URI root = Stores.uri(out.orElseGet(() -> "laboratory/"
                + loaded.configuration().name() + "-" + Sha256.of(run.text()).substring(0, HASH)));
        Storage home = Stores.open(root, new HadoopSettings(), false);
        tell("study of " + design.schemes().size() + " schemes at eps " + words(design.epsilons()) + " in "
                + CommandText.shown(root));
        List<Measured> results;
        try {
            results = new Laboratory(
                            design,
                            new LabDirectory(home, run),
                            new CellSession(run, spark.engine(), environment()),
                            this::tell)
                    .run();
        } catch (Laboratory.StoppedException stopped) {
            tell("stopped; the same command goes on with what is missing");
            return ExitCode.TRY_AGAIN;
        }
        ResultFile.write(home, PAGE, new LaboratoryReport(loaded.configuration().name(), design, results).html(), "");
        ResultFile.write(home, RECORD, Measured.json(results), "");
        print(json ? Measured.json(results) : text(results));
        tell("wrote " + CommandText.shown(root) + "/" + PAGE);
        return ExitCode.SUCCESS;
    }

    private Laboratory.Design design(CellRun run, LoadedExperiment loaded) {
        Setup setup = loaded.experiment()
                .setup()
                .trajectories()
                .filter(one -> one.problem()
                        .as(FiniteProblem.class)
                        .filter(finite -> finite.entropyWeight() > 0)
                        .isPresent())
                .orElseThrow(() -> CommandFailure.usage(configuration
                        + ": the laboratory compares with exact hypergradients, so the problem must be finite and"
                        + " problem.entropyWeight above 0; conf/experiments/laboratory.yaml is one"));
        List<Scheme> chosen = new ArrayList<>();
        for (String name : schemes) {
            chosen.add(Scheme.named(name)
                    .orElseThrow(() -> CommandFailure.usage("--schemes must be names of "
                            + String.join(
                                    ", ",
                                    Scheme.all().stream().map(Scheme::name).toList())
                            + ", but one was " + name)));
        }
        requireFalling();
        List<Long> tuned = SweepDecoder.seeds("--tuning-seeds", tuningSeeds);
        List<Long> measured = SweepDecoder.seeds("--seeds", seeds);
        List<Long> both = tuned.stream().filter(measured::contains).toList();
        if (!both.isEmpty()) {
            throw CommandFailure.usage(
                    "--seeds must have none of --tuning-seeds, or constants were tuned on what they are"
                            + " measured on, but both have " + both);
        }
        if (cap < 1) {
            throw CommandFailure.usage("--cap must be at least 1, but was " + cap);
        }
        double gap = run.startingGap();
        return new Laboratory.Design(
                run,
                chosen.isEmpty() ? Scheme.all() : chosen,
                shares.stream().map(share -> share * gap).toList(),
                tuned,
                measured,
                setup.upper().stepSize(),
                setup.problem().as(FiniteProblem.class).orElseThrow().entropyWeight(),
                cap);
    }

    private void requireFalling() {
        boolean falling = shares.size() >= FEWEST_SHARES;
        for (int i = 0; i < shares.size(); i++) {
            double above = i == 0 ? 1 : shares.get(i - 1);
            falling &= shares.get(i) > 0 && shares.get(i) < above;
        }
        if (!falling) {
            throw CommandFailure.usage("--shares must have at least " + FEWEST_SHARES
                    + " numbers between 0 and 1, each smaller than the one before, but was " + words(shares));
        }
    }

    private static String words(List<Double> numbers) {
        return String.join(", ", numbers.stream().map(Quantities::significant).toList());
    }

    private static String text(List<Measured> results) {
        StringBuilder text = new StringBuilder();
        line(text, "scheme", "theory", "whole run", "last tenth", "step", "sigma", "units");
        for (Measured one : results) {
            line(
                    text,
                    one.scheme().name(),
                    JsonText.text(one.scheme().exponent()),
                    exponent(one, Measured.Mean.WHOLE_RUN),
                    exponent(one, Measured.Mean.LAST_TENTH),
                    one.constants()
                            .map(c -> Quantities.significant(c.stepSize()))
                            .orElse("none"),
                    one.constants()
                            .filter(c -> one.scheme().hasSigma())
                            .map(c -> Quantities.significant(c.sigma()))
                            .orElse(""),
                    one.constants().map(c -> Long.toString(c.units())).orElse(""));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String... words) {
        text.append(String.format(
                                Locale.ROOT,
                                "%-20s %7s  %-22s %-22s %6s %6s %5s",
                                words[0],
                                words[1],
                                words[2],
                                words[3],
                                words[4],
                                words[5],
                                words[6])
                        .stripTrailing())
                .append(System.lineSeparator());
    }

    private static String exponent(Measured one, Measured.Mean mean) {
        return one.exponent(mean).map(Exponent::words).orElse("not reached");
    }
}
