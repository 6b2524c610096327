package io.stackel.experiment;

import io.stackel.experiment.SweepConfiguration.RandomAxes;
import io.stackel.experiment.SweepConfiguration.RandomAxis;
import io.stackel.experiment.Tree.Entry;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the section {@code random} of a sweep.
 *
 * @param reader receives what is wrong
 */
record RandomAxesDecoder(SectionReader reader) {

    /** The axes of a section, none if it is empty. */
    RandomAxes decode(Tree.Section section) {
        if (section.entries().isEmpty()) {
            return RandomAxes.NONE;
        }
        List<String> drawn = section.entries().keySet().stream()
                .filter(key -> !SweepKeys.RANDOM.names().contains(key))
                .toList();
        Settings settings = reader.settings("random", section, SweepKeys.RANDOM, drawn);
        List<RandomAxis> axes = new ArrayList<>();
        drawn.forEach(key -> axis(key, section.entries().get(key)).ifPresent(axes::add));
        reader.require(
                !drawn.isEmpty(), section.position(), "random", "random must have a key that is drawn, but has none");
        return settings.has("draws") && settings.has("seed")
                ? new RandomAxes(settings.count("draws"), settings.whole("seed"), axes)
                : RandomAxes.NONE;
    }

    private Optional<RandomAxis> axis(String key, Entry entry) {
        String path = "random." + key;
        if (!(entry.value() instanceof Tree.Section section)) {
            String shown = entry.value().shown();
            reader.require(
                    false, entry.position(), path, path + " must be a section with low and high, but was " + shown);
            return Optional.empty();
        }
        Settings axis = reader.settings(path, section, SweepKeys.AXIS, List.of());
        return SweepKeys.AXIS.names().stream().allMatch(axis::has)
                ? Optional.of(new RandomAxis(
                        key,
                        axis.real("low"),
                        axis.real("high"),
                        axis.text("scale").equals("log"),
                        axis.flag("whole")))
                : Optional.empty();
    }
}
