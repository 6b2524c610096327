package io.stackel.store;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files of a run. A name that does not match its pattern exactly is not the run's. */
final class Layout {

    static final String RUN = "run.json";
    static final String OWNERS = "owners";
    static final String DATA = "data";
    static final String METRICS = "metrics";
    static final String TIMINGS = "timings";
    static final String COMMITS = "commits";
    static final String STATUS = "status";

    /** The highest claim that its name has room for. */
    static final int LAST_EPOCH = 99_999_999;

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?");
    private static final Pattern EPOCH = Pattern.compile("([0-9]{8})\\.json");
    private static final Pattern COMMIT = Pattern.compile("([0-9]{8}-[0-9]{10})\\.json");
    private static final Pattern PART =
            Pattern.compile("([0-9]{8}-[0-9]{10})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(safetensors|jsonl)");

    private Layout() {}

    static String owner(int epoch) {
        return String.format(Locale.ROOT, "%s/%08d.json", OWNERS, epoch);
    }

    static String status(int epoch) {
        return String.format(Locale.ROOT, "%s/%08d.json", STATUS, epoch);
    }

    static String commit(CommitId id) {
        return COMMITS + "/" + id + ".json";
    }

    static String data(CommitId id, UUID uuid) {
        return DATA + "/" + id + "-" + uuid + ".safetensors";
    }

    static String metrics(CommitId id, UUID uuid) {
        return METRICS + "/" + id + "-" + uuid + ".jsonl";
    }

    static String timings(CommitId id, UUID uuid) {
        return TIMINGS + "/" + id + "-" + uuid + ".jsonl";
    }

    /** The epoch of a name in {@code owners} or {@code status}. */
    static Optional<Integer> epochOf(String name) {
        return first(EPOCH, name).map(Integer::valueOf);
    }

    /** The commit of a name in {@code commits}. */
    static Optional<CommitId> commitOf(String name) {
        return first(COMMIT, name).map(CommitId::parse);
    }

    /** The commit for which a file in {@code data}, {@code metrics} or {@code timings} was written. */
    static Optional<CommitId> partOf(String name) {
        return first(PART, name).map(CommitId::parse);
    }

    private static Optional<String> first(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The path, if it cannot leave the root. */
    static String requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path must match " + PATH.pattern() + ", but was '" + path + "'");
        }
        return path;
    }
}
