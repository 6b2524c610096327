package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.CommitSummary;
import io.stackel.run.Quantities;
import io.stackel.store.Commit;
import io.stackel.store.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where the numbers of a run come from: its hashes, its drivers, and how to compute it again. */
final class Provenance {

    private final RunRecord run;

    Provenance(RunRecord run) {
        this.run = run;
    }

    /** Names and hashes. */
    Table facts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("place", run.out().toString()));
        rows.add(List.of("identity of the configuration", run.identity()));
        rows.add(List.of("hash of the state (stateSha256)", run.told("stateSha256")));
        rows.add(List.of("hash of all rows (metricsSha256)", run.told("metricsSha256")));
        rows.add(List.of("last commit", run.told("lastCommit")));
        rows.add(List.of("numericsVersion", Integer.toString(run.numericsVersion())));
        rows.add(List.of("Stackel", code().version().orElse("\u2013")));
        rows.add(List.of("code of the user\u2019s own", code().problem().orElse("\u2013")));
        return new Table("What identifies this result", List.of("fact", "value"), Set.of(), rows);
    }

    private CommitSummary.Code code() {
        return run.summary()
                .map(CommitSummary::code)
                .orElseGet(() -> new CommitSummary.Code(Optional.empty(), Optional.empty()));
    }

    /** A row for each driver that owned the run. */
    Table drivers() {
        NavigableMap<Integer, List<Commit>> byEpoch = new TreeMap<>();
        for (Commit commit : run.chain()) {
            byEpoch.computeIfAbsent(commit.id().epoch(), epoch -> new ArrayList<>())
                    .add(commit);
        }
        MetricTable begun = run.timings().where("event", "driver");
        List<List<String>> rows = new ArrayList<>();
        double before = 0;
        for (Owner owner : run.owners()) {
            List<Commit> own = byEpoch.getOrDefault(owner.epoch(), List.of());
            String seconds = "\u2013";
            String steps = "no commit on the chain";
            if (!own.isEmpty()) {
                Commit last = own.get(own.size() - 1);
                double wall = last.summary().path("wallSeconds").asDouble();
                seconds = Quantities.duration(wall - before);
                before = wall;
                steps = "to step " + last.summary().path("step").asLong();
            }
            rows.add(List.of(
                    Integer.toString(owner.epoch()),
                    owner.host(),
                    owner.codeVersion(),
                    engine(begun, owner.epoch()),
                    steps,
                    Integer.toString(own.size()),
                    seconds,
                    committing(owner.epoch())));
        }
        return new Table(
                "Drivers that owned the run, one after the other; more than one means that it was killed, stopped or"
                        + " extended and went on",
                List.of("epoch", "host", "code", "engine", "how far", "commits", "time", "of it in commits"),
                Set.of(0, 5, 6, 7),
                rows);
    }

    /** What a driver's commits took before its last one, which could not know its own time. */
    private String committing(int epoch) {
        String seconds = "\u2013";
        int driver = 0;
        for (JsonNode row : run.timings().rows()) {
            driver = row.path("event").asText().equals("driver")
                    ? row.path("epoch").asInt()
                    : driver;
            if (driver == epoch && row.has("commitSeconds")) {
                seconds = Quantities.duration(row.path("commitSeconds").asDouble());
            }
        }
        return seconds;
    }

    private static String engine(MetricTable begun, int epoch) {
        return begun.rows().stream()
                .filter(row -> row.path("epoch").asInt() == epoch)
                .findFirst()
                .map(row -> Words.listed(row.path("engine")))
                .orElse("not recorded");
    }

    /** Changes of tunable and free keys on the way. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        for (Commit commit : run.chain()) {
            CommitSummary.decode(commit.summary())
                    .changes()
                    .forEach(change -> changes.add(commit.id() + ": " + change));
        }
        return changes;
    }

    /**
     * Commands for a shell that compute the run again and say whether it is the same.
     *
     * @param summary of the last commit
     * @param configuration resolved, as YAML or JSON
     */
    String reproduce(CommitSummary summary, String configuration) {
        String file = summary.name().replaceAll("[^a-z0-9-]", "-") + ".yaml";
        String again = "runs/again";
        return "cat > " + file + " <<'END_OF_CONFIGURATION'\n"
                + configuration.strip() + "\nEND_OF_CONFIGURATION\n"
                + "stackel run " + file + " --engine local --out " + again + "\n"
                + "stackel status " + again + " --json | grep -e stateSha256 -e metricsSha256\n"
                + "# must print\n#   " + run.told("stateSha256") + "\n#   " + run.told("metricsSha256") + "\n";
    }
}
