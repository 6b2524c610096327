package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.math.Statistics;
import io.stackel.report.Finding.Grade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How good the answer of a run is, by stated rules: did it gain, does the follower respond, has it settled. */
final class RunAnswer {

    private static final double FOLLOWED = 0.01;
    private static final double STATIONARY = 0.1;
    private static final double SETTLED = 0.05;

    private final MetricTable metrics;

    RunAnswer(MetricTable metrics) {
        this.metrics = metrics;
    }

    /** What speaks for and against the answer; empty before there are two rows. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (metrics.rows().size() < 2) {
            return findings;
        }
        objective().ifPresent(key -> {
            findings.add(gain(key));
            follower(key).ifPresent(findings::add);
            findings.add(settled(key));
        });
        stationarity().ifPresent(findings::add);
        noise().ifPresent(findings::add);
        return findings;
    }

    /** The verdict in a few words. */
    static String verdict(Grade grade, boolean any) {
        if (!any) {
            return "Too early to say";
        }
        return switch (grade) {
            case GOOD, NOTE -> "By every rule below, a good answer";
            case CARE -> "An answer with reservations";
            case BAD -> "Not better than the start";
        };
    }

    /** The upper objective that a reader should look at first: at the best response, where that is known. */
    Optional<String> objective() {
        return List.of(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE, Evaluation.UPPER_OBJECTIVE).stream()
                .filter(key -> metrics.finite(key).length >= 2)
                .findFirst();
    }

    private static double first(double[] values) {
        return values[0];
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private Finding gain(String key) {
        double[] values = metrics.finite(key);
        double gain = first(values) - last(values);
        String evidence = "The leader's objective went from " + Quantities.significant(first(values)) + " to "
                + Quantities.significant(last(values)) + "; lower is better.";
        return gain > 0
                ? new Finding(Grade.GOOD, "The leader gained " + Quantities.significant(gain), evidence)
                : new Finding(Grade.BAD, "The leader gained nothing", evidence);
    }

    private Optional<Finding> follower(String key) {
        double[] gaps = metrics.finite(Evaluation.LOWER_GAP);
        if (gaps.length == 0) {
            return Optional.empty();
        }
        double[] values = metrics.finite(key);
        double gain = Math.abs(first(values) - last(values));
        boolean small = last(gaps) <= FOLLOWED * gain;
        String evidence = "Its policy loses " + Quantities.significant(last(gaps))
                + " against its best response, in its own value; rule: at most 1 % of what the leader gained, "
                + Quantities.significant(FOLLOWED * gain) + ".";
        return Optional.of(
                small
                        ? new Finding(Grade.GOOD, "The follower plays its best response", evidence)
                        : new Finding(
                                Grade.CARE,
                                "The follower is not at its best response",
                                evidence + " What the leader seems to reach may not last."));
    }

    private Finding settled(String key) {
        double[] values = metrics.finite(key);
        double total = Math.abs(first(values) - last(values));
        double lately = Math.abs(values[values.length - 1 - values.length / 4] - last(values));
        double share = total == 0 ? 0 : lately / total;
        String evidence = "The last quarter of the run moved the objective by " + Quantities.percentage(share)
                + " of its whole way; rule: at most 5 %.";
        return share <= SETTLED
                ? new Finding(Grade.GOOD, "The objective has settled", evidence)
                : new Finding(Grade.CARE, "The objective is still moving", evidence + " A longer run may gain more.");
    }

    private Optional<Finding> stationarity() {
        double[] gaps = metrics.finite(Evaluation.STATIONARITY_GAP);
        if (gaps.length < 2) {
            return Optional.empty();
        }
        double share = first(gaps) == 0 ? 0 : last(gaps) / first(gaps);
        String evidence = "The exact gradient of the leader's problem has norm " + Quantities.significant(last(gaps))
                + ", " + Quantities.percentage(share) + " of that at the start; rule: at most 10 %.";
        return Optional.of(
                share <= STATIONARY
                        ? new Finding(Grade.GOOD, "Nearly stationary", evidence)
                        : new Finding(Grade.CARE, "Not stationary yet", evidence));
    }

    private Optional<Finding> noise() {
        double[] ratio = signalToNoise(metrics);
        double[] known = Arrays.stream(ratio).filter(Double::isFinite).toArray();
        if (known.length < 4) {
            return Optional.empty();
        }
        double median = Statistics.quantile(Arrays.copyOfRange(known, 3 * known.length / 4, known.length), 0.5);
        String evidence = "Late in the run a sampled gradient is " + Quantities.significant(median)
                + " times its standard error (median); rule: at least 2.";
        return Optional.of(
                median >= 2
                        ? new Finding(Grade.GOOD, "Steps follow the gradient", evidence)
                        : new Finding(
                                Grade.NOTE,
                                "Single steps are mostly noise",
                                evidence
                                        + " Many steps average it out; more units or a smaller step would settle it."));
    }

    /** Norm of the sampled gradient over its standard error, by row; not a number where either is missing or zero. */
    static double[] signalToNoise(MetricTable metrics) {
        double[] norm = metrics.numbers("gradientNorm");
        double[] error = metrics.numbers("gradientStandardError");
        double[] ratio = new double[norm.length];
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] = error[i] > 0 ? norm[i] / error[i] : Double.NaN;
        }
        return ratio;
    }
}
