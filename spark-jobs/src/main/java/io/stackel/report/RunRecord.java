package io.stackel.report;

import io.stackel.run.CommitSummary;
import io.stackel.run.StatusReport;
import io.stackel.store.Commit;
import io.stackel.store.Head;
import io.stackel.store.Owner;
import io.stackel.store.RunReader;
import io.stackel.store.RunSnapshot;
import io.stackel.store.RunState;
import io.stackel.store.RunStatus;
import io.stackel.store.StorageException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a report on a run is made of, read once.
 *
 * @param out the run's directory
 * @param identity SHA-256 of its configuration
 * @param numericsVersion that it was started with
 * @param head where it stands
 * @param summary of the last commit
 * @param word what the newest driver last said of itself
 * @param owners the claims, ascending
 * @param standing what {@code stackel status} says, or would say if no driver said more than the commits hold
 * @param metrics the rows of the chain, and one of its end
 * @param timings the rows of the chain, as far as they are whole
 * @param damage what is not as it was written, a sentence each
 */
record RunRecord(
        URI out,
        String identity,
        int numericsVersion,
        Optional<Head> head,
        Optional<CommitSummary> summary,
        Optional<RunStatus> word,
        List<Owner> owners,
        Map<String, Object> standing,
        MetricTable metrics,
        MetricTable timings,
        List<String> damage) {

    /** Reads a run, beside a live driver too. */
    static RunRecord read(URI out, RunReader reader) {
        RunSnapshot snapshot = reader.snapshot();
        Optional<Head> head = snapshot.head();
        return new RunRecord(
                out,
                reader.header().sha256(),
                reader.header().numericsVersion(),
                head,
                head.map(found -> CommitSummary.decode(found.commit().summary())),
                snapshot.word(),
                reader.owners(),
                StatusReport.of(out, reader, snapshot).entries(),
                head.map(found -> MetricTable.of(reader, found)).orElse(new MetricTable(List.of())),
                head.map(found -> timings(reader, found)).orElse(new MetricTable(List.of())),
                reader.verify());
    }

    /** The rows of all files that are whole: figures and hashes need none of them, and the others are named as damage. */
    static MetricTable timings(RunReader reader, Head head) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Commit commit : head.chain()) {
            try {
                all.writeBytes(reader.read(commit.timings()));
            } catch (StorageException failed) {
                if (failed.kind() != StorageException.Kind.DAMAGED) {
                    throw failed;
                }
            }
        }
        return MetricTable.parse(all.toByteArray());
    }

    /** A word that {@code stackel status} shows, or a dash where it is not known yet. */
    String told(String key) {
        Object entry = standing.get(key);
        Object value = entry instanceof Optional<?> optional
                ? optional.map(Object.class::cast).orElse("\u2013")
                : entry;
        return String.valueOf(value);
    }

    /** As {@code stackel status} has it. */
    RunState state() {
        return RunState.of(told("state"));
    }

    /** The run's name, or its place while there is no commit. */
    String name() {
        return summary.map(CommitSummary::name).orElse(out.toString());
    }

    /** The time of all drivers up to the last commit, in seconds. */
    double wallSeconds() {
        return summary.map(CommitSummary::wallSeconds).orElse(0.0);
    }

    /** Commits of the chain, first to last. */
    List<Commit> chain() {
        return head.map(Head::chain).orElse(List.of());
    }
}
