package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.experiment.SweepConfiguration.Reference;
import io.stackel.math.Bootstrap;
import io.stackel.math.Bootstrap.Interval;
import io.stackel.report.Chart.Column;
import io.stackel.report.Chart.Kind;
import io.stackel.report.Chart.Scale;
import io.stackel.report.Chart.Series;
import io.stackel.report.Chart.Style;
import io.stackel.report.Finding.Grade;
import io.stackel.run.Quantities;
import io.stackel.store.RunState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One page on many runs: which settings are best and whether that is certain, what each axis does, what failed and why,
 * what it cost.
 *
 * <p>Cells are ranked by the interquartile mean of their trials' objectives; its interval is a bootstrap over seeds.
 * Resamples have fixed addresses, so the same trials give the same page.
 */
public final class SweepReport {

    /** Cells in the interval plot. */
    private static final int PLOTTED = 25;

    /** Trials that are drawn one by one; more of them are thinned. */
    private static final int DOTS = 3000;

    private final List<String> axes;
    private final List<TrialSummary> trials;
    private final SweepRules rules;
    private final List<Reference> references;
    private final List<String> reservations;
    private final String objective;
    private final List<SweepCell> cells;
    private final Page page;

    /**
     * Ranks the cells of a sweep.
     *
     * @param title of the sweep
     * @param axes names of the axes but the seed, in order
     * @param trials in the order of the plan
     * @param rules when a result counts
     * @param references upper objectives of others, beside the cells
     * @param reservations why trials do not compare, a sentence each
     */
    public SweepReport(
            String title,
            List<String> axes,
            List<TrialSummary> trials,
            SweepRules rules,
            List<Reference> references,
            List<String> reservations) {
        this.axes = List.copyOf(axes);
        this.trials = List.copyOf(trials);
        this.rules = rules;
        this.references = List.copyOf(references);
        this.reservations = List.copyOf(reservations);
        objective = trials.stream()
                        .filter(TrialSummary::complete)
                        .noneMatch(trial -> Double.isNaN(trial.figure(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE)))
                ? Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE
                : Evaluation.UPPER_OBJECTIVE;
        cells = SweepCell.ranked(trials, objective, rules);
        page = new Page(
                "Stackel sweep " + title,
                "Stackel sweep report",
                title,
                Quantities.whole(trials.size()) + " runs of "
                        + (cells.size() == 1 ? "one setting" : Quantities.whole(cells.size()) + " settings (cells)")
                        + " with different seeds. A leader chooses x, the follower responds by solving its own"
                        + " problem; the leader's objective after that response is compared.",
                verdict());
    }

    /**
     * The page.
     *
     * @param reloadSeconds after which the browser loads the page again, while it is written again and again
     */
    public String html(OptionalInt reloadSeconds) {
        page.reload(reloadSeconds);
        tiles();
        trust();
        curves();
        leaderboard();
        Profiles.chart(cells).ifPresent(chart -> page.section("profiles", "Performance profiles", page.figure(chart)));
        feasibility();
        sensitivity();
        failures();
        cost();
        everyTrial();
        return page.html();
    }

    private long count(RunState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }

    /** Trials that will have no score unless somebody mends something. */
    private long lost() {
        return trials.stream().filter(TrialSummary::lost).count();
    }

    private static double samples(List<TrialSummary> trials) {
        return trials.stream().mapToDouble(TrialSummary::samples).reduce(0, Double::sum);
    }

    private static double wallSeconds(List<TrialSummary> trials) {
        return trials.stream().mapToDouble(TrialSummary::wallSeconds).reduce(0, Double::sum);
    }

    private void tiles() {
        page.tile("Complete", count(RunState.COMPLETE) + " / " + trials.size(), "trials");
        cells.stream()
                .findFirst()
                .flatMap(SweepCell::interval)
                .ifPresent(best -> page.tile(
                        "Best cell", Quantities.significant(best.mean()), "interquartile mean; lower is better"));
        page.tile("Failed", Long.toString(count(RunState.FAILED)), "by a mistake");
        page.tile("Diverged", Long.toString(count(RunState.DIVERGED)), "no finite result");
        if (count(RunState.DAMAGED) > 0) {
            page.tile("Damaged", Long.toString(count(RunState.DAMAGED)), "files are not as written");
        }
        page.tile("Samples", Quantities.count(samples(trials)), "of training, all trials");
        page.tile("Time", Quantities.duration(wallSeconds(trials)), "of all trials together");
    }

    /** Which cells cannot be distinguished from the first one: those whose interval reaches down to its own. */
    private List<SweepCell> leaders() {
        List<SweepCell> ranked =
                cells.stream().filter(cell -> cell.ranked(rules)).toList();
        if (ranked.isEmpty()) {
            return ranked;
        }
        double edge = ranked.get(0).interval().orElseThrow().high();
        return ranked.stream()
                .filter(cell -> cell.interval().orElseThrow().low() <= edge)
                .toList();
    }

    private String verdict() {
        List<SweepCell> leaders = leaders();
        if (leaders.isEmpty()) {
            return "No cell can be ranked yet.";
        }
        if (cells.size() == 1) {
            Interval only = leaders.get(0).interval().orElseThrow();
            return "One setting, so there is nothing to rank. Its interquartile mean is "
                    + Quantities.significant(only.mean()) + " (95 % interval " + Quantities.significant(only.low())
                    + " to " + Quantities.significant(only.high()) + ").";
        }
        String best = leaders.get(0).label();
        int fewest =
                leaders.stream().mapToInt(cell -> cell.scores().length).min().orElseThrow();
        if (fewest < Bootstrap.FEWEST) {
            return "Ahead: " + best + ". No best cell is named from fewer than " + Bootstrap.FEWEST
                    + " seeds; some cell has " + fewest + ".";
        }
        return leaders.size() == 1
                ? "Best: " + best + ". Its interval lies below those of all other cells."
                : "Ahead: " + best + ", but " + (leaders.size() - 1) + " other "
                        + (leaders.size() == 2 ? "cell" : "cells")
                        + " cannot be told from it: the intervals overlap.";
    }

    private void trust() {
        List<Finding> findings = new ArrayList<>();
        long complete = count(RunState.COMPLETE);
        long open = trials.size() - complete - lost();
        findings.add(
                open == 0
                        ? Finding.good("Every trial has ended", complete + " of " + trials.size() + " met their limit.")
                        : Finding.note("The sweep goes on", open + " trials have not ended; ranks may change."));
        long lost = lost();
        findings.add(
                lost == 0
                        ? Finding.good("No trial was lost", "None failed, none diverged, none is damaged.")
                        : Finding.care(
                                lost + " trials were lost",
                                "They have no score. A cell that loses its bad runs looks better than it is: its share of"
                                        + " complete trials stands beside its score."));
        int least = cells.stream().mapToInt(cell -> cell.trials().size()).min().orElse(0);
        findings.add(
                least >= Bootstrap.FEWEST
                        ? Finding.good("Enough seeds for intervals", "At least " + least + " in every cell.")
                        : Finding.care(
                                "Few seeds",
                                "Some cell has " + least + ". Bootstrap intervals of fewer than " + Bootstrap.FEWEST
                                        + " values are too short."));
        long feasible = trials.stream()
                .filter(trial -> trial.complete() && rules.feasible(trial))
                .count();
        findings.add(new Finding(
                feasible == complete ? Grade.GOOD : Grade.CARE,
                feasible + " of " + complete + " complete trials are feasible",
                rules.words()));
        reservations.forEach(reservation -> findings.add(Finding.care("Trials do not compare", reservation)));
        Grade worst = Finding.worst(findings);
        String word = worst == Grade.CARE ? "With reservations" : worst == Grade.NOTE ? "Not finished" : "Yes";
        page.section("trust", "Can it be trusted?", Finding.card("Can the ranking be trusted?", word, worst, findings));
    }

    private void leaderboard() {
        Html html = new Html();
        List<SweepCell> plotted = cells.stream()
                .filter(cell -> cell.interval().isPresent())
                .limit(PLOTTED)
                .toList();
        if (!plotted.isEmpty()) {
            boolean[] counts = new boolean[plotted.size()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = plotted.get(i).ranked(rules);
            }
            html.add(page.figure(Chart.ofRows(
                    "cells",
                    "Cells by rank",
                    "Interquartile mean of the leader\u2019s objective over seeds with its 95 % bootstrap interval;"
                            + " lower is better. Where intervals overlap the order is not certain. A ring is a"
                            + " cell that does not count."
                            + (cells.size() > PLOTTED ? " The first " + PLOTTED + " of " + cells.size() + "." : ""),
                    Column.texts("cell", plotted.stream().map(SweepCell::label).toList()),
                    "leader\u2019s objective",
                    plotted.stream().map(cell -> cell.interval().orElseThrow()).toList(),
                    counts)));
        }
        Table<SweepCell> table = new Table<>("All cells, best first; score is the interquartile mean", cells);
        table.text("rank", (rank, cell) -> cell.ranked(rules) ? rank.toString() : "\u2013");
        axes.forEach(axis -> table.text(axis, cell -> cell.axes().getOrDefault(axis, "")));
        table.number("complete", cell -> cell.complete() + " / " + cell.trials().size())
                .number("feasible", SweepCell::feasible)
                .real("score", cell -> cell.interval().map(Interval::mean).orElse(Double.NaN))
                .real("low", cell -> cell.interval().map(Interval::low).orElse(Double.NaN))
                .real("high", cell -> cell.interval().map(Interval::high).orElse(Double.NaN))
                .real(
                        "largest lower gap",
                        cell -> cell.trials().stream()
                                .mapToDouble(trial -> trial.figure(Evaluation.LOWER_GAP))
                                .filter(Double::isFinite)
                                .max()
                                .orElse(Double.NaN))
                .number(
                        "samples each",
                        cell -> Quantities.count(
                                samples(cell.trials()) / cell.trials().size()));
        references.stream()
                .flatMap(reference -> reference.values().keySet().stream())
                .distinct()
                .forEach(source -> table.number(source, cell -> reference(cell, source)));
        page.section("leaderboard", "Leaderboard", html.add(table.html()));
    }

    /** What a source found at a cell, or a dash. */
    private String reference(SweepCell cell, String source) {
        return references.stream()
                .filter(one -> cell.axes().entrySet().containsAll(one.labels().entrySet()))
                .filter(one -> one.values().containsKey(source))
                .findFirst()
                .map(one -> Quantities.significant(one.values().get(source)))
                .orElse("-");
    }

    private void feasibility() {
        List<TrialSummary> both = trials.stream()
                .filter(TrialSummary::complete)
                .filter(trial ->
                        Double.isFinite(trial.figure(Evaluation.LOWER_GAP)) && Double.isFinite(trial.figure(objective)))
                .limit(DOTS)
                .toList();
        if (both.size() < 2) {
            return;
        }
        List<Series> series = new ArrayList<>();
        for (boolean feasible : new boolean[] {true, false}) {
            double[] values = both.stream()
                    .mapToDouble(trial -> rules.feasible(trial) == feasible ? trial.figure(objective) : Double.NaN)
                    .toArray();
            if (Arrays.stream(values).anyMatch(Double::isFinite)) {
                series.add(new Series(feasible ? "feasible" : "not feasible", MetricTable.boxed(values))
                        .as(feasible ? Style.DOTS : Style.RINGS));
            }
        }
        double[] gaps = both.stream()
                .mapToDouble(trial -> trial.figure(Evaluation.LOWER_GAP))
                .toArray();
        Column gap = new Column(
                "lower gap",
                MetricTable.boxed(gaps),
                Arrays.stream(gaps).allMatch(value -> value > 0),
                both.stream().map(TrialSummary::name).toList());
        Chart chart = new Chart(
                "feasibility",
                "Gap and objective of each trial",
                "Left means that the follower plays its best response, down is better for the leader. "
                        + rules.words()
                        + " A low objective at the right is gained from a follower that has not caught up.",
                both.size() + " trials.",
                Kind.LINES,
                gap,
                new Scale("leader\u2019s objective", false),
                series);
        page.section("feasibility", "Feasibility", page.figure(chart));
    }

    private void curves() {
        LearningCurves curves = new LearningCurves(objective);
        List<Chart> charts = new ArrayList<>();
        curves.ofCells(cells).ifPresent(charts::add);
        axes.stream()
                .filter(axis -> axes.size() > 1 && (axis.equals("algorithm") || axis.equals("algorithm.name")))
                .forEach(axis -> curves.ofAxis(axis, cells).ifPresent(charts::add));
        if (!charts.isEmpty()) {
            Html html = new Html().open("div.figures");
            charts.forEach(chart -> html.add(page.figure(chart)));
            page.section("curves", "Learning curves", html.close());
        }
    }

    private void sensitivity() {
        List<String> varied = axes.stream()
                .filter(axis -> trials.stream()
                                .map(trial -> trial.axes().getOrDefault(axis, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        if (varied.isEmpty()) {
            return;
        }
        Html html = new Html().open("div.figures");
        Sensitivity sensitivity = new Sensitivity(cells);
        for (int i = 0; i < varied.size(); i++) {
            sensitivity.chart(varied.get(i), i).map(page::figure).ifPresent(html::add);
        }
        page.section("sensitivity", "What each axis does", html.close());
    }

    private void failures() {
        Map<String, List<TrialSummary>> causes = new TreeMap<>();
        for (TrialSummary trial : trials) {
            if (trial.lost() || trial.state() == RunState.UNKNOWN) {
                String cause = trial.reason().isEmpty() ? "no reason was recorded" : trial.reason();
                causes.computeIfAbsent(trial.state() + ": " + cause, key -> new ArrayList<>())
                        .add(trial);
            }
        }
        List<Map.Entry<String, List<TrialSummary>>> byCount = causes.entrySet().stream()
                .sorted(Comparator.comparingInt(cause -> -cause.getValue().size()))
                .toList();
        Html html = byCount.isEmpty()
                ? new Html().element("p", "None.")
                : new Table<>("Trials without a result, by cause", byCount)
                        .text("cause", Map.Entry::getKey)
                        .number("trials", cause -> cause.getValue().size())
                        .number(
                                "exit code",
                                cause -> cause.getValue()
                                        .get(0)
                                        .exitCode()
                                        .map(String::valueOf)
                                        .orElse("\u2013"))
                        .text(
                                "the first of them",
                                cause -> cause.getValue().stream()
                                        .map(TrialSummary::name)
                                        .limit(5)
                                        .collect(Collectors.joining(", ")))
                        .html();
        page.section("failures", "Failures by cause", html);
    }

    private void cost() {
        Map<String, List<TrialSummary>> byState = trials.stream()
                .collect(Collectors.groupingBy(trial -> trial.state().word(), TreeMap::new, Collectors.toList()));
        Html table = new Table<>("What the trials cost, by how they stand", List.copyOf(byState.entrySet()))
                .text("state", Map.Entry::getKey)
                .number("trials", state -> state.getValue().size())
                .number("samples", state -> Quantities.count(samples(state.getValue())))
                .number("time", state -> Quantities.duration(wallSeconds(state.getValue())))
                .number(
                        "time a trial",
                        state -> Quantities.duration(
                                wallSeconds(state.getValue()) / state.getValue().size()))
                .html();
        page.section("cost", "Cost", table);
    }

    private void everyTrial() {
        Table<TrialSummary> table = new Table<>("All " + trials.size() + " trials", trials);
        table.text("trial", TrialSummary::name);
        axes.forEach(axis -> table.text(axis, trial -> trial.axes().getOrDefault(axis, "")));
        table.number("seed", TrialSummary::seed)
                .text("state", trial -> trial.state().word())
                .real("objective", trial -> trial.figure(objective))
                .real("lower gap", trial -> trial.figure(Evaluation.LOWER_GAP))
                .number("samples", trial -> Quantities.count(trial.samples()))
                .number("time", trial -> Quantities.duration(trial.wallSeconds()))
                .number(
                        "stateSha256",
                        trial -> trial.stateSha256()
                                .substring(0, Math.min(12, trial.stateSha256().length())));
        Html html = new Html()
                .element(
                        "p.explains",
                        "Each is a run of its own: stackel report "
                                + trials.stream()
                                        .findFirst()
                                        .map(trial -> trial.run().toString())
                                        .orElse("RUN")
                                + " writes its page.");
        page.section("trials", "All trials", html.add(table.html()));
    }
}
