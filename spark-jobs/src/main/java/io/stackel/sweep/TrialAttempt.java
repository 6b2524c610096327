package io.stackel.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.JsonText;
import io.stackel.store.RunTraces;
import io.stackel.store.SealedFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task's hold on a trial, as {@code attempts/<name>.json} keeps it until the task ends; what is found there later was
 * left by a process that ended under the trial.
 *
 * <p>Several trials share a process, so that a trial may be lost by the doing of another one. One that was lost
 * {@link #BESIDE_OTHERS} times waits until it has its process for itself, and only one that was lost {@link #ALONE} times
 * in that state is blamed. A new commit starts the count again.
 *
 * @param token of the task
 * @param lost tasks that were lost before this one, without a commit between them
 * @param lostAlone how many of them had their process for themselves
 * @param alone whether this one has
 * @param traces of the run when the task began
 */
record TrialAttempt(String token, int lost, int lostAlone, boolean alone, RunTraces traces) {

    /** Losses after which a trial gets a process for itself. */
    static final int BESIDE_OTHERS = 2;

    /** Losses in a process of its own after which a trial is blamed. */
    static final int ALONE = 2;

    /** The first task on a trial. */
    static TrialAttempt first(String token, RunTraces traces) {
        return new TrialAttempt(token, 0, 0, false, traces);
    }

    /** The task that follows this one, which was lost. */
    TrialAttempt next(String newToken, RunTraces now) {
        if (now.committedSince(traces)) {
            return first(newToken, now);
        }
        return new TrialAttempt(newToken, lost + 1, lostAlone + (alone ? 1 : 0), lost + 1 >= BESIDE_OTHERS, now);
    }

    /** Whether the trial must not be started again. */
    boolean isHopeless() {
        return lostAlone >= ALONE;
    }

    /** The attempt as a line of JSON. */
    String line() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("format", SealedFiles.FORMAT);
        entries.put("token", token);
        entries.put("lost", lost);
        entries.put("lostAlone", lostAlone);
        entries.put("alone", alone);
        TrialFailure.put(traces, entries);
        return JsonText.compact(entries);
    }

    static TrialAttempt decode(JsonNode node) {
        return new TrialAttempt(
                node.path("token").asText(),
                node.path("lost").asInt(),
                node.path("lostAlone").asInt(),
                node.path("alone").asBoolean(),
                TrialFailure.traces(node));
    }
}
