package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.run.Quantities;
import java.util.OptionalDouble;

/**
 * When the result of a trial counts.
 *
 * @param lowerGap the largest gap of the lower level, if there is a bound
 * @param completeShare the least share of complete trials of a cell, in [0, 1]
 */
public record SweepRules(OptionalDouble lowerGap, double completeShare) {

    public SweepRules {
        if (!(completeShare >= 0 && completeShare <= 1)) {
            throw new IllegalArgumentException("completeShare must be in [0, 1], but was " + completeShare);
        }
    }

    /** Whether a trial keeps the bound on the lower gap; one without that figure does. */
    boolean feasible(TrialSummary trial) {
        double gap = trial.figure(Evaluation.LOWER_GAP);
        return lowerGap.isEmpty() || Double.isNaN(gap) || gap <= lowerGap.getAsDouble();
    }

    /** The rules as sentences for the page. */
    String words() {
        String gap = lowerGap.isPresent()
                ? "the lower gap is at most " + Quantities.significant(lowerGap.getAsDouble())
                : "it is complete (no bound on the lower gap was given)";
        String complete = completeShare == 0
                ? "half of its complete trials"
                : "at least " + Quantities.percentage(completeShare) + " of its trials are complete and half of these";
        return "A trial is feasible if " + gap + "; a cell is ranked if " + complete + " are feasible.";
    }
}
