package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepConfiguration.RandomAxes;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.experiment.SweepDecoder;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.LocatedFile;
import io.stackel.run.RunEnvironment;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepPlan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Several seeds in the place of one, {@code --set seed=0..4}: a sweep of runs that differ in nothing else.
 *
 * @param text the range or the list
 * @param others the overrides beside it
 */
record SeedRange(String text, List<String> others) {

    private static final String KEY = "seed=";
    private static final Pattern SEVERAL = Pattern.compile("seed=\\s*(-?[0-9]+\\.\\.-?[0-9]+|\\[.*])\\s*");

    /** The seeds among overrides, if the last of them that gives a seed gives several. */
    static Optional<SeedRange> of(List<String> overrides) {
        return overrides.stream()
                .filter(one -> one.startsWith(KEY))
                .reduce((earlier, later) -> later)
                .filter(last -> SEVERAL.matcher(last).matches())
                .map(last -> new SeedRange(
                        last.substring(KEY.length()).strip(),
                        overrides.stream().filter(one -> !one.startsWith(KEY)).toList()));
    }

    /** The sweep of a configuration over these seeds, named after it. */
    SweepPlan plan(String configuration) {
        LocatedFile shared = new LocatedFile(Stores.uri(configuration), InputFile.read(configuration, "configuration"));
        String name = LoadedExperiment.Located.of(
                        new LoadedExperiment.Text(shared.uri().toString(), shared.content(), others),
                        new ConfigurationDecoder(
                                Catalogue.load(RunEnvironment.loader()).vocabulary()))
                .configuration()
                .name();
        SweepConfiguration sweep = new SweepConfiguration(
                name,
                configuration,
                others,
                SweepDecoder.seeds("--set seed", text),
                List.of(),
                RandomAxes.NONE,
                List.of(),
                Requirements.NONE,
                List.of());
        return LoadedSweep.plan(configuration, sweep, shared, RunEnvironment.loader());
    }
}
