package io.stackel.store;

import io.stackel.experiment.KeyChange;
import java.util.List;
import java.util.Optional;

/** Reads {@code run.json} and compares identities. */
final class RunFile {

    private static final String WITH_ANOTHER_VERSION =
            "resume it with the version that started it, or start a new run elsewhere (--out)";

    private RunFile() {}

    /** The stored identity, or nothing in a directory without any file of a run. */
    static Optional<RunHeader> read(RunDirectory directory) {
        Optional<byte[]> bytes = directory.read(Layout.RUN, Json.LONGEST);
        if (bytes.isEmpty()) {
            for (String folder : List.of(Layout.COMMITS, Layout.OWNERS, Layout.DATA, Layout.METRICS, Layout.STATUS)) {
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
            throw StorageException.refused(otherNumerics(directory, stored, given), WITH_ANOTHER_VERSION);
        }
    }

    /** A run is the same if no key has another meaning than in its record, which may lack keys of later versions. */
    static void requireSameIdentity(RunDirectory directory, RunHeader stored, RunHeader given) {
        List<KeyChange> changes =
                given.identity().changesSince(stored.identity().canonicalJson());
        if (changes.isEmpty()) {
            return;
        }
        StringBuilder differences = new StringBuilder("another configuration (recorded -> given):");
        changes.forEach(change -> differences.append("\n  ").append(change));
        differences.append('\n');
        if (stored.numericsVersion() != given.numericsVersion()) {
            throw StorageException.refused(otherNumerics(directory, stored, given) + "; it has also " + differences,
                    WITH_ANOTHER_VERSION);
        }
        throw StorageException.refused("the run " + directory + " was started with " + differences,
                "to go on with it give these keys what was recorded (in the file, or by --set), or start another run"
                        + " elsewhere (--out)");
    }

    private static String otherNumerics(RunDirectory directory, RunHeader stored, RunHeader given) {
        return "the run " + directory + " was computed with numericsVersion " + stored.numericsVersion()
                + ", but this version has " + given.numericsVersion() + " and would give other bits";
    }
}
