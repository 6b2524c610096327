package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.report.Finding.Grade;
import io.stackel.run.CodeChange;
import io.stackel.run.Quantities;
import io.stackel.store.Commit;
import io.stackel.store.Head;
import io.stackel.store.Owner;
import io.stackel.store.RunState;
import io.stackel.store.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the record of a run is sound: complete, undamaged, of one piece, of one arithmetic. */
final class RunTrust {

    private final RunRecord run;

    RunTrust(RunRecord run) {
        this.run = run;
    }

    /** What speaks for and against the record. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(ending());
        findings.add(storage());
        run.head().ifPresent(head -> findings.add(history(head)));
        findings.add(arithmetic());
        code().ifPresent(findings::add);
        if (run.head().isPresent()) {
            findings.add(measurement());
        }
        return findings;
    }

    /** The worst of the findings. */
    Grade grade() {
        return Finding.worst(findings());
    }

    /** The verdict in a few words. */
    String verdict() {
        return switch (grade()) {
            case GOOD -> "The record is sound";
            case NOTE -> run.state() == RunState.COMPLETE ? "The record is sound" : "The record is sound so far";
            case CARE -> "The record needs a second look";
            case BAD -> "The record must not be relied on";
        };
    }

    private Finding ending() {
        String reason = run.word()
                .map(RunStatus::reason)
                .filter(text -> !text.isEmpty())
                .orElse("no reason was recorded");
        String place = "step " + run.told("step") + ", iteration " + run.told("iteration");
        return switch (run.state()) {
            case COMPLETE -> Finding.good("The run is complete", "It met its limit at " + place + ".");
            case RUNNING ->
                Finding.note(
                        "The run has not ended",
                        "Last commit at " + place
                                + ". A driver is alive, or was killed without a word; the same command"
                                + " goes on from there.");
            case DIVERGED -> Finding.bad("The run diverged", "The last finite state is kept, " + place + ": " + reason);
            case CREATED -> Finding.note("The run has not begun", "No driver has claimed it.");
            default ->
                Finding.care(
                        "The run ended early",
                        "State " + run.told("state") + " at " + place + ": " + reason
                                + ". The figures are those of the last" + " commit.");
        };
    }

    private Finding storage() {
        if (!run.damage().isEmpty()) {
            return Finding.bad("Stored files are damaged", String.join("; ", run.damage()));
        }
        List<String> notices = run.head().map(Head::notices).orElse(List.of());
        if (!notices.isEmpty()) {
            return Finding.care("Damaged commits were passed over", String.join("; ", notices));
        }
        return Finding.good(
                "Every stored file is as it was written",
                "All " + run.chain().size() + " commits were read back for this report and agree with their lengths and"
                        + " SHA-256.");
    }

    private Finding history(Head head) {
        List<Commit> chain = head.chain();
        long before = -1;
        boolean ordered = true;
        for (double iteration : run.metrics().finite("iteration")) {
            ordered &= iteration >= before;
            before = (long) iteration;
        }
        if (!ordered) {
            return Finding.bad("Rows of metrics are out of order", "Iterations must ascend along the chain.");
        }
        int drivers = run.owners().size();
        String whole = "The chain of " + chain.size() + " commits has no gap, and its rows ascend.";
        return drivers <= 1
                ? Finding.good("Never interrupted", "One driver did it all. " + whole)
                : Finding.good(
                        "Interrupted and resumed without loss",
                        drivers + " drivers worked on it, one after the other; each went on from the last commit of the"
                                + " one before. " + whole + " A resumed run equals an uninterrupted one to the bit.");
    }

    private Finding arithmetic() {
        NavigableSet<String> codes = new TreeSet<>();
        run.owners().stream().map(Owner::codeVersion).forEach(codes::add);
        boolean one = run.chain().stream().allMatch(commit -> commit.numericsVersion() == run.numericsVersion());
        String numerics = "numericsVersion " + run.numericsVersion() + ", code " + String.join(", ", codes);
        if (!one) {
            return Finding.bad("Commits come from different arithmetics", numerics);
        }
        return new Finding(
                codes.size() > 1 ? Grade.NOTE : Grade.GOOD,
                codes.size() > 1 ? "Several code versions, one arithmetic" : "One arithmetic throughout",
                numerics + ". The same configuration gives the same hashes on any engine (see Reproduce).");
    }

    /** Figures before and after are those of two problems. */
    private Optional<Finding> code() {
        List<CodeChange> changes = CodeChange.of(run.chain());
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.care(
                        "The code changed on the way",
                        "Digest "
                                + changes.stream().map(CodeChange::toString).collect(Collectors.joining(", "))
                                + ", accepted with --accept-code: what came before was computed with other code."));
    }

    private Finding measurement() {
        boolean sampled = run.metrics().has("evaluationSamples");
        boolean exact = run.metrics().has("stationarityGap");
        if (sampled && !exact) {
            double[] samples = run.metrics().finite("evaluationSamples");
            return Finding.note(
                    "Figures are estimates",
                    "The problem has no tables: each row was measured on about "
                            + Quantities.count(samples[samples.length - 1])
                            + " environment steps that training never saw; bands are two standard errors.");
        }
        if (exact && run.metrics().first(Evaluation.ENTROPY_WEIGHT).isPresent()) {
            return Finding.note(
                    "Figures are exact for the log alone",
                    "Objectives and gaps were computed from the transitions, rewards and follower that the log shows; how far"
                            + " these are from the real ones, no figure here says.");
        }
        return exact
                ? Finding.good(
                        "Figures are exact",
                        "Objectives and gaps were computed from the problem's tables, not estimated; only gradients are"
                                + " sampled.")
                : Finding.note(
                        "Few figures are known",
                        "The problem has no exact stationarity gap; what was measured is shown as it is.");
    }
}
