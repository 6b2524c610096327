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
        if (axes.isEmpty()) {
            reader.mistakes()
                    .add(Mistake.of(
                            section.position(), "random", "random must have a key that is drawn, but has none"));
        }
        return new RandomAxes(draws, seed, axes);
    }

    private Optional<RandomAxis> randomAxis(String key, Entry entry) {
        String path = "random." + key;
        if (!(entry.value() instanceof Tree.Section section)) {
            reader.mistakes()
                    .add(Mistake.of(
                            entry.position(),
                            path,
                            path + " must be a section with low and high, but was "
                                    + entry.value().shown()));
            return Optional.empty();
        }
        reader.requireOnly(path, section, List.of("low", "high", "scale", "whole"));
        OptionalDouble low = reader.real(section, path, "low");
        OptionalDouble high = reader.real(section, path, "high");
        String scale = section.entry("scale")
                .map(one -> SectionReader.text(one.value()))
                .orElse("linear");
        String whole = section.entry("whole")
                .map(one -> SectionReader.text(one.value()))
                .orElse("false");
        boolean logarithmic = scale.equals("log");
        List<String> rules = new ArrayList<>();
        if (!logarithmic && !scale.equals("linear")) {
            rules.add(path + ".scale must be linear or log, but was " + scale);
        }
        if (!whole.equals("true") && !whole.equals("false")) {
            rules.add(path + ".whole must be true or false, but was " + whole);
        }
        if (low.isPresent() && high.isPresent()) {
            if (!(low.getAsDouble() < high.getAsDouble())) {
                rules.add(path + ".low must be below high, but was " + low.getAsDouble());
            }
            if (logarithmic && !(low.getAsDouble() > 0)) {
                rules.add(path + ".low must be above 0 where scale is log, but was " + low.getAsDouble());
            }
        }
        rules.forEach(rule -> reader.mistakes().add(Mistake.of(entry.position(), path, rule)));
        return rules.isEmpty() && low.isPresent() && high.isPresent()
                ? Optional.of(
                        new RandomAxis(key, low.getAsDouble(), high.getAsDouble(), logarithmic, whole.equals("true")))
                : Optional.empty();
    }
}
