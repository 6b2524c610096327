package io.stackel.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.JsonText;
import io.stackel.run.StatusReport;
import io.stackel.store.Json;
import io.stackel.store.RunReader;
import io.stackel.store.RunTags;
import io.stackel.store.SealedFiles;
import io.stackel.store.Storage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a trial whose run had ended, as {@code summaries/<name>.json} keeps it. It is believed while the trial's
 * directory has the same tags; after any change to a file, and where the store has no tags, the directory itself is read.
 *
 * @param tags of the directory when it was read
 * @param status as it was read, every file checked
 */
record TrialSummary(RunTags tags, StatusReport status) {

    /** Reads a run that has ended; nothing where it has not, or where the store has no tags. */
    static Optional<TrialSummary> of(Storage run) {
        Optional<RunTags> before = tags(run);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Optional<StatusReport> status = RunReader.find(run).map(reader -> StatusReport.of(run.root(), reader));
        return status.filter(report -> report.state().isFinal())
                .filter(report -> tags(run).equals(before))
                .map(report -> new TrialSummary(before.get(), report));
    }

    private static Optional<RunTags> tags(Storage run) {
        return new SealedFiles(run).tags().flatMap(RunTags::of);
    }

    /** The summary as a line of JSON. */
    String line() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("format", SealedFiles.FORMAT);
        entries.put("tags", tags.sha256());
        entries.put("status", status.entries());
        return JsonText.compact(entries);
    }

    /**
     * Reads a line again.
     *
     * @param place of the run now, which may have been copied since
     */
    static TrialSummary decode(ObjectNode node, URI place) {
        return new TrialSummary(
                new RunTags(Json.text(node, "tags")), StatusReport.decode(Json.objectAt(node, "status"), place));
    }
}
