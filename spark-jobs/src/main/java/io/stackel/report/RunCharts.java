package io.stackel.report;

import static io.stackel.algorithm.Algorithm.MINUS;
import static io.stackel.algorithm.Algorithm.PENALISED;
import static io.stackel.algorithm.Algorithm.PLUS;
import static io.stackel.algorithm.Evaluation.LOWER_GAP;
import static io.stackel.algorithm.Evaluation.STATIONARITY_GAP;
import static io.stackel.algorithm.Evaluation.UPPER_OBJECTIVE;
import static io.stackel.algorithm.Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE;

import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.StatusQuo;
import io.stackel.report.Chart.Band;
import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The charts of a run, each only where its rows hold something to draw. */
final class RunCharts {

    private static final String ERROR = Evaluation.UPPER_OBJECTIVE_STANDARD_ERROR;

    /** Figures that have no chart of their own: axes, errors and what is drawn in a chart of something else. */
    private static final List<String> PARTS = List.of(
            "iteration",
            "step",
            "samples",
            "lowerSamples",
            "upperSamples",
            "evaluationSamples",
            ERROR,
            "nikaidoIsodaGap",
            "gradientStandardError",
            StatusQuo.OBJECTIVE,
            StatusQuo.OBJECTIVE_STANDARD_ERROR,
            StatusQuo.RETURN,
            Evaluation.of(UPPER_OBJECTIVE, PLUS),
            Evaluation.of(LOWER_GAP, PLUS),
            Evaluation.of(UPPER_OBJECTIVE, MINUS),
            Evaluation.of(LOWER_GAP, MINUS));

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("upperReturn", "The leader's return in the batch of the step, as sampled; higher is better."),
            Map.entry("lowerReturn", "The follower's return, as estimated; higher is better."),
            Map.entry(
                    "episodeReturn",
                    "The leader's total of rewards of a trajectory, without discount, as measured; higher is better."),
            Map.entry("episodeLength", "Steps of a measured trajectory, on average."),
            Map.entry(
                    "terminatedShare",
                    "The share of measured trajectories that ended by themselves; the others were cut at the horizon."),
            Map.entry("labels", "Pairs that were labelled so far."),
            Map.entry("largestCoordinateError", "The largest standard error of a coordinate of the gradient."),
            Map.entry("expertReturn", "Return of the true reward under the experts' policy: what imitation can reach."),
            Map.entry("trueReturnPenalised", "Return of the true reward under the penalised policy; higher is better."),
            Map.entry("testAccuracy", "The share of test rows that the trained model classifies rightly."),
            Map.entry("testAccuracyPenalised", "The share of test rows that the penalised model classifies rightly."),
            Map.entry("cleaningPrecision", "Of the rows with a weight below 1/2, the share whose label is wrong."),
            Map.entry("cleaningRecall", "Of the rows with a wrong label, the share whose weight is below 1/2."),
            Map.entry("cleaningF1", "The harmonic mean of precision and recall of finding the wrong labels."));

    private final MetricTable rows;
    private final Column x;

    /** How what a step measured is drawn. */
    private final Style drawn;

    private final Set<String> left;
    private final List<Chart> charts = new ArrayList<>();

    private RunCharts(MetricTable rows, boolean mixed) {
        this.rows = rows;
        drawn = mixed ? Style.DOTS : Style.LINE;
        left = new TreeSet<>(rows.keys());
        PARTS.forEach(left::remove);
        boolean sampled = Arrays.stream(rows.finite("samples")).anyMatch(count -> count > 0);
        x = sampled
                ? new Column("samples of training, both levels", rows.column("samples"), false)
                : new Column("iteration", rows.column("iteration"), false);
    }

    /**
     * Draws the charts that these rows have figures for.
     *
     * @param sigma one over the weight of the penalty, where the algorithm has one
     * @param mixed whether the steps before rows may be of different contexts, so that what they measured is not comparable
     */
    static List<Chart> of(MetricTable rows, OptionalDouble sigma, boolean mixed) {
        if (rows.rows().size() < 2) {
            return List.of();
        }
        RunCharts all = new RunCharts(rows, mixed);
        all.objective();
        all.lowerGap();
        sigma.ifPresent(all::penalised);
        all.gradient();
        all.signalToNoise();
        all.stationarity();
        all.pairs();
        all.saturation();
        all.others();
        all.plane();
        return List.copyOf(all.charts);
    }

    private void objective() {
        boolean errors = rows.has(ERROR);
        add(
                "objective",
                "The leader's objective",
                "What the leader minimises: lower is better."
                        + (drawn == Style.DOTS ? " A mean over all contexts." : "")
                        + (errors ? " The band is two standard errors." : ""),
                "upper objective",
                false,
                exact("at the follower's best response", UPPER_OBJECTIVE_AT_BEST_RESPONSE),
                exact("at the best response as the run knows it", UPPER_OBJECTIVE)
                        .map(line -> errors ? line.within(band(UPPER_OBJECTIVE, ERROR)) : line),
                exact("at the penalised policy", Evaluation.of(UPPER_OBJECTIVE, PENALISED)),
                rows.first(StatusQuo.OBJECTIVE).stream()
                        .mapToObj(start -> reference("status quo", row -> start))
                        .findFirst());
    }

    private void lowerGap() {
        add(
                "lower-gap",
                "Does the follower respond?",
                "What the follower loses against its best response, in its own value. Near zero the bilevel problem is"
                        + " really solved as one; a logarithmic axis.",
                "gap of the lower level",
                true,
                exact("lower gap", LOWER_GAP),
                exact("of the penalised policy", Evaluation.of(LOWER_GAP, PENALISED)));
    }

    private void penalised(double sigma) {
        String policy = rows.has(Evaluation.of(LOWER_GAP, PENALISED)) ? PENALISED : PLUS;
        String objectiveKey = Evaluation.of(UPPER_OBJECTIVE, policy);
        String gapKey = Evaluation.of(LOWER_GAP, policy);
        if (!rows.has(objectiveKey) || !rows.has(gapKey)) {
            return;
        }
        double[] objective = rows.numbers(objectiveKey);
        double[] penalty =
                Arrays.stream(rows.numbers(gapKey)).map(gap -> gap / sigma).toArray();
        add(
                "penalised",
                "Penalised objective and its parts",
                "Of the policy that minimises it: the objective plus the follower's loss over sigma = "
                        + Quantities.significant(sigma)
                        + ". A method that gains by an unwilling follower shows a large penalty.",
                "penalised objective",
                false,
                exact("objective", objectiveKey),
                computed("penalty", row -> penalty[row]),
                computed("sum", row -> objective[row] + penalty[row]));
    }

    private void gradient() {
        boolean errors = Arrays.stream(rows.finite("gradientStandardError")).anyMatch(error -> error > 0);
        add(
                "gradient",
                "The leader's gradient",
                "Norm of the gradient that a step used, with a band of two standard errors where it was sampled"
                        + (rows.has(STATIONARITY_GAP) ? ", beside the exact one." : ".")
                        + (drawn == Style.DOTS ? " The exact one averages over contexts, a step sees one." : ""),
                "norm",
                true,
                exact(errors ? "sampled gradient" : "gradient of the step", "gradientNorm")
                        .map(line -> errors ? line.within(band("gradientNorm", "gradientStandardError")) : line),
                exact(drawn == Style.DOTS ? "exact, mean over contexts" : "exact", STATIONARITY_GAP));
    }

    private void signalToNoise() {
        double[] ratio = RunAnswer.signalToNoise(rows);
        if (Arrays.stream(ratio).anyMatch(Double::isFinite)) {
            add(
                    "signal-to-noise",
                    "Signal to noise of a step",
                    "Norm of the sampled gradient over its standard error. Above 2 a single step points the right way;"
                            + " below 1 only the average of many does.",
                    "norm / standard error",
                    true,
                    computed("signal to noise", row -> ratio[row]),
                    Optional.of(reference("rule: 2", row -> 2)));
        }
    }

    private void stationarity() {
        double[] iteration = rows.numbers("iteration");
        double[] gap = rows.numbers(STATIONARITY_GAP);
        int anchor = 0;
        while (anchor < gap.length && !(iteration[anchor] >= 1 && gap[anchor] > 0)) {
            anchor++;
        }
        if (anchor >= gap.length - 1) {
            return;
        }
        double first = gap[anchor];
        double start = iteration[anchor];
        add(
                "stationarity",
                "How fast it becomes stationary",
                "Norm of the exact gradient against iterations, both logarithmic. A straight line is a power law;"
                        + " dotted lines show the slopes that theory compares with.",
                "stationarity gap",
                true,
                new Column("iteration", rows.column("iteration"), true),
                List.of(
                        new Series("stationarity gap", rows.column(STATIONARITY_GAP)),
                        reference(
                                "slope \u22121/2",
                                row -> iteration[row] < start ? Double.NaN : first * Math.sqrt(start / iteration[row])),
                        reference(
                                "slope \u22121",
                                row -> iteration[row] < start ? Double.NaN : first * start / iteration[row])));
    }

    /** Figures that belong together. */
    private void pairs() {
        pair(
                "true-return",
                "Return of the true reward",
                "Under the best response to the learnt reward, as the run knows it and exactly; higher is better.",
                "trueReturn",
                "trueReturnAtBestResponse");
        pair(
                "losses",
                "Loss on labelled pairs",
                "On the pairs that were kept, and on those of the iteration before they were used: far apart means"
                        + " overfitting.",
                "lossOnPairs",
                "lossOnNewPairs");
        pair(
                "designer",
                "The designer's value",
                "The exact return at the equilibrium as the run knows it, and at the exact one.",
                "designerValue",
                "designerValueAtEquilibrium");
    }

    private void pair(String id, String title, String explains, String first, String second) {
        add(id, title, explains, CamelCase.spaced(first), false, line(first), line(second));
    }

    private void saturation() {
        add(
                "saturation",
                "Saturation of the weights",
                "From 0 to 1: how far the two policies of a difference have drifted apart. Near 1 their trajectories"
                        + " share nothing any more and the estimate is noise.",
                "saturation",
                false,
                line("saturation"));
    }

    /** What no chart above has drawn, one a figure. */
    private void others() {
        for (String key : List.copyOf(left)) {
            add(
                    "other-" + CamelCase.hyphened(key),
                    CamelCase.title(key),
                    MEANINGS.getOrDefault(key, "As recorded in the rows of metrics."),
                    CamelCase.spaced(key),
                    false,
                    line(key));
        }
    }

    /** The way in the plane of both levels. */
    private void plane() {
        double[] gaps = rows.numbers(LOWER_GAP);
        double[] objectives = rows.numbers(UPPER_OBJECTIVE);
        int[] known = IntStream.range(0, gaps.length)
                .filter(row -> gaps[row] > 0 && Double.isFinite(objectives[row]))
                .toArray();
        if (known.length < 3) {
            return;
        }
        MetricTable both = rows.of(known);
        add(
                "plane",
                "Gap and objective together",
                "Each dot is a row, later ones are stronger. Down is better for the leader, left means the follower responds."
                        + " A run that goes down by going right gains only from a follower that has not caught up.",
                "upper objective",
                false,
                new Column("lower gap", both.column(LOWER_GAP), true),
                List.of(new Series("upper objective", both.column(UPPER_OBJECTIVE)).as(Style.WAY)));
    }

    /** A figure of a step, by its name. */
    private Optional<Series> line(String key) {
        return exact(CamelCase.spaced(key), key).map(line -> line.as(drawn));
    }

    /** A figure over all contexts. */
    private Optional<Series> exact(String label, String key) {
        left.remove(key);
        return rows.has(key) ? Optional.of(new Series(label, rows.column(key))) : Optional.empty();
    }

    private Optional<Series> computed(String label, IntToDoubleFunction byRow) {
        return Optional.of(new Series(label, values(byRow)));
    }

    private Series reference(String label, IntToDoubleFunction byRow) {
        return new Series(label, values(byRow)).as(Style.REFERENCE);
    }

    private List<Object> values(IntToDoubleFunction byRow) {
        return MetricTable.boxed(
                IntStream.range(0, rows.rows().size()).mapToDouble(byRow).toArray());
    }

    private Band band(String key, String error) {
        double[] middle = rows.numbers(key);
        double[] errors = rows.numbers(error);
        return new Band(values(row -> middle[row] - 2 * errors[row]), values(row -> middle[row] + 2 * errors[row]));
    }

    @SafeVarargs
    private void add(
            String id, String title, String explains, String label, boolean logarithmic, Optional<Series>... lines) {
        List<Series> known = new ArrayList<>();
        for (Optional<Series> line : lines) {
            line.ifPresent(known::add);
        }
        if (!known.isEmpty()) {
            add(id, title, explains, label, logarithmic, x, known);
        }
    }

    private void add(
            String id,
            String title,
            String explains,
            String label,
            boolean logarithmic,
            Column axis,
            List<Series> lines) {
        boolean fits =
                logarithmic && lines.stream().flatMapToDouble(Series::numbers).anyMatch(value -> value > 0);
        charts.add(new Chart(id, title, explains, summary(lines), Kind.LINES, axis, new Scale(label, fits), lines));
    }

    private static String summary(List<Series> lines) {
        StringBuilder text = new StringBuilder();
        for (Series line : lines) {
            double[] known = line.numbers().toArray();
            if (known.length > 0 && line.style() != Style.REFERENCE) {
                text.append(line.label() + " from " + Quantities.significant(known[0]) + " to "
                        + Quantities.significant(known[known.length - 1]) + ". ");
            }
        }
        return text.toString().strip();
    }
}
