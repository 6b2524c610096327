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
import io.stackel.report.Chart.Axis;
import io.stackel.report.Chart.Band;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** The charts of a run, each only where its rows hold something to draw. */
final class RunCharts {

    private static final String ERROR = Evaluation.UPPER_OBJECTIVE_STANDARD_ERROR;

    /** Figures that have a chart of their own, or are an axis. */
    private static final List<String> KNOWN = List.of(
            "iteration",
            "step",
            "samples",
            "lowerSamples",
            "upperSamples",
            "evaluationSamples",
            UPPER_OBJECTIVE,
            ERROR,
            UPPER_OBJECTIVE_AT_BEST_RESPONSE,
            STATIONARITY_GAP,
            LOWER_GAP,
            "nikaidoIsodaGap",
            "gradientNorm",
            "gradientStandardError",
            "saturation",
            StatusQuo.OBJECTIVE,
            StatusQuo.OBJECTIVE_STANDARD_ERROR,
            StatusQuo.RETURN,
            Evaluation.of(UPPER_OBJECTIVE, PENALISED),
            Evaluation.of(LOWER_GAP, PENALISED),
            Evaluation.of(UPPER_OBJECTIVE, PLUS),
            Evaluation.of(LOWER_GAP, PLUS),
            Evaluation.of(UPPER_OBJECTIVE, MINUS),
            Evaluation.of(LOWER_GAP, MINUS));

    private static final Map<String, String> MEANINGS = Map.of(
            "upperReturn", "The leader's return in the batch of the step, as sampled; higher is better.",
            "lowerReturn", "The follower's return, as estimated; higher is better.",
            "episodeReturn",
                    "The leader's total of rewards of a trajectory, without discount, as measured; higher is better.",
            "episodeLength", "Steps of a measured trajectory, on average.",
            "terminatedShare",
                    "The share of measured trajectories that ended by themselves; the others were cut at the horizon.",
            "labels", "Pairs that were labelled so far.",
            "largestCoordinateError", "The largest standard error of a coordinate of the gradient.");

    private final MetricTable rows;
    private final Axis x;

    /** How what a step measured is drawn. */
    private final Style drawn;

    private final List<Chart> charts = new ArrayList<>();

    private RunCharts(MetricTable rows, boolean mixed) {
        this.rows = rows;
        drawn = mixed ? Style.DOTS : Style.LINE;
        boolean sampled = java.util.Arrays.stream(rows.finite("samples")).anyMatch(count -> count > 0);
        x = sampled
                ? new Axis("samples of training, both levels", rows.column("samples"), false)
                : new Axis("iteration", rows.column("iteration"), false);
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
        return List.copyOf(all.charts);
    }

    private void objective() {
        List<Series> lines = new ArrayList<>();
        exact("at the follower's best response", UPPER_OBJECTIVE_AT_BEST_RESPONSE, lines);
        if (rows.has(UPPER_OBJECTIVE)) {
            String label = "at the best response as the run knows it";
            lines.add(
                    rows.has(ERROR)
                            ? new Series(
                                    label,
                                    rows.column(UPPER_OBJECTIVE),
                                    Optional.of(band(UPPER_OBJECTIVE, ERROR)),
                                    Style.LINE)
                            : new Series(label, rows.column(UPPER_OBJECTIVE)));
        }
        exact("at the penalised policy", Evaluation.of(UPPER_OBJECTIVE, PENALISED), lines);
        double[] level = new double[rows.rows().size()];
        rows.first(StatusQuo.OBJECTIVE).ifPresent(start -> {
            java.util.Arrays.fill(level, start);
            lines.add(new Series("status quo", MetricTable.boxed(level, value -> value)).as(Style.REFERENCE));
        });
        add(
                "objective",
                "The leader's objective",
                "What the leader minimises: lower is better."
                        + (drawn == Style.DOTS ? " A mean over all contexts." : "")
                        + (rows.has(ERROR) ? " The band is two standard errors." : ""),
                "upper objective",
                false,
                lines);
    }

    private void lowerGap() {
        List<Series> lines = new ArrayList<>();
        exact("lower gap", LOWER_GAP, lines);
        exact("of the penalised policy", Evaluation.of(LOWER_GAP, PENALISED), lines);
        add(
                "lower-gap",
                "Does the follower respond?",
                "What the follower loses against its best response, in its own value. Near zero the bilevel problem is"
                        + " really solved as one; a logarithmic axis.",
                "gap of the lower level",
                true,
                lines);
    }

    private void penalised(double sigma) {
        String policy = rows.has(Evaluation.of(LOWER_GAP, PENALISED)) ? PENALISED : PLUS;
        String objectiveKey = Evaluation.of(UPPER_OBJECTIVE, policy);
        String gapKey = Evaluation.of(LOWER_GAP, policy);
        if (!rows.has(objectiveKey) || !rows.has(gapKey)) {
            return;
        }
        double[] objective = rows.numbers(objectiveKey);
        double[] gap = rows.numbers(gapKey);
        double[] whole = new double[gap.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = objective[i] + gap[i] / sigma;
        }
        add(
                "penalised",
                "Penalised objective and its parts",
                "Of the policy that minimises it: the objective plus the follower's loss over sigma = "
                        + Quantities.significant(sigma)
                        + ". A method that gains by an unwilling follower shows a large penalty.",
                "penalised objective",
                false,
                List.of(
                        new Series("objective", rows.column(objectiveKey)),
                        new Series("penalty", rows.mapped(gapKey, value -> value / sigma)),
                        new Series("sum", MetricTable.boxed(whole, value -> value))));
    }

    private void gradient() {
        List<Series> lines = new ArrayList<>();
        if (rows.has("gradientNorm")) {
            boolean errors = java.util.Arrays.stream(rows.finite("gradientStandardError"))
                    .anyMatch(e -> e > 0);
            lines.add(
                    errors
                            ? new Series(
                                    "sampled gradient",
                                    rows.column("gradientNorm"),
                                    Optional.of(band("gradientNorm", "gradientStandardError")),
                                    Style.LINE)
                            : new Series("gradient of the step", rows.column("gradientNorm")));
        }
        exact(drawn == Style.DOTS ? "exact, mean over contexts" : "exact", STATIONARITY_GAP, lines);
        add(
                "gradient",
                "The leader's gradient",
                "Norm of the gradient that a step used, with a band of two standard errors where it was sampled"
                        + (rows.has(STATIONARITY_GAP) ? ", beside the exact one." : ".")
                        + (drawn == Style.DOTS ? " The exact one averages over contexts, a step sees one." : ""),
                "norm",
                true,
                lines);
    }

    private void signalToNoise() {
        double[] ratio = RunAnswer.signalToNoise(rows);
        if (java.util.Arrays.stream(ratio).noneMatch(Double::isFinite)) {
            return;
        }
        double[] two = new double[ratio.length];
        java.util.Arrays.fill(two, 2);
        add(
                "signal-to-noise",
                "Signal to noise of a step",
                "Norm of the sampled gradient over its standard error. Above 2 a single step points the right way;"
                        + " below 1 only the average of many does.",
                "norm / standard error",
                true,
                List.of(
                        new Series("signal to noise", MetricTable.boxed(ratio, value -> value)),
                        new Series("rule: 2", MetricTable.boxed(two, v -> v)).as(Style.REFERENCE)));
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
        double atAnchor = gap[anchor];
        double start = iteration[anchor];
        DoubleUnaryOperator root = k -> k < start ? Double.NaN : atAnchor * Math.sqrt(start / k);
        DoubleUnaryOperator inverse = k -> k < start ? Double.NaN : atAnchor * start / k;
        add(
                "stationarity",
                "How fast it becomes stationary",
                "Norm of the exact gradient against iterations, both logarithmic. A straight line is a power law;"
                        + " dotted lines show the slopes that theory compares with.",
                "stationarity gap",
                true,
                new Axis("iteration", rows.column("iteration"), true),
                List.of(
                        new Series("stationarity gap", rows.column(STATIONARITY_GAP)),
                        new Series("slope \u22121/2", MetricTable.boxed(iteration, root)).as(Style.REFERENCE),
                        new Series("slope \u22121", MetricTable.boxed(iteration, inverse)).as(Style.REFERENCE)));
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
        List<Series> lines = new ArrayList<>();
        line(Words.spaced(first), first, lines);
        line(Words.spaced(second), second, lines);
        add(id, title, explains, Words.spaced(first), false, lines);
    }

    private void saturation() {
        List<Series> lines = new ArrayList<>();
        line("saturation", "saturation", lines);
        add(
                "saturation",
                "Saturation of the weights",
                "From 0 to 1: how far the two policies of a difference have drifted apart. Near 1 their trajectories"
                        + " share nothing any more and the estimate is noise.",
                "saturation",
                false,
                lines);
    }

    /** What no chart above has drawn, one a figure. */
    private void others() {
        TreeSet<String> left = new TreeSet<>(rows.keys());
        KNOWN.forEach(left::remove);
        Map<String, String> drawn = new LinkedHashMap<>();
        charts.forEach(chart -> chart.series().forEach(line -> drawn.put(line.label(), chart.id())));
        for (String key : left) {
            if (drawn.containsKey(Words.spaced(key))) {
                continue;
            }
            List<Series> lines = new ArrayList<>();
            line(Words.spaced(key), key, lines);
            add(
                    "other-" + Words.hyphened(key),
                    Words.title(key),
                    MEANINGS.getOrDefault(key, "As recorded in the rows of metrics."),
                    Words.spaced(key),
                    false,
                    lines);
        }
    }

    private void line(String label, String key, List<Series> into) {
        if (rows.has(key)) {
            into.add(new Series(label, rows.column(key)).as(drawn));
        }
    }

    /** Adds a figure over all contexts. */
    private void exact(String label, String key, List<Series> into) {
        if (rows.has(key)) {
            into.add(new Series(label, rows.column(key)));
        }
    }

    private Band band(String key, String error) {
        double[] middle = rows.numbers(key);
        double[] errors = rows.numbers(error);
        double[] low = new double[middle.length];
        double[] high = new double[middle.length];
        for (int i = 0; i < low.length; i++) {
            low[i] = middle[i] - 2 * errors[i];
            high[i] = middle[i] + 2 * errors[i];
        }
        return new Band(MetricTable.boxed(low, value -> value), MetricTable.boxed(high, value -> value));
    }

    private void add(String id, String title, String explains, String label, boolean logarithmic, List<Series> lines) {
        add(id, title, explains, label, logarithmic, x, lines);
    }

    private void add(
            String id,
            String title,
            String explains,
            String label,
            boolean logarithmic,
            Axis axis,
            List<Series> lines) {
        if (!lines.isEmpty()) {
            boolean fits = logarithmic && lines.stream().anyMatch(RunCharts::hasPositive);
            charts.add(new Chart(id, title, explains, summary(lines), axis, label, fits, lines));
        }
    }

    private static boolean hasPositive(Series line) {
        return line.values().stream().anyMatch(value -> value instanceof Number number && number.doubleValue() > 0);
    }

    private static String summary(List<Series> lines) {
        StringBuilder text = new StringBuilder();
        for (Series line : lines) {
            double[] known = line.values().stream()
                    .filter(Number.class::isInstance)
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .toArray();
            if (known.length > 0 && line.style() != Style.REFERENCE) {
                text.append(line.label())
                        .append(" from ")
                        .append(Quantities.significant(known[0]))
                        .append(" to ")
                        .append(Quantities.significant(known[known.length - 1]))
                        .append(". ");
            }
        }
        return text.toString().strip();
    }
}
