package io.stackel.cli;

import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.Solution;
import io.stackel.algorithm.State;
import io.stackel.experiment.JsonText;
import io.stackel.math.Tensor;
import io.stackel.report.MetricParquet;
import io.stackel.report.MlflowExport;
import io.stackel.report.MlflowServer;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import io.stackel.store.Head;
import io.stackel.store.RunHeader;
import io.stackel.store.RunReader;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel export}. */
@Command(
        name = "export",
        description = {
            "Prints the answer of a run at its last commit: the upper variable x, the follower's policy and values.",
            "JSON has nested arrays, CSV a line for each number (array, up to three indices, value); safetensors is for"
                    + " programs. With --metrics the rows of metrics of one or more runs, as Parquet; with --mlflow their"
                    + " configurations, hashes and rows go to a tracking server."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel export runs/four-rooms-0123456789ab | jq .x",
            "  stackel export runs/mine --format csv --to answer.csv",
            "  stackel export runs/mine --format safetensors --to answer.safetensors",
            "  stackel export sweeps/mine --metrics rows.parquet",
            "  stackel export sweeps/mine --mlflow http://localhost:5000 \\",
            "      --mlflow-experiment mine"
        })
final class ExportCommand extends Subcommand {

    /** The formats that the answer can be written in. */
    enum Format {
        /** One object with nested arrays. */
        JSON,
        /** A line for each number. */
        CSV,
        /** Named binary arrays. */
        SAFETENSORS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int INDICES = 3;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description =
                    "The run's directory: a path or a URI. With --metrics or --mlflow more than one, or a sweep's.")
    private List<String> runs;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description =
                    "Write all rows of metrics into a Parquet file instead of the answer, with every key that differs.")
    private Optional<Path> metrics;

    @Option(
            names = "--mlflow",
            paramLabel = "URI",
            description =
                    "Send configuration, hashes and rows of metrics to an MLflow tracking server; what is there already is"
                            + " not sent again. Credentials: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
                            + " _PASSWORD.")
    private Optional<URI> mlflow;

    @Option(
            names = "--mlflow-experiment",
            paramLabel = "NAME",
            defaultValue = "stackel",
            description = "MLflow's experiment; created if there is none. Default: stackel.")
    private String mlflowExperiment;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json, csv or safetensors. Default: json.")
    private Format format;

    @Option(names = "--to", paramLabel = "FILE", description = "A file in place of stdout; replaced if it is there.")
    private Optional<Path> file;

    @Override
    ExitCode run() {
        metrics.ifPresent(this::writeMetrics);
        mlflow.ifPresent(this::sendToMlflow);
        if (metrics.isPresent() || mlflow.isPresent()) {
            return ExitCode.SUCCESS;
        }
        if (runs.size() > 1) {
            throw CommandFailure.usage(
                    "the answer is that of one run, but " + runs.size() + " were given; see --metrics, --mlflow");
        }
        URI out = Stores.uri(runs.get(0));
        RunReader reader = RunArgument.reader(out);
        Head head = reader.head()
                .orElseThrow(() -> CommandFailure.usage(
                        "the run at " + out + " has no commit yet; export it after the first one"));
        head.notices().forEach(notice -> notice(notice));
        LoadedExperiment loaded = LoadedExperiment.ofRun(out, reader, head, loader());
        loaded.codeChange(head)
                .ifPresent(change -> notice(change + "; the policy's values are those of the code that there is now"));
        State state = Safetensors.decode(head.state());
        write(encode(
                Solution.of(loaded.experiment().setup(), loaded.experiment().algorithm(), state),
                state,
                loaded,
                reader.header()));
        return ExitCode.SUCCESS;
    }

    /** The directories of runs: a sweep stands for those of its trials that have begun. */
    private Stream<URI> places() {
        return runs.stream().map(Stores::uri).flatMap(place -> LoadedSweep.runsAt(place).stream());
    }

    private void writeMetrics(Path parquet) {
        List<RunReader> readers = places().map(RunArgument::reader).toList();
        try {
            long rows = MetricParquet.write(parquet, readers);
            if (rows == 0) {
                throw CommandFailure.usage("there are no rows of metrics: none of the " + readers.size()
                        + " runs has a commit yet; export them after the first one");
            }
            tell("wrote " + rows + " rows of " + readers.size() + " runs to " + parquet.toAbsolutePath());
        } catch (IOException failed) {
            throw ResultFile.failure(parquet, failed);
        }
    }

    private void sendToMlflow(URI address) {
        MlflowServer server;
        try {
            server = new MlflowServer(address, System.getenv());
        } catch (IllegalArgumentException misfit) {
            throw CommandFailure.usage(misfit.getMessage(), misfit);
        }
        try {
            MlflowExport export = new MlflowExport(server, mlflowExperiment, Clock.systemUTC());
            for (URI out : places().toList()) {
                MlflowExport.Sent sent = export.send(out, RunArgument.reader(out));
                tell(sent.name().toLowerCase(Locale.ROOT) + " " + out);
            }
        } catch (MlflowServer.RefusedException refused) {
            throw CommandFailure.usage(refused.getMessage(), refused);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.TRY_AGAIN, failed.getMessage() + "; the same command goes on where it ended", failed);
        }
    }

    private byte[] encode(Solution solution, State state, LoadedExperiment loaded, RunHeader header) {
        return switch (format) {
            case JSON -> json(solution, state, loaded, header).getBytes(StandardCharsets.UTF_8);
            case CSV -> csv(solution).getBytes(StandardCharsets.UTF_8);
            case SAFETENSORS -> Safetensors.encodeTensors(solution.arrays());
        };
    }

    private static String json(Solution solution, State state, LoadedExperiment loaded, RunHeader header) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("name", loaded.configuration().name());
        entries.put("identity", header.sha256());
        entries.put("step", state.step());
        entries.put("iteration", state.iteration());
        solution.arrays().forEach((name, tensor) -> entries.put(name, ObjectText.nested(tensor)));
        return ObjectText.of(entries);
    }

    private static String csv(Solution solution) {
        StringBuilder text = new StringBuilder("array,i,j,k,value\n");
        solution.arrays().forEach((name, tensor) -> {
            int[] shape = tensor.shape();
            for (int index = 0; index < tensor.size(); index++) {
                text.append(name).append(indices(index, shape));
                text.append(',').append(JsonText.text(((Tensor.Real) tensor).values()[index]));
                text.append('\n');
            }
        });
        return text.toString();
    }

    /** The indices of a row-major position, the missing ones empty. */
    private static String indices(int position, int[] shape) {
        int rest = position;
        StringBuilder text = new StringBuilder(",".repeat(INDICES - shape.length));
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            text.insert(0, "," + rest % shape[axis]);
            rest /= shape[axis];
        }
        return text.toString();
    }

    private void write(byte[] bytes) {
        if (file.isPresent()) {
            ResultFile.write(file.get(), bytes);
            tell("wrote " + file.get().toAbsolutePath());
        } else {
            environment().out().write(bytes, 0, bytes.length);
        }
    }
}
