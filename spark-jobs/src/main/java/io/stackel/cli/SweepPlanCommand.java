package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.ExitCode;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.Trial;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel sweep plan}. */
@Command(
        name = "plan",
        description = {
            "Fixes what a sweep will run: writes plan.json, with the resolved configuration and the identity of every trial,"
                    + " and runs nothing. A plan is never changed; the same sweep gives the same plan.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel sweep plan conf/sweeps/four-rooms.yaml",
            "  stackel sweep plan my.yaml --out s3a://bucket/sweeps/one \\",
            "      --format airflow > trials.json"
        })
final class SweepPlanCommand extends Subcommand {

    /** Airflow maps an operator over at most so many entries, unless core.max_map_length is raised. */
    private static final int MOST_MAPPED = 1024;

    private static final int SHOWN_TRIALS = 10;

    /** What is printed. */
    enum Format {
        /** A summary for people. */
        TEXT,
        /** The plan itself, as {@code sweep run} reads it. */
        JSON,
        /** What expand_kwargs of Airflow's SparkSubmitOperator takes. */
        AIRFLOW;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "SWEEP.yaml", description = "The sweep: a path or a URI.")
    private String sweep;

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = "The sweep's directory. Default: sweeps/NAME-HASH, from the name and the hash of the plan.")
    private Optional<String> out;

    @Option(names = "--single-writer", description = "As for run.")
    private boolean singleWriter;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = {
                "text, json (the plan), or airflow: a JSON list for expand_kwargs of SparkSubmitOperator, each entry the"
                        + " application_args of some trials, at most " + MOST_MAPPED + " entries. Default: text."
            })
    private Format format;

    @Override
    ExitCode run() {
        LoadedSweep loaded = LoadedSweep.open(sweep, out, singleWriter, environment());
        print(
                switch (format) {
                    case JSON -> loaded.plan().json();
                    case AIRFLOW -> airflow(loaded);
                    case TEXT -> "";
                });
        tell(loaded, format == Format.TEXT ? environment().out() : environment().err());
        return ExitCode.SUCCESS;
    }

    private static void tell(LoadedSweep loaded, PrintStream to) {
        SweepPlan plan = loaded.plan();
        to.println(plan.trials().size() + " trials of " + plan.name() + " in "
                + loaded.directory().root());
        for (String axis : plan.axes()) {
            List<String> values = plan.trials().stream()
                    .map(trial -> trial.axes().get(axis))
                    .distinct()
                    .toList();
            to.println("  " + axis + ": " + String.join(", ", values.subList(0, Math.min(SHOWN_TRIALS, values.size())))
                    + (values.size() > SHOWN_TRIALS ? ", ... (" + values.size() + " values)" : ""));
        }
        long seeds = plan.trials().stream().map(Trial::seed).distinct().count();
        to.println("  seeds: " + seeds);
        plan.duplicates().stream()
                .limit(SHOWN_TRIALS)
                .forEach(duplicate -> to.println("notice: " + duplicate.axes() + ", seed " + duplicate.seed()
                        + " is the same run as " + duplicate.of() + " and will not run twice"));
        to.flush();
    }

    /** Trials in turn over as few entries as the limit allows, so that entries are equally long. */
    private static String airflow(LoadedSweep loaded) {
        List<Trial> trials = loaded.plan().trials();
        int perEntry = (trials.size() + MOST_MAPPED - 1) / MOST_MAPPED;
        List<Object> entries = new ArrayList<>();
        for (int from = 0; from < trials.size(); from += perEntry) {
            List<String> words = new ArrayList<>(
                    List.of("sweep", "run", loaded.directory().root().toString()));
            for (Trial trial : trials.subList(from, Math.min(trials.size(), from + perEntry))) {
                words.add("--trial");
                words.add(trial.name());
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("application_args", words);
            entries.add(entry);
        }
        return JsonText.compact(entries) + "\n";
    }
}
