package io.stackel.experiment;

import io.stackel.experiment.SweepConfiguration.RandomAxes;
import io.stackel.experiment.SweepConfiguration.RandomAxis;
import io.stackel.experiment.Tree.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Decodes the section {@code random} of a sweep.
 *
 * @param reader receives what is wrong
 */
record RandomAxesDecoder(SectionReader reader) {

    /**
     * The axes of a section, none if it is empty.
     *
     * @param mostDraws more of them are a mistake
     */
    RandomAxes decode(Tree.Section section, long mostDraws) {
        if (section.entries().isEmpty()) {
            return RandomAxes.NONE;
        }
        int draws = (int) reader.whole(section, "draws", 1, mostDraws, OptionalLong.empty());
        long seed = reader.whole(section, "seed", Long.MIN_VALUE, Long.MAX_VALUE, OptionalLong.of(0));
        List<RandomAxis> axes = new ArrayList<>();
        section.entries().forEach((key, entry) -> {
            if (!key.equals("draws") && !key.equals("seed")) {
                randomAxis(key, entry).ifPresent(axes::add);
            }
        });
        reader.require(
                !axes.isEmpty(), section.position(), "random", "random must have a key that is drawn, but has none");
        return new RandomAxes(draws, seed, axes);
    }

    private Optional<RandomAxis> randomAxis(String key, Entry entry) {
        String path = "random." + key;
        Position at = entry.position();
        if (!(entry.value() instanceof Tree.Section section)) {
            String shown = entry.value().shown();
            reader.require(false, at, path, path + " must be a section with low and high, but was " + shown);
            return Optional.empty();
        }
        reader.requireOnly(path, section, List.of("low", "high", "scale", "whole"));
        OptionalDouble given = reader.real(section, path, "low");
        double high = reader.real(section, path, "high").orElse(Double.NaN);
        String scale = section.value("scale").map(Tree::text).orElse("linear");
        String whole = section.value("whole").map(Tree::text).orElse("false");
        boolean logarithmic = scale.equals("log");
        boolean scaled = reader.require(
                logarithmic || scale.equals("linear"),
                at,
                path,
                path + ".scale must be linear or log, but was " + scale);
        boolean truth = reader.require(
                whole.equals("true") || whole.equals("false"),
                at,
                path,
                path + ".whole must be true or false, but was " + whole);
        if (given.isEmpty() || Double.isNaN(high)) {
            return Optional.empty();
        }
        double low = given.getAsDouble();
        boolean ordered = reader.require(low < high, at, path, path + ".low must be below high, but was " + low);
        boolean positive = reader.require(
                !logarithmic || low > 0, at, path, path + ".low must be above 0 where scale is log, but was " + low);
        return scaled && truth && ordered && positive
                ? Optional.of(new RandomAxis(key, low, high, logarithmic, whole.equals("true")))
                : Optional.empty();
    }
}
