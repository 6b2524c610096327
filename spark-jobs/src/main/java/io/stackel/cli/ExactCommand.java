package io.stackel.cli;

import io.stackel.experiment.StartingPoint;
import io.stackel.families.ExactReport;
import io.stackel.families.ProblemFile;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.linalg.DenseVector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stackel exact}. */
@Command(
        name = "exact",
        description = {
            "Prints exact values, penalties and hypergradients of a finite problem as one JSON object.",
            "A configured problem is looked at where its run would start, a problem file at its 'at'"
                    + " (by default x and theta zero, sigma 0.1)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel exact conf/experiments/reward-design.yaml --set problem.states=5",
            "  stackel exact my-problem.json | jq .hypergradient"
        })
final class ExactCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ProblemArguments source;

    ExactCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        byte[] content = source.read();
        ExactReport report = FileKind.of(content) == FileKind.PROBLEM ? ofFile(content) : ofConfiguration(content);
        Map<String, Object> entries = new LinkedHashMap<>();
        report.entries().forEach(entry -> entries.put(entry.key(), NestedArrays.of(entry.value())));
        surroundings.out().print(ObjectText.of(entries));
        surroundings.out().flush();
        if (!report.leftOut().isEmpty()) {
            surroundings
                    .err()
                    .println(
                            "left out, because they do not exist without entropy (entropyWeight, tau = 0), or because there"
                                    + " are too many segments of preferences to list: "
                                    + String.join(", ", report.leftOut()));
        }
        return ExitCode.SUCCESS.code();
    }

    private ExactReport ofFile(byte[] content) throws IOException {
        FileKind.refuseOverrides(source.file(), source.overrides());
        return ExactReport.of(ProblemFile.read(source.file(), new ByteArrayInputStream(content)));
    }

    private ExactReport ofConfiguration(byte[] content) {
        LoadedExperiment loaded = source.experiment(content, surroundings);
        try {
            return loaded.experiment()
                    .setup()
                    .data()
                    .map(data -> ExactReport.of(data.problem(), new DenseVector(data.start())))
                    .orElseGet(() -> StartingPoint.of(loaded.experiment()).report());
        } catch (IllegalArgumentException misfit) {
            throw new CommandFailure(ExitCode.USAGE, source.file() + ": " + misfit.getMessage(), misfit);
        }
    }
}
