package io.stackel.report;

import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.Safetensors;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.Experiment;
import io.stackel.report.Finding.Grade;
import io.stackel.run.CommitSummary;
import io.stackel.run.Quantities;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

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
    private final RunAnswer answer;
    private final Page page;

    private RunReport(RunRecord run, Rebuilt rebuilt, ConfigurationDecoder decoder) {
        this.run = run;
        this.rebuilt = rebuilt;
        this.decoder = decoder;
        answer = new RunAnswer(run.metrics());
        page = new Page(
                "Stackel run " + run.name(),
                "Stackel run report",
                run.name(),
                what(),
                new RunTrust(run).verdict() + ". " + answer.verdict() + ".");
    }

    /**
     * Writes the page on a run.
     *
     * @param out the run's directory
     * @param rebuilt the experiment, for pictures of its world
     * @param decoder of configurations, with the names that are known here
     * @param reloadSeconds after which the browser loads the page again, while it is written again and again
     */
    public static String html(
            URI out, RunReader reader, Rebuilt rebuilt, ConfigurationDecoder decoder, OptionalInt reloadSeconds) {
        RunReport report = new RunReport(RunRecord.read(out, reader), rebuilt, decoder);
        report.page.reload(reloadSeconds);
        return report.html();
    }

    /** The page on what was read. */
    static String html(RunRecord run, Rebuilt rebuilt, ConfigurationDecoder decoder) {
        return new RunReport(run, rebuilt, decoder).html();
    }

    private String html() {
        tiles();
        trust();
        world();
        Optional<Origins> origins = origins();
        course(origins);
        time();
        provenance(origins);
        return page.html();
    }

    private void tiles() {
        page.tile("State", run.told("state"), "step " + run.told("step"));
        answer.objective().ifPresent(key -> {
            double[] values = run.metrics().finite(key);
            page.tile(
                    "Leader\u2019s objective",
                    Quantities.significant(values[values.length - 1]),
                    "from " + Quantities.significant(values[0]) + "; lower is better");
        });
        tile("Lower gap", Evaluation.LOWER_GAP, "what the follower loses");
        tile("Stationarity gap", Evaluation.STATIONARITY_GAP, "norm of the exact gradient");
        run.metrics().first(Evaluation.ENTROPY_WEIGHT).ifPresent(value -> {
            OptionalDouble error = run.metrics().first(Measured.error(Evaluation.ENTROPY_WEIGHT));
            page.tile(
                    "Entropy weight",
                    Quantities.significant(value),
                    "estimated from the log; standard error " + Quantities.significant(error.orElse(Double.NaN)));
        });
        run.head().ifPresent(head -> {
            double samples = head.commit().summary().path("samples").asDouble();
            page.tile("Samples", Quantities.count(samples), "of training, both levels");
            page.tile("Time", Quantities.duration(run.wallSeconds()), drivers());
        });
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

    private void tile(String name, String key, String under) {
        run.summary()
                .map(summary -> summary.figure(key))
                .orElse(OptionalDouble.empty())
                .ifPresent(value -> page.tile(name, Quantities.significant(value), under));
    }

    private void trust() {
        RunTrust trust = new RunTrust(run);
        List<Finding> result = answer.findings();
        Html html = new Html()
                .open("div.verdicts")
                .add(Finding.card("Is the record sound?", trust.verdict(), trust.grade(), trust.findings()))
                .add(Finding.card(
                        "Is the answer good?",
                        answer.verdict(),
                        result.isEmpty() ? Grade.NOTE : Finding.worst(result),
                        result));
        page.section("trust", "Can it be trusted?", html.close());
    }

    private void world() {
        if (run.head().isEmpty()) {
            return;
        }
        Html html = new Html();
        rebuilt.experiment().ifPresentOrElse(experiment -> pictures(experiment, html), () -> {
            html.element(
                    "p.card",
                    "The world cannot be drawn here, because the experiment cannot be built again: "
                            + rebuilt.obstacle());
        });
        page.section("answer", "What came out", html);
    }

    private void pictures(Experiment experiment, Html into) {
        byte[] state = run.head().orElseThrow().state();
        AnswerPictures pictures = new AnswerPictures(experiment, Safetensors.decode(state), run.timings());
        into.open("div.figures");
        pictures.charts().forEach(chart -> into.add(page.figure(chart)));
        pictures.table().ifPresent(into::add);
        into.close();
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
                    "p.soft",
                    "The charts show " + ROWS + " of "
                            + Quantities.whole(run.metrics().rows().size()) + " rows, at even distances.");
        }
        html.open("div.figures");
        drawn.forEach(chart -> html.add(page.figure(chart)));
        page.section("course", "How it went", html.close());
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
        Html html = new Html().open("div.figures");
        RunTime.chart(run.timings()).map(page::figure).ifPresent(html::add);
        page.section("time", "Time, drivers and faults", html.close().add(new Provenance(run).drivers()));
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
        Html html = new Html().add(provenance.facts());
        run.summary().ifPresent(summary -> {
            String commands = provenance.reproduce(
                    summary,
                    origins.map(known -> known.configuration().resolvedYaml()).orElse(summary.configuration()));
            html.element("h3", "Compute it again")
                    .element(
                            "p.explains",
                            "On any engine, any machine and any number of threads these commands give the same two"
                                    + " hashes, if numericsVersion is the same"
                                    + (run.state() == RunState.COMPLETE ? "." : " and the run has ended."))
                    .element("pre", commands, "tabindex", 0);
        });
        page.section("reproduce", "Reproduce", html);
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
                known -> html.add(known.table()), () -> html.element("pre", summary.configuration(), "tabindex", 0));
        page.section("configuration", "Configuration", html);
    }
}
