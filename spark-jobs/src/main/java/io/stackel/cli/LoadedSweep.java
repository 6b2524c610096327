package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepDecoder;
import io.stackel.run.CommandFailure;
import io.stackel.run.HadoopSettings;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.LocatedFile;
import io.stackel.run.RunEnvironment;
import io.stackel.store.RunReader;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.SweepPlanner;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Parameters;

/**
 * A sweep that the user named, by its text or by its directory.
 *
 * @param plan what it runs
 * @param directory where it is kept
 */
record LoadedSweep(SweepPlan plan, SweepDirectory directory) {

    /** The sweep that a command looks at. */
    static final class Argument {

        @Parameters(
                index = "0",
                paramLabel = "SWEEP",
                description = "The sweep's directory, or its file (.yaml) if the directory is at its default place.")
        private String sweep;

        LoadedSweep read(CommandEnvironment environment) {
            return LoadedSweep.read(sweep, environment);
        }
    }

    /**
     * Opens a sweep; of a text it makes the plan, and writes that into the directory unless it is there.
     *
     * @param location of a text ({@code .yaml}, {@code .yml}) or of a directory
     * @param out directory for a text, if it is not the default
     * @param singleWriter as of {@code run}
     */
    static LoadedSweep open(
            String location, Optional<String> out, boolean singleWriter, CommandEnvironment environment) {
        if (!isText(location)) {
            if (out.isPresent()) {
                throw CommandFailure.usage(
                        "--out is for a text that becomes a sweep, but " + location + " is a directory");
            }
            SweepDirectory directory =
                    new SweepDirectory(Stores.open(Stores.uri(location), new HadoopSettings(), singleWriter));
            return new LoadedSweep(planOf(directory), directory);
        }
        return written(plan(location, RunEnvironment.loader()), out, singleWriter, environment);
    }

    /** A sweep whose plan stands in its directory, written now if neither it nor that of an older version was there. */
    static LoadedSweep written(
            SweepPlan plan, Optional<String> out, boolean singleWriter, CommandEnvironment environment) {
        URI root = out.map(Stores::uri).orElseGet(() -> defaultPlace(plan, environment));
        SweepDirectory directory = new SweepDirectory(Stores.open(root, new HadoopSettings(), singleWriter));
        Optional<SweepPlan> there = directory.plan().filter(found -> isSame(found, plan, RunEnvironment.loader()));
        if (there.isPresent()) {
            return new LoadedSweep(there.get(), directory);
        }
        try {
            directory.write(plan);
        } catch (IllegalArgumentException another) {
            throw CommandFailure.usage(another.getMessage(), another);
        }
        return new LoadedSweep(plan, directory);
    }

    /** A sweep whose directory is there, for a reader. */
    static LoadedSweep read(String location, CommandEnvironment environment) {
        URI root = isText(location)
                ? defaultPlace(plan(location, RunEnvironment.loader()), environment)
                : Stores.uri(location);
        SweepDirectory directory = new SweepDirectory(Stores.openForReading(root, new HadoopSettings()));
        return new LoadedSweep(planOf(directory), directory);
    }

    /** The runs at a place: of a sweep those of its trials that have begun, else the place itself. */
    static List<URI> runsAt(URI place) {
        SweepDirectory directory = new SweepDirectory(Stores.openForReading(place, new HadoopSettings()));
        return directory
                .plan()
                .map(plan -> plan.trials().stream()
                        .map(directory::trial)
                        .filter(trial -> RunReader.find(Stores.openForReading(trial, new HadoopSettings()))
                                .isPresent())
                        .toList())
                .orElse(List.of(place));
    }

    private static URI defaultPlace(SweepPlan plan, CommandEnvironment environment) {
        return new DefaultPlace(Path.of("sweeps"), plan.name(), plan.directoryName())
                .find(
                        place -> isThere(place, plan, RunEnvironment.loader()),
                        notice -> environment.tell("notice: " + notice));
    }

    private static boolean isThere(URI place, SweepPlan plan, ClassLoader loader) {
        try {
            return new SweepDirectory(Stores.openForReading(place, new HadoopSettings()))
                    .plan()
                    .filter(found -> isSame(found, plan, loader))
                    .isPresent();
        } catch (IllegalArgumentException | UncheckedIOException | StorageException damaged) {
            return false;
        }
    }

    private static boolean isSame(SweepPlan there, SweepPlan now, ClassLoader loader) {
        ConfigurationDecoder decoder =
                new ConfigurationDecoder(Catalogue.load(loader).vocabulary());
        return new EarlierPlan(decoder).isSame(there, now);
    }

    /**
     * The same sweep with some of its trials alone.
     *
     * @param names of trials; none for all
     */
    LoadedSweep only(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<Trial> trials = plan.trials().stream()
                .filter(trial -> names.contains(trial.name()))
                .toList();
        Set<String> unknown = new TreeSet<>(names);
        trials.forEach(trial -> unknown.remove(trial.name()));
        if (!unknown.isEmpty()) {
            throw CommandFailure.usage("--trial must be a trial of the plan, but was " + String.join(", ", unknown)
                    + "; 'stackel sweep status --json' lists them");
        }
        return new LoadedSweep(
                new SweepPlan(
                        plan.name(), plan.axes(), plan.requirements(), plan.references(), trials, plan.duplicates()),
                directory);
    }

    /** How its trials stand now. */
    SweepStatus status() {
        return SweepStatus.of(plan, directory, place -> Stores.openForReading(place, new HadoopSettings()));
    }

    private static boolean isText(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    private static SweepPlan planOf(SweepDirectory directory) {
        return directory
                .plan()
                .orElseThrow(() -> CommandFailure.usage("there is no sweep at " + directory.root()
                        + " (no plan.json); make one with 'stackel sweep plan FILE.yaml'"));
    }

    /** Reads and plans the sweep at a location. */
    static SweepPlan plan(String location, ClassLoader loader) {
        SweepConfiguration sweep = SweepDecoder.decode(location, InputFile.read(location, "sweep"));
        return plan(location, sweep, LocatedFile.besideSweep(location, sweep.configuration()), loader);
    }

    /**
     * Plans a sweep that has been read.
     *
     * @param location of which the sweep came, for messages
     * @param shared configuration of all trials
     */
    static SweepPlan plan(String location, SweepConfiguration sweep, LocatedFile shared, ClassLoader loader) {
        ConfigurationDecoder decoder =
                new ConfigurationDecoder(Catalogue.load(loader).vocabulary());
        try {
            return SweepPlanner.plan(sweep, point -> {
                LoadedExperiment.Text text =
                        new LoadedExperiment.Text(shared.uri().toString(), shared.content(), point.overrides());
                LoadedExperiment.Located run = LoadedExperiment.Located.of(text, decoder);
                return new Trial(
                        run.identity().runName(run.configuration().name()),
                        run.identity().sha256(),
                        point.seed(),
                        point.labels(),
                        run.configuration().resolvedJson());
            });
        } catch (IllegalArgumentException unfit) {
            throw CommandFailure.usage(location + ": " + unfit.getMessage(), unfit);
        }
    }
}
