package io.stackel.cli;

import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Setup;
import io.stackel.check.CheckPoint;
import io.stackel.check.CheckReport;
import io.stackel.check.CheckRule;
import io.stackel.check.ComparableProblem;
import io.stackel.check.DataCheck;
import io.stackel.check.EstimatorComparison;
import io.stackel.check.EstimatorTable;
import io.stackel.check.GradientCheck;
import io.stackel.check.InnerSolverStudy;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.JsonText;
import io.stackel.experiment.StartingPoint;
import io.stackel.families.ProblemFile;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Problem;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel check}. */
@Command(
        name = "check",
        description = {
            "Checks a problem: central differences against every analytic gradient, sampled gradients against exact ones"
                    + " in units of standard errors, the simulator against the tables, minibatches against all rows. A"
                    + " correct problem fails at most once in a million checks.",
            "Policies and algorithms of your own are held to what their interfaces promise: purity, the same bits on every"
                    + " engine and after every checkpoint, scores, draws.",
            "A configuration is checked near where its run would start, a problem file at its 'at'.",
            "Ends with 0 if every check passed, with 3 if one failed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel check conf/experiments/four-rooms.yaml",
            "  stackel check my.json --json | jq '.findings[] | select(.passed | not)'",
            "  stackel check my.yaml --estimators             which sigma, which form",
            "  stackel check my.yaml --estimators --set lower.units=400"
        })
final class CheckCommand extends Subcommand {

    private static final int MOST_TABLES = 4;
    private static final int STUDIED_BATCHES = 20;

    @Mixin
    private ProblemArguments source;

    @Option(
            names = "--estimators",
            description = {
                "Print two tables instead. The first compares estimators: sigma from 3 to .03 entropy weights, one and"
                        + " two sides, independent and shared trajectories; last the forms without a difference, which boltzmann"
                        + " takes, with a scalar critic (none) and a vector critic (vector). It has the relative bias, the standard deviation of a unit over the norm, and the"
                        + " saturation of the weights.",
                "The second has the relative error of the hypergradient after each of " + STUDIED_BATCHES
                        + " inner batches from which the followers learn."
            })
    private boolean estimators;

    @Option(
            names = "--units",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Pairs of trajectories of each comparison, at least 512. Default: 4096.")
    private long units;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the check. Default: 0.")
    private long seed;

    @Option(
            names = "--second-jvm",
            description = "Repeat the checks in a second process; every figure must be the same.")
    private boolean secondJvm;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * What is checked, and where: tables of estimators at the start, everything else at the point.
     *
     * @param trajectories the setup of a problem that samples some
     * @param experiment of a configuration
     */
    private record Subject(
            Problem problem,
            Optional<Setup> trajectories,
            CheckPoint point,
            DenseVector start,
            Optional<Experiment> experiment) {

        static Subject of(Setup setup, CheckPoint point, DenseVector start) {
            return new Subject(setup.problem(), Optional.of(setup), point, start, Optional.empty());
        }

        static Subject of(Problem problem, CheckPoint point, DenseVector start) {
            return new Subject(problem, Optional.empty(), point, start, Optional.empty());
        }

        Subject of(Experiment configured) {
            return new Subject(problem, trajectories, point, start, Optional.of(configured));
        }
    }

    @Override
    ExitCode run() throws IOException {
        if (units < CheckRule.FEWEST_UNITS) {
            throw CommandFailure.usage("--units must be at least " + CheckRule.FEWEST_UNITS + ", but was " + units);
        }
        Subject subject = subject();
        int horizon =
                subject.trajectories().map(setup -> setup.sampling().horizon()).orElse(1);
        CheckRule rule = new CheckRule(seed, units, horizon);
        return estimators ? compare(subject, rule) : check(subject, rule);
    }

    private Subject subject() throws IOException {
        byte[] content = source.read();
        if (FileKind.of(content) == FileKind.PROBLEM) {
            ProblemFile read = source.problem(content).solvable(source.file());
            CheckPoint point = new CheckPoint(read.upper(), read.lower(), read.sigma());
            return read.problem()
                    .data()
                    .map(data -> Subject.of(data, point, read.upper()))
                    .orElseGet(() -> Subject.of(
                            InnerSolverStudy.setup(
                                    read.problem().as(FiniteProblem.class).orElseThrow(), seed),
                            point,
                            read.upper()));
        }
        LoadedExperiment loaded = source.experiment(content);
        double sigma = StartingPoint.sigma(loaded.configuration());
        ProblemSetup setup = loaded.experiment().setup();
        DenseVector start = new DenseVector(setup.start());
        return setup.data()
                .map(data -> Subject.of(data.problem(), CheckPoint.near(data, sigma, seed), start))
                .or(() -> setup.trajectories()
                        .map(sampled -> Subject.of(sampled, CheckPoint.near(sampled, sigma, seed), start)))
                .orElseThrow()
                .of(loaded.experiment());
    }

    private ExitCode check(Subject subject, CheckRule rule) throws IOException {
        CheckReport ofProblem = subject.problem()
                .data()
                .map(data -> DataCheck.run(data, subject.point(), rule))
                .orElseGet(() -> ofTrajectories(subject.trajectories().orElseThrow(), subject.point(), rule));
        CheckReport first = subject.experiment()
                .map(experiment -> ofProblem.and(OwnContracts.of(experiment, seed)))
                .orElse(ofProblem);
        CheckReport report = secondJvm ? withSecond(first) : first;
        print(json ? JsonText.indented(report.tree()) : report.text());
        if (!report.passed()) {
            throw new CommandFailure(
                    ExitCode.DATA,
                    source.file() + ": " + report.failures().size() + " of "
                            + report.findings().size()
                            + " checks failed; the first is '"
                            + report.failures().get(0).name()
                            + (ofProblem.passed() && !first.equals(ofProblem)
                                    ? "': a promise of your own policy or algorithm is broken there"
                                    : "': a gradient, a table or a simulator of the problem is wrong there"));
        }
        return ExitCode.SUCCESS;
    }

    private CheckReport withSecond(CheckReport first) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "check", source.file(), "--json", "--units", Long.toString(units), "--seed", Long.toString(seed)));
        source.overrides().forEach(override -> arguments.addAll(List.of("--set", override)));
        return first.and(List.of(SecondProcess.compare(first, arguments)));
    }

    private static CheckReport ofTrajectories(Setup setup, CheckPoint point, CheckRule rule) {
        return GradientCheck.run(setup.problem(), setup.policy(), point, rule);
    }

    private ExitCode compare(Subject subject, CheckRule rule) {
        FiniteProblem problem = comparable(subject.problem());
        List<EstimatorTable> tables = new ArrayList<>();
        for (int context = 0; context < Math.min(MOST_TABLES, problem.contexts()); context++) {
            tables.add(EstimatorComparison.table(problem, context, subject.start(), EstimatorTable.RATIOS, rule));
        }
        Optional<InnerSolverStudy> study = study(subject);
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("format", 1);
            tree.put("tables", tables.stream().map(EstimatorTable::tree).toList());
            study.ifPresent(one -> tree.put("innerSolver", one.tree()));
            print(JsonText.indented(tree));
        } else {
            tables.forEach(table -> println(table.text()));
            study.ifPresent(one -> print(one.text()));
        }
        return ExitCode.SUCCESS;
    }

    private FiniteProblem comparable(Problem checked) {
        try {
            return ComparableProblem.of(checked, String.valueOf(source.file()));
        } catch (IllegalArgumentException misfit) {
            throw CommandFailure.usage("--estimators " + misfit.getMessage(), misfit);
        }
    }

    /** What followers learn batch by batch, unless they plan. */
    private Optional<InnerSolverStudy> study(Subject subject) {
        Setup setup = subject.trajectories().orElseThrow();
        if (setup.lower().planned()) {
            tell("no inner batches to study: lower.solver is planned");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    InnerSolverStudy.run(setup, subject.start(), subject.point().sigma(), STUDIED_BATCHES));
        } catch (IllegalArgumentException unfit) {
            throw CommandFailure.usage(source.file() + ": " + unfit.getMessage(), unfit);
        }
    }
}
