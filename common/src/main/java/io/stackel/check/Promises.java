package io.stackel.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accumulates rules that hold without any tolerance: how often each was looked at and broken, and where first. */
final class Promises {

    private static final class Tally {
        private long looks;
        private long breaches;
        private String first = "";
    }

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    /**
     * Notes that a rule was looked at.
     *
     * @param rule a sentence, which is the name of the finding
     * @param kept whether it held
     * @param where it was looked at
     */
    void hold(String rule, boolean kept, String where) {
        Tally tally = tallies.computeIfAbsent(rule, unseen -> new Tally());
        tally.looks++;
        if (!kept) {
            tally.first = tally.breaches == 0 ? where : tally.first;
            tally.breaches++;
        }
    }

    /** A finding a rule, in the order in which they were first looked at; the error is the number of breaches. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        tallies.forEach((rule, tally) -> findings.add(new Finding(
                rule,
                tally.breaches,
                0,
                "broken " + tally.breaches + " of " + tally.looks + " times"
                        + (tally.breaches == 0 ? "" : ", first " + tally.first))));
        return findings;
    }
}
