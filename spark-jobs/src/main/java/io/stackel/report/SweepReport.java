package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.experiment.SweepConfiguration.Reference;
import io.stackel.report.Finding.Grade;
import io.stackel.report.Page.Section;
import io.stackel.run.Quantities;
import io.stackel.store.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    private final String title;
    private final List<String> axes;
    private final List<TrialSummary> trials;
    private final SweepRules rules;
    private final List<Reference> references;
    private final List<String> reservations;
    private final String objective;
    private final List<SweepCell> cells;
    private final List<Section> sections = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();

    private SweepReport(
            String title,
            List<String> axes,
            List<TrialSummary> trials,
            SweepRules rules,
            List<Reference> references,
            List<String> reservations) {
        this.title = title;
        this.axes = axes;
        this.trials = trials;
        this.rules = rules;
        this.references = references;
        this.reservations = reservations;
        objective = trials.stream()
                        .filter(TrialSummary::complete)
                        .allMatch(trial -> trial.figures().containsKey(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE))
                ? Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE
                : Evaluation.UPPER_OBJECTIVE;
        cells = SweepCell.ranked(trials, objective, rules);
    }

    /**
     * Writes the page on a sweep.
     *
     * @param title of the sweep
     * @param axes names of the axes but the seed, in order
     * @param trials in the order of the plan
     * @param rules when a result counts
     */
    public static String html(String title, List<String> axes, List<TrialSummary> trials, SweepRules rules) {
        return html(title, axes, trials, rules, List.of(), List.of());
    }

    /**
     * The page, with figures of others beside the cells.
     *
     * @param references upper objectives
     * @param reservations why trials do not compare, a sentence each
     */
    public static String html(
            String title,
            List<String> axes,
            List<TrialSummary> trials,
            SweepRules rules,
            List<Reference> references,
            List<String> reservations) {
        return new SweepReport(
                        title,
                        List.copyOf(axes),
                        List.copyOf(trials),
                        rules,
                        List.copyOf(references),
                        List.copyOf(reservations))
                .page()
                .html();
    }

    private Page page() {
        Html header = header();
        trust();
        leaderboard();
        profiles();
        feasibility();
        sensitivity();
        failures();
        cost();
        everyTrial();
        return new Page("Stackel sweep " + title, header, sections, charts);
    }

    private long count(RunState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }

    /** Trials that will have no score unless somebody mends something. */
    private long lost() {
        return trials.stream().filter(TrialSummary::lost).count();
    }

    private Html header() {
        Html html = new Html()
                .open("div", "class", "bar")
                .open("div")
                .element("p", "Stackel sweep report", "class", "kind")
                .element("h1", title)
                .element(
                        "p",
                        Quantities.whole(trials.size()) + " runs of " + Quantities.whole(cells.size())
                                + " settings (cells), several seeds each. A leader chooses x, the follower responds by"
                                + " solving its own problem; the leader's objective after that response is compared.",
                        "class",
                        "soft")
                .close()
                .element("button", "Dark colours", "type", "button", "class", "theme", "hidden", "hidden")
                .close()
                .element("p", verdict(), "class", "lead")
                .open("dl", "class", "tiles");
        RunReport.tile("Complete", count(RunState.COMPLETE) + " / " + trials.size(), "trials", html);
        cells.stream()
                .findFirst()
                .flatMap(SweepCell::interval)
                .ifPresent(best -> RunReport.tile(
                        "Best cell", Quantities.significant(best.mean()), "interquartile mean; lower is better", html));
        RunReport.tile("Failed", Long.toString(count(RunState.FAILED)), "by a mistake", html);
        RunReport.tile("Diverged", Long.toString(count(RunState.DIVERGED)), "no finite result", html);
        if (count(RunState.DAMAGED) > 0) {
            RunReport.tile("Damaged", Long.toString(count(RunState.DAMAGED)), "files are not as written", html);
        }
        double samples = trials.stream().mapToDouble(TrialSummary::samples).reduce(0, Double::sum);
        double wall = trials.stream().mapToDouble(TrialSummary::wallSeconds).reduce(0, Double::sum);
        RunReport.tile("Samples", Quantities.count(samples), "of training, all trials", html);
        RunReport.tile("Time", Quantities.duration(wall), "of all trials together", html);
        return html.close();
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
        String best = leaders.get(0).label();
        return leaders.size() == 1
                ? "Best: " + best + ". Its interval lies below those of all other cells."
                : "Ahead: " + best + ". " + (leaders.size() - 1) + " other "
                        + (leaders.size() == 2 ? "cell" : "cells")
                        + " cannot be told from it: the intervals overlap.";
    }

    private void trust() {
        List<Finding> findings = new ArrayList<>();
        long complete = count(RunState.COMPLETE);
        long open = trials.size() - complete - lost();
        findings.add(
                open == 0
                        ? new Finding(
                                Grade.GOOD,
                                "Every trial has ended",
                                complete + " of " + trials.size() + " met their limit.")
                        : new Finding(
                                Grade.NOTE, "The sweep goes on", open + " trials have not ended; ranks may change."));
        long lost = lost();
        findings.add(
                lost == 0
                        ? new Finding(Grade.GOOD, "No trial was lost", "None failed, none diverged, none is damaged.")
                        : new Finding(
                                Grade.CARE,
                                lost + " trials were lost",
                                "They have no score. A cell that loses its bad runs looks better than it is: its share of"
                                        + " complete trials stands beside its score."));
        int least = cells.stream().mapToInt(cell -> cell.trials().size()).min().orElse(0);
        findings.add(
                least >= 5
                        ? new Finding(Grade.GOOD, "Enough seeds for intervals", "At least " + least + " in every cell.")
                        : new Finding(
                                Grade.CARE,
                                "Few seeds",
                                "Some cell has " + least
                                        + ". Bootstrap intervals of fewer than 5 values are too short."));
        long feasible = trials.stream()
                .filter(trial -> trial.complete() && rules.feasible(trial))
                .count();
        findings.add(new Finding(
                feasible == complete ? Grade.GOOD : Grade.CARE,
                feasible + " of " + complete + " complete trials are feasible",
                rules.words()));
        reservations.forEach(
                reservation -> findings.add(new Finding(Grade.CARE, "Trials do not compare", reservation)));
        Grade worst = Finding.worst(findings);
        String word = worst == Grade.CARE ? "With reservations" : worst == Grade.NOTE ? "Not finished" : "Yes";
        sections.add(new Section(
                "trust", "Can it be trusted?", Finding.card("Can the ranking be trusted?", word, worst, findings)));
    }

    private void leaderboard() {
        Html html = new Html();
        List<IntervalPlot.Line> lines = cells.stream()
                .filter(cell -> cell.interval().isPresent())
                .limit(PLOTTED)
                .map(cell -> new IntervalPlot.Line(cell.label(), cell.interval().orElseThrow(), cell.ranked(rules)))
                .toList();
        if (!lines.isEmpty()) {
            html.open("figure", "class", "card")
                    .open("figcaption")
                    .element("h3", "Cells by rank")
                    .element(
                            "p",
                            "Interquartile mean of the leader's objective over seeds with its 95 % bootstrap interval;"
                                    + " lower is better. Where intervals overlap the order is not certain. A ring is a"
                                    + " cell that does not count."
                                    + (cells.size() > PLOTTED
                                            ? " The first " + PLOTTED + " of " + cells.size() + "."
                                            : ""),
                            "class",
                            "explains")
                    .close()
                    .add(IntervalPlot.drawing(
                            lines, "leader's objective", "Cells with intervals; the table below has the numbers."))
                    .close();
        }
        List<String> heads = new ArrayList<>(List.of("rank"));
        heads.addAll(axes);
        heads.addAll(List.of("complete", "feasible", "score", "low", "high", "largest lower gap", "samples each"));
        List<String> sources = references.stream()
                .flatMap(reference -> reference.values().keySet().stream())
                .distinct()
                .toList();
        heads.addAll(sources);
        List<List<String>> rows = new ArrayList<>();
        for (SweepCell cell : cells) {
            List<String> row = new ArrayList<>(row(cell, rows.size() + 1));
            sources.forEach(source -> row.add(reference(cell, source)));
            rows.add(row);
        }
        Set<Integer> numbers =
                IntStream.range(axes.size() + 1, heads.size()).boxed().collect(Collectors.toSet());
        html.add(new Table("All cells, best first; score is the interquartile mean", heads, numbers, rows).html());
        sections.add(new Section("leaderboard", "Leaderboard", html));
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

    private List<String> row(SweepCell cell, int rank) {
        List<String> row = new ArrayList<>(List.of(cell.ranked(rules) ? Integer.toString(rank) : "\u2013"));
        axes.forEach(axis -> row.add(cell.axes().getOrDefault(axis, "")));
        row.add(cell.complete() + " / " + cell.trials().size());
        row.add(Integer.toString(cell.feasible()));
        for (double value : cell.interval()
                .map(interval -> new double[] {interval.mean(), interval.low(), interval.high()})
                .orElse(new double[] {Double.NaN, Double.NaN, Double.NaN})) {
            row.add(Double.isNaN(value) ? "" : Quantities.significant(value));
        }
        double gap = cell.trials().stream()
                .mapToDouble(trial -> trial.figure(Evaluation.LOWER_GAP))
                .filter(Double::isFinite)
                .reduce(Double.NEGATIVE_INFINITY, Math::max);
        row.add(Double.isFinite(gap) ? Quantities.significant(gap) : "");
        double samples =
                cell.trials().stream().mapToDouble(TrialSummary::samples).reduce(0, Double::sum);
        row.add(Quantities.count(samples / cell.trials().size()));
        return row;
    }

    private void profiles() {
        Profiles.chart(cells).ifPresent(chart -> {
            charts.add(chart);
            sections.add(new Section("profiles", "Performance profiles", chart.figure()));
        });
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
        Html html = new Html().open("figure", "class", "card").open("figcaption");
        html.element("h3", "Gap and objective of each trial")
                .element(
                        "p",
                        "Left means that the follower plays its best response, down is better for the leader. Dots are"
                                + " feasible, rings are not; the dashed line is the bound. A low objective at the right is"
                                + " gained from a follower that has not caught up.",
                        "class",
                        "explains")
                .close();
        html.add(FeasibilityPlot.drawing(both, objective, rules)).close();
        sections.add(new Section("feasibility", "Feasibility", html));
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
        Html html = new Html().open("div", "class", "figures");
        Sensitivity sensitivity = new Sensitivity(cells);
        for (int i = 0; i < varied.size(); i++) {
            html.add(sensitivity.figure(varied.get(i), i));
        }
        sections.add(new Section("sensitivity", "What each axis does", html.close()));
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
        Html html = new Html();
        if (causes.isEmpty()) {
            html.element("p", "None.");
        } else {
            List<List<String>> rows = new ArrayList<>();
            causes.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                    .forEach(entry -> rows.add(List.of(
                            entry.getKey(),
                            Integer.toString(entry.getValue().size()),
                            entry.getValue()
                                    .get(0)
                                    .exitCode()
                                    .map(String::valueOf)
                                    .orElse("\u2013"),
                            entry.getValue().stream()
                                    .map(TrialSummary::name)
                                    .limit(5)
                                    .collect(Collectors.joining(", ")))));
            html.add(new Table(
                            "Trials without a result, by cause",
                            List.of("cause", "trials", "exit code", "the first of them"),
                            Set.of(1, 2),
                            rows)
                    .html());
        }
        sections.add(new Section("failures", "Failures by cause", html));
    }

    private void cost() {
        Map<String, List<TrialSummary>> byState = trials.stream()
                .collect(Collectors.groupingBy(trial -> trial.state().word(), TreeMap::new, Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        byState.forEach((state, own) -> {
            double samples = own.stream().mapToDouble(TrialSummary::samples).reduce(0, Double::sum);
            double wall = own.stream().mapToDouble(TrialSummary::wallSeconds).reduce(0, Double::sum);
            rows.add(List.of(
                    state,
                    Integer.toString(own.size()),
                    Quantities.count(samples),
                    Quantities.duration(wall),
                    Quantities.duration(wall / own.size())));
        });
        sections.add(new Section(
                "cost",
                "Cost",
                new Table(
                                "What the trials cost, by how they stand",
                                List.of("state", "trials", "samples", "time", "time a trial"),
                                Set.of(1, 2, 3, 4),
                                rows)
                        .html()));
    }

    private void everyTrial() {
        List<String> heads = new ArrayList<>(List.of("trial"));
        heads.addAll(axes);
        heads.addAll(List.of("seed", "state", "objective", "lower gap", "samples", "time", "stateSha256"));
        List<List<String>> rows = new ArrayList<>();
        for (TrialSummary trial : trials) {
            List<String> row = new ArrayList<>(List.of(trial.name()));
            axes.forEach(axis -> row.add(trial.axes().getOrDefault(axis, "")));
            row.add(Long.toString(trial.seed()));
            row.add(trial.state().word());
            row.add(number(trial.figure(objective)));
            row.add(number(trial.figure(Evaluation.LOWER_GAP)));
            row.add(Quantities.count(trial.samples()));
            row.add(Quantities.duration(trial.wallSeconds()));
            row.add(trial.stateSha256()
                    .substring(0, Math.min(12, trial.stateSha256().length())));
            rows.add(row);
        }
        int seed = axes.size() + 1;
        Set<Integer> numbers = Set.of(seed, seed + 2, seed + 3, seed + 4, seed + 5);
        sections.add(new Section(
                "trials",
                "All trials",
                new Html()
                        .element(
                                "p",
                                "Each is a run of its own: stackel report "
                                        + trials.stream()
                                                .findFirst()
                                                .map(trial -> trial.run().toString())
                                                .orElse("RUN")
                                        + " writes its page.",
                                "class",
                                "explains")
                        .add(new Table("All " + trials.size() + " trials", heads, numbers, rows).html())));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Quantities.significant(value);
    }
}
