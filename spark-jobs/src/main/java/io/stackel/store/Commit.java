package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.algorithm.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One checkpoint as its commit file describes it; the files that it names are complete because it was written last.
 *
 * @param id place in the order of commits
 * @param uuid stands in the names of the files
 * @param parent the commit whose state this one continues; none for the first
 * @param outcome how far the run had come
 * @param identitySha256 hash of the configuration of the run it belongs to
 * @param numericsVersion of the code that computed it
 * @param data the arrays of the state
 * @param metrics deterministic rows since the parent
 * @param timings other rows since the parent
 * @param summary what the caller added, for people and listings; not to be written to
 */
public record Commit(
        CommitId id,
        UUID uuid,
        Optional<CommitId> parent,
        Outcome outcome,
        String identitySha256,
        int numericsVersion,
        StoredFile data,
        StoredFile metrics,
        StoredFile timings,
        ObjectNode summary) {

    public Commit {
        long before = parent.map(CommitId::sequence).orElse(0L);
        if (id.sequence() != before + 1
                || parent.filter(p -> p.epoch() > id.epoch()).isPresent()) {
            throw new IllegalArgumentException("commit " + id + " must follow its parent, but that is " + parent);
        }
        requirePath(data, Layout.data(id, uuid));
        requirePath(metrics, Layout.metrics(id, uuid));
        requirePath(timings, Layout.timings(id, uuid));
    }

    /** The files that this commit names: data, metrics, timings. */
    public List<StoredFile> files() {
        return List.of(data, metrics, timings);
    }

    /** Batches completed, as the summary has it: all of it that is read here, to compare it with what a driver says. */
    Optional<Long> step() {
        return summary.path("step").isIntegralNumber()
                ? Optional.of(summary.path("step").longValue())
                : Optional.empty();
    }

    byte[] encode() {
        ObjectNode node = Json.formatted();
        node.put("epoch", id.epoch()).put("sequence", id.sequence()).put("uuid", uuid.toString());
        parent.ifPresent(p -> node.put("parent", p.toString()));
        node.put("outcome", RunState.of(outcome).word());
        node.put("identitySha256", identitySha256).put("numericsVersion", numericsVersion);
        ObjectNode files = node.putObject("files");
        data.into(files.putObject("data"));
        metrics.into(files.putObject("metrics"));
        timings.into(files.putObject("timings"));
        node.set("summary", summary);
        return Json.seal(node);
    }

    static Commit decode(ObjectNode node) {
        ObjectNode files = Json.objectAt(node, "files");
        return new Commit(
                new CommitId(Json.natural(node, "epoch"), Json.whole(node, "sequence")),
                UUID.fromString(Json.text(node, "uuid")),
                node.has("parent") ? Optional.of(CommitId.parse(Json.text(node, "parent"))) : Optional.empty(),
                outcome(Json.text(node, "outcome")),
                Json.text(node, "identitySha256"),
                Json.natural(node, "numericsVersion"),
                StoredFile.from(files.path("data")),
                StoredFile.from(files.path("metrics")),
                StoredFile.from(files.path("timings")),
                Json.objectAt(node, "summary"));
    }

    private static Outcome outcome(String word) {
        return RunState.of(word)
                .outcome()
                .orElseThrow(() -> new IllegalArgumentException(
                        "outcome must be running, complete or diverged, but was '" + word + "'"));
    }

    private static void requirePath(StoredFile file, String path) {
        if (!file.path().equals(path)) {
            throw new IllegalArgumentException("file must be " + path + ", but was " + file.path());
        }
    }
}
