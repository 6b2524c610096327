package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.Folders;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel list}. */
@Command(
        name = "list",
        description = {
            "Lists the runs and sweeps in a folder and in the folders below it, with the newest first: problem, algorithm,"
                    + " seed, state, samples, the leader's objective (at the best response, where that is known; lower is"
                    + " better) and the time since the last commit.",
            "The runs of a sweep are not listed one by one; see 'stackel sweep status'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel list",
            "  stackel list s3a://bucket/runs",
            "  stackel list --json | jq '.[] | select(.state == \"running\")'"
        })
final class ListCommand extends Subcommand {

    /** Folders below the given one in which is looked; runs are kept one or two below it. */
    private static final int DEPTH = 3;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "A folder: a path or a URI. Default: the folders runs and sweeps here.")
    private Optional<String> folder;

    @Option(names = "--json", description = "Print a JSON array; what is not known is null.")
    private boolean json;

    @Override
    ExitCode run() {
        Instant now = Instant.now();
        List<Folders.Content> found = new ArrayList<>();
        if (folder.isEmpty()) {
            Stream.of("runs", "sweeps").map(Stores::uri).forEach(place -> look(place, DEPTH, found));
        } else if (!look(Stores.uri(folder.get()), DEPTH, found)) {
            throw CommandFailure.usage("there is no folder " + folder.get() + "; give one that holds runs or sweeps");
        }
        List<ListedWork> all = found.parallelStream()
                .map(content -> ListedWork.of(content, now))
                .sorted(ListedWork.NEWEST_FIRST)
                .toList();
        if (json) {
            print(JsonText.indented(all.stream().map(ListedWork::tree).toList()));
        } else if (all.isEmpty()) {
            tell("there is no run and no sweep in " + folder.orElse("runs and sweeps")
                    + "; start one with 'stackel run CONFIG'");
        } else {
            print(ListedWork.table(all));
        }
        return ExitCode.SUCCESS;
    }

    /** Collects the runs and sweeps of a folder; false if there is no such folder. */
    private boolean look(URI place, int depth, List<Folders.Content> into) {
        Optional<Folders.Content> content = Folders.read(place, new HadoopSettings());
        content.ifPresent(found -> {
            if (found.isRun() || found.isSweep()) {
                into.add(found);
            } else if (depth > 0) {
                found.folders().forEach(below -> lookBelow(below, depth - 1, into));
            }
        });
        return content.isPresent();
    }

    /** A folder that cannot be read hides what is in it, and not what is beside it. */
    private void lookBelow(URI place, int depth, List<Folders.Content> into) {
        try {
            look(place, depth, into);
        } catch (StorageException unreadable) {
            notice(unreadable.getMessage());
        }
    }
}
