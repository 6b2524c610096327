package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.CommitSummary;
import io.stackel.run.Quantities;
import io.stackel.store.Commit;
import io.stackel.store.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the numbers of a run come from: its hashes, its drivers, and how to compute it again. */
final class Provenance {

    private static final String UNKNOWN = "\u2013";

    private final RunRecord run;

    Provenance(RunRecord run) {
        this.run = run;
    }

    /** Names and hashes. */
    Html facts() {
        Optional<CommitSummary.Code> code = run.summary().map(CommitSummary::code);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("place", run.out().toString());
        facts.put("identity of the configuration", run.identity());
        facts.put("hash of the state (stateSha256)", run.told("stateSha256"));
        facts.put("hash of all rows (metricsSha256)", run.told("metricsSha256"));
        facts.put("last commit", run.told("lastCommit"));
        facts.put("numericsVersion", Integer.toString(run.numericsVersion()));
        facts.put("Stackel", code.flatMap(CommitSummary.Code::version).orElse(UNKNOWN));
        facts.put(
                "code of the user\u2019s own",
                code.flatMap(CommitSummary.Code::problem).orElse(UNKNOWN));
        return new Table<>("What identifies this result", List.copyOf(facts.entrySet()))
                .text("fact", Map.Entry::getKey)
                .text("value", Map.Entry::getValue)
                .html();
    }

    /** What one driver did: its commits, and the seconds of all drivers at the end of the one before. */
    private record Driver(Owner owner, List<Commit> commits, double before) {

        double end() {
            return commits.isEmpty() ? before : last().path("wallSeconds").asDouble();
        }

        JsonNode last() {
            return commits.get(commits.size() - 1).summary();
        }

        String reached() {
            return commits.isEmpty()
                    ? "no commit on the chain"
                    : "to step " + last().path("step").asLong();
        }

        String seconds() {
            return commits.isEmpty() ? UNKNOWN : Quantities.duration(end() - before);
        }
    }

    /** A row for each driver that owned the run. */
    Html drivers() {
        List<Driver> drivers = new ArrayList<>();
        double before = 0;
        for (Owner owner : run.owners()) {
            List<Commit> own = run.chain().stream()
                    .filter(commit -> commit.id().epoch() == owner.epoch())
                    .toList();
            drivers.add(new Driver(owner, own, before));
            before = drivers.get(drivers.size() - 1).end();
        }
        return new Table<>(
                        "Drivers that owned the run, one after the other; more than one means that it was killed, stopped or"
                                + " extended and went on",
                        drivers)
                .number("epoch", driver -> driver.owner.epoch())
                .text("host", driver -> driver.owner.host())
                .text("code", driver -> driver.owner.codeVersion())
                .text("engine", driver -> engine(driver.owner.epoch()))
                .text("how far", Driver::reached)
                .number("commits", driver -> driver.commits.size())
                .number("time", Driver::seconds)
                .number("of it waiting for commits", driver -> waiting(driver.owner.epoch()))
                .html();
    }

    /** How long batches waited for commits before the last one; older drivers committed between batches. */
    private String waiting(int epoch) {
        String seconds = UNKNOWN;
        int driver = 0;
        for (JsonNode row : run.timings().rows()) {
            driver = row.path("event").asText().equals("driver")
                    ? row.path("epoch").asInt()
                    : driver;
            if (driver == epoch && row.has("commitSeconds")) {
                seconds = Quantities.duration(row.path("commitWaitSeconds")
                        .asDouble(row.path("commitSeconds").asDouble()));
            }
        }
        return seconds;
    }

    /** What a driver worked with, as {@code local, threads 4}. */
    private String engine(int epoch) {
        return run.timings().where("event", "driver").rows().stream()
                .filter(row -> row.path("epoch").asInt() == epoch)
                .findFirst()
                .map(row -> row.path("engine").properties().stream()
                        .map(entry -> (entry.getKey().equals("engine") ? "" : CamelCase.spaced(entry.getKey()) + " ")
                                + entry.getValue().asText())
                        .collect(Collectors.joining(", ")))
                .orElse("not recorded");
    }

    /** Changes of tunable and free keys on the way. */
    List<String> changes() {
        return run.chain().stream()
                .flatMap(commit -> CommitSummary.decode(commit.summary()).changes().stream()
                        .map(change -> commit.id() + ": " + change))
                .toList();
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
