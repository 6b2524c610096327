package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.Safetensors;
import io.stackel.report.Finding.Grade;
import io.stackel.report.Page.Section;
import io.stackel.run.CommitSummary;
import io.stackel.run.Quantities;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One page on one run: whether it is to be trusted and why, what came out, how it went, and how to get it again.
 *
 * <p>It shows what the run's directory holds and nothing else; a chart whose figures the rows do not have is left out.
 */
public final class RunReport {

    /** More rows than this are thinned for the charts; the files keep them all. */
    private static final int ROWS = 2000;

    private final RunRecord run;
    private final Rebuilt rebuilt;
    private final ConfigurationDecoder decoder;
    private final List<Chart> charts = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private RunReport(RunRecord run, Rebuilt rebuilt, ConfigurationDecoder decoder) {
        this.run = run;
        this.rebuilt = rebuilt;
        this.decoder = decoder;
    }

    /**
     * Writes the page on a run.
     *
     * @param out the run's directory
     * @param rebuilt the experiment, for pictures of its world
     * @param decoder of configurations, with the names that are known here
     */
    public static String html(URI out, RunReader reader, Rebuilt rebuilt, ConfigurationDecoder decoder) {
        return html(RunRecord.read(out, reader), rebuilt, decoder);
    }

    /** The page on what was read. */
    static String html(RunRecord run, Rebuilt rebuilt, ConfigurationDecoder decoder) {
        return new RunReport(run, rebuilt, decoder).page().html();
    }

    private Page page() {
        RunAnswer answer = new RunAnswer(run.metrics());
        List<Finding> record = new RunTrust(run).findings();
        List<Finding> result = answer.findings();
        Html header = header(answer, record, result);
        trust(record, result);
        world();
        Optional<Origins> origins = origins();
        course(origins);
        time();
        provenance(origins);
        return new Page("Stackel run " + run.name(), header, sections, charts);
    }

    private Html header(RunAnswer answer, List<Finding> record, List<Finding> result) {
        Grade sound = Finding.worst(record);
        Html html = new Html()
                .open("div", "class", "bar")
                .open("div")
                .element("p", "Stackel run report", "class", "kind")
                .element("h1", run.name())
                .element("p", what(), "class", "soft")
                .close()
                .element("button", "Dark colours", "type", "button", "class", "theme", "hidden", "hidden")
                .close();
        html.element(
                "p",
                RunTrust.verdict(sound) + ". " + RunAnswer.verdict(Finding.worst(result), !result.isEmpty()) + ".",
                "class",
                "lead");
        html.open("dl", "class", "tiles");
        tile("State", run.told("state"), "step " + run.told("step"), html);
        answer.objective().ifPresent(key -> {
            double[] values = run.metrics().finite(key);
            tile(
                    "Leader\u2019s objective",
                    Quantities.significant(values[values.length - 1]),
                    "from " + Quantities.significant(values[0]) + "; lower is better",
                    html);
        });
        figureTile("Lower gap", Evaluation.LOWER_GAP, "what the follower loses", html);
        figureTile("Stationarity gap", Evaluation.STATIONARITY_GAP, "norm of the exact gradient", html);
        run.head().ifPresent(head -> {
            tile(
                    "Samples",
                    Quantities.count(head.commit().summary().path("samples").asDouble()),
                    "of training, both levels",
                    html);
            tile(
                    "Time",
                    Quantities.duration(
                            run.summary().map(CommitSummary::wallSeconds).orElse(0.0)),
                    drivers(),
                    html);
        });
        return html.close();
    }

    private String what() {
        return run.summary()
                .map(summary ->
                        MetricTable.parse(summary.configurationText()).rows().get(0))
                .map(keys -> "Problem "
                        + keys.path("problem")
                                .path("name")
                                .asText(keys.path("problem").path("file").asText())
                        + ", algorithm " + keys.path("algorithm").path("name").asText() + ", seed "
                        + keys.path("seed").asText()
                        + ". A leader chooses x, the follower responds by solving its own problem, and the leader wants"
                        + " the best outcome after that response.")
                .orElse("No commit yet.");
    }

    private String drivers() {
        int drivers = run.owners().size();
        return drivers == 1 ? "one driver, never resumed" : drivers + " drivers, resumed " + (drivers - 1) + " times";
    }

    private void figureTile(String name, String key, String under, Html into) {
        OptionalDouble figure =
                run.summary().map(summary -> summary.figure(key)).orElse(OptionalDouble.empty());
        figure.ifPresent(value -> tile(name, Quantities.significant(value), under, into));
    }

    static void tile(String name, String value, String under, Html into) {
        into.open("div", "class", "tile")
                .element("dt", name)
                .element("dd", value)
                .element("dd", under, "class", "under")
                .close();
    }

    private void trust(List<Finding> record, List<Finding> result) {
        Grade sound = Finding.worst(record);
        Html html = new Html().open("div", "class", "verdicts");
        html.add(Finding.card("Is the record sound?", RunTrust.verdict(sound), sound, record));
        Grade good = Finding.worst(result);
        html.add(Finding.card(
                "Is the answer good?",
                RunAnswer.verdict(good, !result.isEmpty()),
                result.isEmpty() ? Grade.NOTE : good,
                result));
        sections.add(new Section("trust", "Can it be trusted?", html.close()));
    }

    private void world() {
        if (run.head().isEmpty()) {
            return;
        }
        Html html = rebuilt.experiment()
                .map(this::pictures)
                .orElseGet(() -> new Html()
                        .element(
                                "p",
                                "The world cannot be drawn here, because the experiment cannot be built again: "
                                        + rebuilt.obstacle(),
                                "class",
                                "card"));
        sections.add(new Section("answer", "What came out", html));
    }

    private Html pictures(Experiment experiment) {
        return new AnswerPictures(
                        experiment, Safetensors.decode(run.head().orElseThrow().state()))
                .content();
    }

    private void course(Optional<Origins> origins) {
        MetricTable rows = run.metrics().thinned(ROWS);
        List<Chart> drawn =
                RunCharts.of(rows, origins.map(RunReport::sigma).orElse(OptionalDouble.empty()), rebuilt.mixed());
        if (drawn.isEmpty()) {
            return;
        }
        Html html = new Html();
        if (rows.rows().size() < run.metrics().rows().size()) {
            html.element(
                    "p",
                    "The charts show " + ROWS + " of "
                            + Quantities.whole(run.metrics().rows().size()) + " rows, at even distances.",
                    "class",
                    "soft");
        }
        html.open("div", "class", "figures");
        drawn.forEach(chart -> html.add(chart.figure()));
        PlanePlot.figure(rows).ifPresent(html::add);
        charts.addAll(drawn);
        sections.add(new Section("course", "How it went", html.close()));
    }

    /** One over the weight of the penalty. */
    private static OptionalDouble sigma(Origins origins) {
        Object sigma = origins.configuration().keys().containsKey("algorithm.sigma")
                ? origins.configuration().keys().get("algorithm.sigma").value()
                : 0.0;
        return sigma instanceof Double real && real > 0 ? OptionalDouble.of(real) : OptionalDouble.empty();
    }

    private void time() {
        if (run.owners().isEmpty()) {
            return;
        }
        Html html = new Html().open("div", "class", "figures");
        RunTime.chart(run.timings()).ifPresent(chart -> {
            html.add(chart.figure());
            charts.add(chart);
        });
        html.close().add(new Provenance(run).drivers().html());
        sections.add(new Section("time", "Time, drivers and faults", html));
    }

    private Optional<Origins> origins() {
        try {
            return run.summary().map(summary -> new Origins(decoder, summary.configuration()));
        } catch (ConfigurationException unknown) {
            return Optional.empty();
        }
    }

    private void provenance(Optional<Origins> origins) {
        Provenance provenance = new Provenance(run);
        Html html = new Html().add(provenance.facts().html());
        run.summary().ifPresent(summary -> {
            html.element("h3", "Compute it again")
                    .element(
                            "p",
                            "On any engine, any machine and any number of threads these commands give the same two"
                                    + " hashes, if numericsVersion is the same"
                                    + (run.state() == RunState.COMPLETE ? "." : " and the run has ended."),
                            "class",
                            "explains")
                    .element(
                            "pre",
                            provenance.reproduce(
                                    summary,
                                    origins.map(known -> known.configuration().resolvedYaml())
                                            .orElse(summary.configuration())),
                            "tabindex",
                            "0");
        });
        sections.add(new Section("reproduce", "Reproduce", html));
        run.summary().ifPresent(summary -> configuration(origins, summary, provenance.changes()));
    }

    private void configuration(Optional<Origins> origins, CommitSummary summary, List<String> changes) {
        Html html = new Html();
        if (!changes.isEmpty()) {
            html.element("h3", "Changed on the way").open("ul");
            changes.forEach(change -> html.element("li", change));
            html.close();
        }
        origins.ifPresentOrElse(
                known -> html.add(known.table().html()),
                () -> html.element("pre", summary.configuration(), "tabindex", "0"));
        sections.add(new Section("configuration", "Configuration", html));
    }
}
