package io.stackel.cli;

import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationDifference;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.run.LoadedExperiment;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.Trial;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Compares the plan of a sweep with one that an older version, with fewer keys, wrote: the same trials have other names and
 * identities in it.
 *
 * @param decoder of configurations
 */
record EarlierPlan(ConfigurationDecoder decoder) {

    /** Whether a plan that is there has the trials of one that was made now. */
    boolean isSame(SweepPlan there, SweepPlan now) {
        if (there.equals(now)) {
            return true;
        }
        boolean alike = there.name().equals(now.name())
                && there.axes().equals(now.axes())
                && there.requirements().equals(now.requirements())
                && there.references().equals(now.references())
                && there.duplicates().size() == now.duplicates().size()
                && there.trials().size() == now.trials().size();
        for (int i = 0; alike && i < now.trials().size(); i++) {
            alike = isSame(there.trials().get(i), now.trials().get(i));
        }
        return alike;
    }

    private boolean isSame(Trial there, Trial now) {
        if (there.seed() != now.seed() || !there.axes().equals(now.axes())) {
            return false;
        }
        try {
            LoadedExperiment.Located recorded = LoadedExperiment.Located.of(text(there), decoder.ofRecords());
            ExperimentConfiguration wanted = text(now).decode(decoder, List.of());
            return recorded.identity().sha256().equals(there.identity())
                    && ConfigurationDifference.between(recorded.configuration(), wanted)
                            .isEmpty();
        } catch (ConfigurationException otherKeys) {
            return false;
        }
    }

    private static LoadedExperiment.Text text(Trial trial) {
        return new LoadedExperiment.Text(
                trial.name(), trial.configuration().getBytes(StandardCharsets.UTF_8), List.of());
    }
}
