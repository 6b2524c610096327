package io.stackel.lab;

import io.stackel.experiment.Experiment;
import io.stackel.experiment.JsonText;
import io.stackel.math.Sha256;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a study.
 *
 * @param scheme its name
 * @param epsilon the mean squared stationarity gap at which it ends
 * @param overrides of the study's configuration
 * @param seed of the run
 * @param cap environment steps after which it is given up
 */
public record Cell(String scheme, double epsilon, List<String> overrides, long seed, long cap) implements Serializable {

    private static final int SHOWN = 12;

    public Cell {
        // A list that Java serialises.
        overrides = new ArrayList<>(overrides);
    }

    static Cell of(Scheme scheme, double epsilon, double ratio, Constants constants, long seed, long cap) {
        List<String> overrides = new ArrayList<>(scheme.at(constants, ratio));
        overrides.add("upper.units=" + Scheme.units(constants, ratio, scheme.unitsPower()));
        overrides.add("upper.stepSize=" + JsonText.text(constants.stepSize()));
        overrides.add("seed=" + seed);
        return new Cell(scheme.name(), epsilon, overrides, seed, cap);
    }

    /** The name of its file in a study of a configuration: the scheme and 12 digits of the hash of all that it is. */
    String name(String configuration) {
        String all = Experiment.NUMERICS_VERSION + "\n" + configuration + "\n" + String.join("\n", overrides) + "\n"
                + JsonText.text(epsilon) + "\n" + cap;
        return scheme + "-" + Sha256.of(all).substring(0, SHOWN);
    }
}
