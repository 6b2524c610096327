package io.stackel.cli;

import io.stackel.experiment.StartingPoint;
import io.stackel.families.ExactReport;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stackel exact}. */
@Command(
        name = "exact",
        description = {
            "Prints exact values, penalties and hypergradients of a finite problem as one JSON object.",
            "A configuration is evaluated where its run would start, a problem file at its 'at'"
                    + " (by default x and theta zero, sigma 0.1)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel exact conf/experiments/reward-design.yaml --set problem.states=5",
            "  stackel exact my-problem.json | jq .hypergradient"
        })
final class ExactCommand extends Subcommand {

    @Mixin
    private ProblemArguments source;

    @Override
    ExitCode run() throws IOException {
        byte[] content = source.read();
        ExactReport report = FileKind.of(content) == FileKind.PROBLEM ? ofFile(content) : ofConfiguration(content);
        Map<String, Object> entries = new LinkedHashMap<>();
        report.entries().forEach(entry -> entries.put(entry.key(), ObjectText.nested(entry.value())));
        print(ObjectText.of(entries));
        if (!report.leftOut().isEmpty()) {
            tell("left out, because they do not exist without entropy (entropyWeight, tau = 0), or because there"
                    + " are too many segments of preferences to list: "
                    + String.join(", ", report.leftOut()));
        }
        return ExitCode.SUCCESS;
    }

    private ExactReport ofFile(byte[] content) throws IOException {
        return ExactReport.of(source.problem(content));
    }

    private ExactReport ofConfiguration(byte[] content) {
        LoadedExperiment loaded = source.experiment(content);
        try {
            return loaded.experiment()
                    .setup()
                    .data()
                    .map(data -> ExactReport.of(data.problem(), new DenseVector(data.start())))
                    .orElseGet(() -> StartingPoint.of(loaded.experiment()).report());
        } catch (IllegalArgumentException misfit) {
            throw CommandFailure.usage(source.file() + ": " + misfit.getMessage(), misfit);
        }
    }
}
