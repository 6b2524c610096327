package io.stackel.bench;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row of a table: an experiment's file with another algorithm and other settings. */
final class Variant {

    private static final Catalogue CATALOGUE = Catalogue.load(Variant.class.getClassLoader());

    private Variant() {}

    /**
     * The experiment of a file's text with another algorithm line.
     *
     * @param name what errors call the file
     * @param variant the algorithm, and behind it settings of this row alone: <code>{name: counted} lower.units=50</code>
     * @param overrides settings of all rows, {@code key=value}; those of the row win
     */
    static Experiment of(String name, String text, String variant, List<String> overrides) {
        int end = variant.lastIndexOf('}') + 1;
        List<String> all = new ArrayList<>(overrides);
        for (String override : variant.substring(end).split(" ", -1)) {
            if (!override.isEmpty()) {
                all.add(override);
            }
        }
        byte[] chosen = text.replaceAll("(?m)^algorithm: .*$", "algorithm: " + variant.substring(0, end))
                .getBytes(StandardCharsets.UTF_8);
        return Experiment.of(
                new ConfigurationDecoder(CATALOGUE.vocabulary()).decode(name, chosen, all), CATALOGUE, Optional.empty());
    }
}
