package io.stackel.check;

import java.util.ArrayList;
import java.util.List;

/** Accumulates what the checks of a report find; all that rests on chance is judged together at the end. */
final class CheckResults {

    private final List<Finding> findings = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    void add(Finding finding) {
        findings.add(finding);
    }

    void addAll(List<Finding> more) {
        findings.addAll(more);
    }

    void add(Evidence one) {
        evidence.add(one);
    }

    /** Notes a check that is not made or tells little, with the reason. */
    void leaveOut(String check) {
        leftOut.add(check);
    }

    CheckReport report() {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(Evidence.judge(evidence));
        return new CheckReport(all, leftOut);
    }
}
