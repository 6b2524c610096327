package io.stackel.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.run.ExitCode;
import io.stackel.run.RunEnd;
import io.stackel.store.RunTraces;
import io.stackel.store.SealedFiles;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A sweep's directory: {@code plan.json}, created once; {@code trials/<name>}, a run directory each; {@code
 * failures/<name>.json}, what ended a trial that is not complete; {@code attempts/<name>.json}, there while a task has the
 * trial; {@code summaries/<name>.json} on an object store, what was read of a trial when its run had ended.
 *
 * <p>All files are sealed, and written and read by the verbs of the run store. A plan that is not as it was written is
 * refused. A failure, an attempt or a summary that is not is passed over: the trial is judged by its own directory.
 */
public final class SweepDirectory {

    private static final String PLAN = "plan.json";
    private static final String FAILURES = "failures";
    private static final String ATTEMPTS = "attempts";
    private static final String SUMMARIES = "summaries";
    private static final String SUFFIX = ".json";
    private static final int LARGEST_PLAN = 1 << 30;
    private static final int LARGEST_FILE = 1 << 20;

    private final SealedFiles files;

    /** Names the directory of a sweep; it need not exist. */
    public SweepDirectory(Storage storage) {
        files = new SealedFiles(storage);
    }

    /** Where it is. */
    public URI root() {
        return files.root();
    }

    /** Where a trial's run is kept. */
    public URI trial(Trial trial) {
        return trial(root(), trial);
    }

    /** Where a trial's run is kept below a sweep's root. */
    public static URI trial(URI root, Trial trial) {
        String text = root.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + "trials/" + trial.name());
    }

    /**
     * The plan, if there is one.
     *
     * @throws StorageException damaged if it is not as it was written, or names a trial as no planner does
     */
    public Optional<SweepPlan> plan() {
        return files.object(PLAN, LARGEST_PLAN).map(node -> decoded(PLAN, node, SweepPlan::decode));
    }

    private <T> T decoded(String path, ObjectNode node, Function<ObjectNode, T> decoder) {
        try {
            return decoder.apply(node);
        } catch (IllegalArgumentException malformed) {
            throw files.damaged(path, "does not hold what it should: " + malformed.getMessage());
        }
    }

    /**
     * Writes the plan, unless it is there.
     *
     * @throws IllegalArgumentException if another plan is there
     * @throws StorageException damaged if the one that is there is not as it was written
     */
    public void write(SweepPlan plan) {
        if (files.create(PLAN, plan.line())
                || files.holds(PLAN, plan.textOfFormatOne().getBytes(StandardCharsets.UTF_8))) {
            return;
        }
        plan();
        throw new IllegalArgumentException(
                "there is another plan at " + root() + "; a plan is never changed: give another --out");
    }

    /** One listing of all files; nothing where the store has no tags of them. */
    Optional<SweepListing> listing() {
        return files.tags().map(SweepListing::new);
    }

    /**
     * How a trial stood when its run had ended, if nothing in its directory has changed since.
     *
     * @param notices receives a sentence if the summary is not as it was written; then there is none
     */
    Optional<TrialSummary> summary(Trial trial, SweepListing listing, Consumer<String> notices) {
        String path = path(SUMMARIES, trial);
        return listing.has(path)
                ? hint(path, node -> TrialSummary.decode(node, trial(trial)), notices)
                        .filter(summary -> listing.tags(trial).equals(Optional.of(summary.tags())))
                : Optional.empty();
    }

    /** Keeps how a trial stands. */
    void keep(Trial trial, TrialSummary summary) {
        files.replace(path(SUMMARIES, trial), summary.line());
    }

    /** The names of the trials of which a bad end was recorded. */
    Set<String> failures() {
        return files.list(FAILURES).stream()
                .filter(file -> file.endsWith(SUFFIX))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .collect(Collectors.toSet());
    }

    /**
     * What was recorded of a trial's last end, if that was bad.
     *
     * @param notices receives a sentence if the file is not as it was written; then there is no failure
     */
    Optional<TrialFailure> failure(Trial trial, Consumer<String> notices) {
        return hint(path(FAILURES, trial), TrialFailure::decode, notices);
    }

    /** What a task left behind that was lost while it had the trial. */
    Optional<TrialAttempt> attempt(Trial trial) {
        return hint(path(ATTEMPTS, trial), TrialAttempt::decode, notice -> {});
    }

    private <T> Optional<T> hint(String path, Function<ObjectNode, T> decoder, Consumer<String> notices) {
        try {
            return files.object(path, LARGEST_FILE).map(node -> decoded(path, node, decoder));
        } catch (StorageException broken) {
            if (broken.kind() != StorageException.Kind.DAMAGED) {
                throw broken;
            }
            notices.accept(path + " is passed over, and the trial judged by its own directory: " + broken.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Records how a trial ended, or forgets an earlier failure of one that did not fail.
     *
     * @param traces of its run when the end was known
     */
    void record(Trial trial, RunEnd end, RunTraces traces) {
        if (end.exitCode() == ExitCode.SUCCESS) {
            files.delete(path(FAILURES, trial));
        } else {
            files.replace(path(FAILURES, trial), new TrialFailure(end.exitCode(), end.reason(), traces).line());
        }
    }

    /** Records that a task has taken the trial. */
    void begin(Trial trial, TrialAttempt attempt) {
        files.replace(path(ATTEMPTS, trial), attempt.line());
    }

    /** Records that a task has ended, unless another one has taken the trial since. */
    void end(Trial trial, TrialAttempt attempt) {
        if (attempt(trial).filter(last -> last.token().equals(attempt.token())).isPresent()) {
            files.delete(path(ATTEMPTS, trial));
        }
    }

    private static String path(String folder, Trial trial) {
        return folder + "/" + trial.name() + SUFFIX;
    }
}
