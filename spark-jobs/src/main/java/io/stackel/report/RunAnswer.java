package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.StatusQuo;
import io.stackel.math.Statistics;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How good the answer of a run is, by stated rules: did it gain, does the follower respond, has it settled.
 *
 * <p>Each rule compares a figure with a bound. Where figures are sampled, the whole 95 % interval has to lie on one side of
 * the bound; if it does not, the answer is that it is not known. Rows are measured on draws of their own, so errors of
 * differences add up in squares. What is said of the end of a run needs three rows in its last quarter.
 */
final class RunAnswer {

    /** Exact figures that differ by less, relative to their size, are the same but for rounding. */
    private static final double ROUNDING = 1e-9;

    private static final double FOLLOWED = 0.01;
    private static final double STATIONARY = 0.1;
    private static final double SETTLED = 0.05;
    private static final double CLEAR = 2;
    private static final int FEWEST_ROWS = 3;

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
            Measured gain = gainOf(key);
            findings.add(gain(key, gain));
            follower(gain).ifPresent(findings::add);
            findings.add(settled(key, gain));
        });
        stationarity().ifPresent(findings::add);
        noise().ifPresent(findings::add);
        return findings;
    }

    /** The verdict in a few words. */
    String verdict() {
        List<Finding> findings = findings();
        if (findings.isEmpty()) {
            return "Too early to say";
        }
        return switch (Finding.worst(findings)) {
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

    private static <T> T last(List<T> values) {
        return values.get(values.size() - 1);
    }

    /** The figure that gains are measured from: the status quo if it was measured, else the first row. */
    private Measured start(String key) {
        List<Measured> statusQuo = Measured.column(metrics, StatusQuo.OBJECTIVE);
        return statusQuo.isEmpty() ? Measured.column(metrics, key).get(0) : statusQuo.get(0);
    }

    private Measured gainOf(String key) {
        return start(key).minus(last(Measured.column(metrics, key)));
    }

    private Finding gain(String key, Measured gain) {
        String evidence = "The leader's objective went from "
                + Quantities.significant(start(key).value())
                + (metrics.has(StatusQuo.OBJECTIVE) ? " with a follower that had learnt at the starting point" : "")
                + " to "
                + Quantities.significant(last(Measured.column(metrics, key)).value()) + "; lower is better.";
        double nothing = ROUNDING * Math.abs(start(key).value());
        if (gain.low() > nothing) {
            return Finding.good("The leader gained " + gain.shown(), evidence);
        }
        if (gain.high() <= nothing) {
            return Finding.bad("The leader gained nothing", evidence + " Gain: " + gain.shown() + ".");
        }
        return Finding.care(
                "It is not known whether the leader gained",
                evidence + " Gain: " + gain.shown() + ". More evaluation.units or a longer run would tell.");
    }

    private Optional<Finding> follower(Measured gain) {
        double[] gaps = metrics.finite(Evaluation.LOWER_GAP);
        if (gaps.length == 0) {
            return Optional.empty();
        }
        double gap = gaps[gaps.length - 1];
        Measured size = gain.value() < 0 ? new Measured(0, 0).minus(gain) : gain;
        String evidence = "Its policy loses " + Quantities.significant(gap)
                + " against its best response, in its own value; rule: at most 1 % of what the leader gained, "
                + Quantities.significant(FOLLOWED * size.value()) + ".";
        if (gap <= FOLLOWED * size.low()) {
            return Optional.of(Finding.good("The follower plays its best response", evidence));
        }
        return Optional.of(
                gap > FOLLOWED * size.high()
                        ? Finding.care(
                                "The follower is not at its best response",
                                evidence + " What the leader seems to reach may not last.")
                        : Finding.care(
                                "It is not known whether the follower is near enough to its best response",
                                evidence + " The gain itself is not known well enough."));
    }

    private Finding settled(String key, Measured gain) {
        double[] iterations = finiteWhereMeasured(key);
        List<Measured> values = Measured.column(metrics, key);
        int first = firstOfLastQuarter(iterations);
        int rows = values.size() - first;
        if (rows < FEWEST_ROWS) {
            return Finding.care(
                    "It is not known whether the objective has settled",
                    "The last quarter of the run has " + rows + (rows == 1 ? " row" : " rows")
                            + " of metrics; rule: at least 3. Lower evaluation.every, or run longer.");
        }
        Measured move =
                move(Arrays.copyOfRange(iterations, first, iterations.length), values.subList(first, values.size()));
        double bound = SETTLED * Math.abs(gain.value());
        String evidence = "Over the last quarter of the run the objective moved by " + move.shown()
                + "; rule: at most 5 % of its whole way, " + Quantities.significant(bound) + ".";
        if (move.low() >= -bound && move.high() <= bound) {
            return Finding.good("The objective has settled", evidence);
        }
        return move.low() > bound || move.high() < -bound
                ? Finding.care("The objective is still moving", evidence + " A longer run may gain more.")
                : Finding.care(
                        "It is not known whether the objective has settled",
                        evidence + " The noise of the rows hides it; more evaluation.units would tell.");
    }

    /** The iterations of the rows that have a finite number under a key; their positions, where rows have none. */
    private double[] finiteWhereMeasured(String key) {
        double[] values = metrics.numbers(key);
        double[] iterations = metrics.numbers("iteration");
        double[] kept = new double[values.length];
        int count = 0;
        for (int row = 0; row < values.length; row++) {
            if (Double.isFinite(values[row])) {
                kept[count++] = Double.isFinite(iterations[row]) ? iterations[row] : row;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static int firstOfLastQuarter(double[] iterations) {
        double from = 0.25 * iterations[0] + 0.75 * iterations[iterations.length - 1];
        int first = 0;
        while (iterations[first] < from) {
            first++;
        }
        return first;
    }

    /** The change of the least-squares line from the first to the last point, with the error of the points alone. */
    private static Measured move(double[] at, List<Measured> values) {
        double mean = Arrays.stream(at).average().orElseThrow();
        double squares = 0;
        for (double each : at) {
            squares += (each - mean) * (each - mean);
        }
        double span = at[at.length - 1] - at[0];
        double slope = 0;
        double variance = 0;
        for (int i = 0; i < at.length; i++) {
            double weight = (at[i] - mean) / squares;
            slope += weight * values.get(i).value();
            variance += weight
                    * weight
                    * values.get(i).standardError()
                    * values.get(i).standardError();
        }
        return new Measured(slope * span, span * Math.sqrt(variance));
    }

    private Optional<Finding> stationarity() {
        double[] gaps = metrics.finite(Evaluation.STATIONARITY_GAP);
        if (gaps.length < 2) {
            return Optional.empty();
        }
        double start = gaps[0];
        double end = gaps[gaps.length - 1];
        String evidence = "The exact gradient of the leader's problem has norm " + Quantities.significant(end) + ", "
                + (start == 0 ? "0 at the start" : Quantities.percentage(end / start) + " of that at the start")
                + "; rule: at most 10 %.";
        return Optional.of(
                end <= STATIONARY * start
                        ? Finding.good("Nearly stationary", evidence)
                        : Finding.care("Not stationary yet", evidence));
    }

    private Optional<Finding> noise() {
        double[] known =
                Arrays.stream(signalToNoise(metrics)).filter(Double::isFinite).toArray();
        double[] late = Arrays.copyOfRange(known, 3 * known.length / 4, known.length);
        if (known.length == 0) {
            return Optional.empty();
        }
        if (late.length < FEWEST_ROWS) {
            return Optional.of(Finding.note(
                    "It is not known how noisy the steps are",
                    "The last quarter of the run has too few gradients with errors in its rows; rule: at least 3."));
        }
        double median = Statistics.quantile(late, 0.5);
        String evidence = "Late in the run a sampled gradient is " + Quantities.significant(median)
                + " times its standard error (median); rule: at least 2.";
        return Optional.of(
                median >= CLEAR
                        ? Finding.good("Steps follow the gradient", evidence)
                        : Finding.note(
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
