package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every claim, status, commit and committed file of a run again and compares lengths and hashes.",
            "Ends with 0 if all is as it was written, with 3 if something is damaged or missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stackel verify runs/four-rooms-0123456789ab", "  stackel verify hdfs://nn/runs/mine --json"})
final class VerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's directory: a path or a URI.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object: out, commits, intact, problems.")
    private boolean json;

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        URI out = Stores.uri(run);
        RunReader reader = RunReader.open(Stores.openForReading(out, new HadoopSettings()));
        List<String> problems = reader.verify();
        int commits = problems.isEmpty()
                ? reader.head().map(Head::chain).map(List::size).orElse(0)
                : 0;
        if (json) {
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("out", out.toString());
            entries.put("commits", commits);
            entries.put("intact", problems.isEmpty());
            entries.put("problems", problems);
            surroundings.out().print(JsonText.indented(entries));
        } else if (problems.isEmpty()) {
            surroundings.out().println("intact: " + commits + " commits of " + out);
        } else {
            problems.forEach(surroundings.out()::println);
        }
        surroundings.out().flush();
        if (!problems.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.DATA,
                    out + " is damaged in " + problems.size()
                            + (problems.size() == 1 ? " place" : " places")
                            + "; restore the files from a copy, or let the next"
                            + " run go on from an older commit");
        }
        return ExitCode.SUCCESS.code();
    }
}
