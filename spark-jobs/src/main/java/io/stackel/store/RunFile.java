package io.stackel.store;

import io.stackel.experiment.ConfigurationDifference;
import io.stackel.store.StorageException.Kind;
import java.util.List;
import java.util.Optional;

/** Reads {@code run.json} and compares identities. */
final class RunFile {

    private RunFile() {}

    /** The stored identity, or nothing in a directory without any file of a run. */
    static Optional<RunHeader> read(RunDirectory directory) {
        Optional<byte[]> bytes = directory.read(Layout.RUN, Json.LONGEST);
        if (bytes.isEmpty()) {
            for (String folder : List.of(Layout.COMMITS, Layout.OWNERS, Layout.DATA, Layout.METRICS)) {
                if (!directory.list(folder).isEmpty()) {
                    // Another driver may have created it all since: only a second look proves that it is missing.
                    bytes = Optional.of(directory
                            .read(Layout.RUN, Json.LONGEST)
                            .orElseThrow(() ->
                                    directory.damaged(Layout.RUN + " is missing, but there are files in " + folder)));
                    break;
                }
            }
        }
        return bytes.map(found -> decode(directory, found));
    }

    private static RunHeader decode(RunDirectory directory, byte[] bytes) {
        directory.parse(Layout.RUN, bytes);
        try {
            return RunHeader.decode(bytes);
        } catch (IllegalArgumentException malformed) {
            throw directory.damaged(Layout.RUN + ": " + malformed.getMessage());
        }
    }

    static void requireSame(RunDirectory directory, RunHeader stored, RunHeader given) {
        requireSameIdentity(directory, stored, given);
        if (stored.numericsVersion() != given.numericsVersion()) {
            throw new StorageException(
                    Kind.REFUSED,
                    "the run " + directory + " was computed with numericsVersion " + stored.numericsVersion()
                            + ", but this version has " + given.numericsVersion() + " and would give other bits",
                    "resume it with the version that started it, or start a new run elsewhere (--out)");
        }
    }

    static void requireSameIdentity(RunDirectory directory, RunHeader stored, RunHeader given) {
        if (!stored.identity().equals(given.identity())) {
            throw new StorageException(
                    Kind.REFUSED,
                    "the run " + directory + " was started with another configuration (recorded -> given):"
                            + differences(stored, given),
                    "to go on with it undo these changes, or start another run elsewhere (--out)");
        }
    }

    private static String differences(RunHeader stored, RunHeader given) {
        StringBuilder lines = new StringBuilder();
        ConfigurationDifference.betweenCanonical(stored.identity(), given.identity())
                .forEach(change -> lines.append("\n  ").append(change));
        return lines.append('\n').toString();
    }
}
