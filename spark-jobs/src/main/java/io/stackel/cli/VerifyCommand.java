package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every claim, status, commit and committed file of a run again and compares lengths and hashes.",
            "Ends with 0 if all is as it was written, with 3 if something is damaged or missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stackel verify runs/four-rooms-0123456789ab", "  stackel verify hdfs://nn/runs/mine --json"})
final class VerifyCommand extends Subcommand {

    @Mixin
    private RunArgument run;

    @Option(names = "--json", description = "Print one JSON object: out, commits, intact, problems.")
    private boolean json;

    @Override
    ExitCode run() {
        URI out = run.place();
        RunReader reader = run.reader();
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
            print(JsonText.indented(entries));
        } else if (problems.isEmpty()) {
            println("intact: " + commits + " commits of " + out);
        } else {
            problems.forEach(this::println);
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.DATA,
                    out + " is damaged in " + problems.size()
                            + (problems.size() == 1 ? " place" : " places")
                            + "; restore the files from a copy, or let the next"
                            + " run go on from an older commit");
        }
        return ExitCode.SUCCESS;
    }
}
