package io.stackel.sweep;

import io.stackel.store.RunTags;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one listing of a sweep on an object store says of its trials. */
final class SweepListing {

    private static final String TRIALS = "trials/";

    private final Map<String, SortedMap<String, String>> byTrial = new HashMap<>();
    private final SortedMap<String, String> all;

    /**
     * Sorts the files of a sweep by trial.
     *
     * @param all entity tags by path
     */
    SweepListing(SortedMap<String, String> all) {
        this.all = all;
        all.tailMap(TRIALS).forEach((path, tag) -> {
            int slash = path.indexOf('/', TRIALS.length());
            if (path.startsWith(TRIALS) && slash > 0) {
                byTrial.computeIfAbsent(path.substring(TRIALS.length(), slash), name -> new TreeMap<>())
                        .put(path.substring(slash + 1), tag);
            }
        });
    }

    /** The tags of a trial's run; nothing where it has no file. */
    Optional<RunTags> tags(Trial trial) {
        return Optional.ofNullable(byTrial.get(trial.name())).flatMap(RunTags::of);
    }

    /** Whether there is a file. */
    boolean has(String path) {
        return all.containsKey(path);
    }
}
