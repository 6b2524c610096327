package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The files of a run, each one checked when read. */
final class RunDirectory extends CheckedStorage {

    static final String AGAIN =
            "nothing was deleted and the last commit stands: run the same command again when the store answers and has"
                    + " space";

    RunDirectory(Storage storage) {
        super(
                storage,
                " below " + storage.root(),
                AGAIN,
                "the run directory " + storage.root() + " is damaged and nothing in it was changed: restore the file"
                        + " from a copy, or start a new run elsewhere (--out)");
    }

    /** What stands in {@code run.json}, or nothing in a directory without any file of a run. */
    Optional<RunHeader> header() {
        Optional<byte[]> bytes = read(Layout.RUN, Json.LONGEST);
        if (bytes.isEmpty()) {
            for (String folder : List.of(Layout.COMMITS, Layout.OWNERS, Layout.DATA, Layout.METRICS, Layout.STATUS)) {
                if (!list(folder).isEmpty()) {
                    // Another driver may have created it all since: only a second look proves that it is missing.
                    bytes = Optional.of(read(Layout.RUN, Json.LONGEST)
                            .orElseThrow(() -> damaged(Layout.RUN + " is missing, but there are files in " + folder)));
                    break;
                }
            }
        }
        return bytes.map(found -> decoded(Layout.RUN, found, node -> RunHeader.decode(found)));
    }

    /** The highest claim on the run, 0 if there is none. */
    int highestEpoch() {
        NavigableSet<Integer> epochs = epochs(Layout.OWNERS);
        return epochs.isEmpty() ? 0 : epochs.last();
    }

    /** The claims of which a folder has a file, ascending. */
    NavigableSet<Integer> epochs(String folder) {
        NavigableSet<Integer> epochs = new TreeSet<>();
        list(folder).forEach(name -> Layout.epochOf(name).ifPresent(epochs::add));
        return epochs;
    }

    Owner owner(int epoch) {
        String path = Layout.owner(epoch);
        byte[] bytes = read(path, Json.LONGEST).orElseThrow(() -> damaged(path + " is missing"));
        if (!Json.isIntact(bytes)) {
            throw damaged(path + " is not as it was written (its seal differs)");
        }
        return decoded(path, bytes, Owner::decode);
    }

    /** A driver's word on itself; nothing if there is none or it cannot be read, as while it is being written. */
    Optional<RunStatus> status(int epoch) {
        try {
            return read(Layout.status(epoch), Json.LONGEST)
                    .map(bytes -> RunStatus.decode(Json.parse(bytes)))
                    .filter(word -> word.epoch() == epoch);
        } catch (IllegalArgumentException unfinished) {
            return Optional.empty();
        }
    }

    /** What a JSON file holds whose bytes are trusted. */
    <T> T decoded(String path, byte[] bytes, Function<ObjectNode, T> decoder) {
        try {
            return decoder.apply(Json.parseFormatted(path + " of " + this, bytes));
        } catch (IllegalArgumentException malformed) {
            throw damaged(path + ": " + malformed.getMessage());
        }
    }
}
