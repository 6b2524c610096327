package io.stackel.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.JsonText;
import io.stackel.run.ExitCode;
import io.stackel.store.CommitId;
import io.stackel.store.RunTraces;
import io.stackel.store.SealedFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trial's bad end as {@code failures/<name>.json} keeps it.
 *
 * @param exitCode by which it ended
 * @param reason what went wrong
 * @param traces of its run then; a later claim or commit supersedes this end
 */
record TrialFailure(ExitCode exitCode, String reason, RunTraces traces) {

    TrialFailure {
        if (exitCode == ExitCode.SUCCESS) {
            throw new IllegalArgumentException("exitCode must not be 0");
        }
    }

    /** The failure as a line of JSON. */
    String line() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("format", SealedFiles.FORMAT);
        entries.put("exitCode", exitCode.code());
        entries.put("reason", reason);
        put(traces, entries);
        return JsonText.compact(entries);
    }

    /** Files of format 1 have no traces: any claim is later than they are. */
    static TrialFailure decode(JsonNode node) {
        return new TrialFailure(
                ExitCode.of(node.path("exitCode").asInt()), node.path("reason").asText(), traces(node));
    }

    /** Whether the run went on after this end. */
    boolean isPast(RunTraces now) {
        return now.claimedSince(traces) || now.committedSince(traces);
    }

    static void put(RunTraces traces, Map<String, Object> into) {
        into.put("epoch", traces.epoch());
        traces.commit().ifPresent(commit -> into.put("commit", commit.toString()));
    }

    static RunTraces traces(JsonNode node) {
        return new RunTraces(
                node.path("epoch").asInt(),
                node.has("commit")
                        ? Optional.of(CommitId.parse(node.path("commit").asText()))
                        : Optional.empty());
    }
}
