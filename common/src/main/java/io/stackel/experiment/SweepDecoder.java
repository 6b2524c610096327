package io.stackel.experiment;

import io.stackel.experiment.SweepConfiguration.Axis;
import io.stackel.experiment.SweepConfiguration.Choice;
import io.stackel.experiment.SweepConfiguration.Exclusion;
import io.stackel.experiment.SweepConfiguration.Reference;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.experiment.Tree.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Decodes a sweep:
 *
 * <pre>
 *   format: 1
 *   name: four-rooms
 *   configuration: ../experiments/four-rooms.yaml
 *   set: {stop.iterations: 500}
 *   seeds: 0..4
 *   grid:
 *     problem.costWeight: [1, 3, 5]
 *     weight:                                 # one axis of several keys, with a name of your own
 *       - {problem.entropyWeight: 0.001, algorithm.sigma: 0.001}
 *       - {problem.entropyWeight: 0.003, algorithm.sigma: 0.003}
 *     algorithm: [{name: first-order, sigma: 0.001}, {name: independent}]      # whole sections
 *   random:
 *     draws: 8
 *     upper.stepSize: {low: 0.1, high: 10, scale: log}
 *   exclude:
 *     - {problem.costWeight: 5, weight: 0.001}
 *   require: {lowerGap: 0.001, completeShare: 0.9}
 *   reference:                                # upper objectives of others, beside the cells in a report
 *     - {problem.costWeight: 1, weight: 0.001, HPGD: -0.91}
 * </pre>
 *
 * <p>All mistakes are reported at once. Whether a key exists is found when the trials are planned.
 */
public final class SweepDecoder {

    /** More trials are a mistake in the axes. */
    private static final long MOST_TRIALS = 100_000;

    private static final List<String> KEYS = List.of(
            "format", "name", "configuration", "set", "seeds", "grid", "random", "exclude", "require", "reference");
    private static final Pattern SEEDS = Pattern.compile("(-?[0-9]{1,18})\\.\\.(-?[0-9]{1,18})");

    private final String source;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final SectionReader reader = new SectionReader(mistakes);

    private SweepDecoder(String source) {
        this.source = source;
    }

    /**
     * Decodes the text of a sweep.
     *
     * @param source name of the text, for messages
     * @param text UTF-8
     * @throws ConfigurationException with every mistake
     */
    public static SweepConfiguration decode(String source, byte[] text) {
        return new SweepDecoder(source).decode(text);
    }

    /**
     * Decodes seeds alone, a range as {@code 0..9} or a list as {@code [1, 5]}.
     *
     * @throws ConfigurationException if they are neither
     */
    public static List<Long> seeds(String source, String seeds) {
        SweepDecoder decoder = new SweepDecoder(source);
        byte[] text = ("seeds: " + seeds).getBytes(StandardCharsets.UTF_8);
        List<Long> decoded = decoder.seeds(ConfigurationReader.read(source, text, decoder.mistakes));
        if (!decoder.mistakes.isEmpty()) {
            throw new ConfigurationException(source, decoder.mistakes);
        }
        return decoded;
    }

    private SweepConfiguration decode(byte[] text) {
        Tree.Section top = ConfigurationReader.read(source, text, mistakes);
        reader.requireOnly("", top, KEYS);
        reader.whole(top, "format", 1, 1, OptionalLong.empty());
        String name = reader.word(top, "name");
        if (!name.isEmpty() && !name.matches(FixedSections.NAME_PATTERN)) {
            reader.broken(top, "name", "must be 1 to 64 lower-case letters, digits and hyphens, but was " + name);
        }
        List<Axis> grid = new ArrayList<>();
        reader.section(top, "grid")
                .entries()
                .forEach((key, entry) -> axis(key, entry).ifPresent(grid::add));
        SweepConfiguration sweep = new SweepConfiguration(
                name,
                reader.word(top, "configuration"),
                overrides(reader.section(top, "set")),
                seeds(top),
                grid,
                new RandomAxesDecoder(reader).decode(reader.section(top, "random"), MOST_TRIALS),
                excluded(top, grid),
                requirements(reader.section(top, "require")),
                references(top, grid));
        requireDistinctAxes(top, sweep);
        if (mistakes.isEmpty()) {
            requireFew(top, sweep);
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(source, mistakes);
        }
        return sweep;
    }

    private void requireDistinctAxes(Tree.Section top, SweepConfiguration sweep) {
        List<String> names = sweep.axes();
        if (new TreeSet<>(names).size() < names.size()) {
            reader.broken(top, "random", "must have other keys than grid");
        }
        if (names.contains("seed")) {
            reader.broken(top, "grid", "must not have the key seed: give seeds");
        }
    }

    private void requireFew(Tree.Section top, SweepConfiguration sweep) {
        long trials = Math.max(1, sweep.random().draws());
        for (Axis axis : sweep.grid()) {
            trials = Math.min(trials * axis.choices().size(), Long.MAX_VALUE / MOST_TRIALS / 10);
        }
        if (trials * sweep.seeds().size() > MOST_TRIALS) {
            reader.broken(
                    top, "grid", "must make at most " + MOST_TRIALS + " trials with draws and seeds, but makes more");
        }
    }

    private Optional<Axis> axis(String key, Entry entry) {
        String path = "grid." + key;
        if (!(entry.value() instanceof Tree.Sequence sequence)
                || sequence.items().isEmpty()) {
            mistakes.add(Mistake.of(
                    entry.position(),
                    path,
                    path + " must be a list of at least one value, but was "
                            + entry.value().shown()));
            return Optional.empty();
        }
        Map<String, Choice> choices = new LinkedHashMap<>();
        for (Tree item : sequence.items()) {
            Choice choice = choice(key, item);
            if (choices.put(choice.label(), choice) != null) {
                mistakes.add(Mistake.of(item.position(), path, path + " has the value " + choice.label() + " twice"));
            }
        }
        return Optional.of(new Axis(key, List.copyOf(choices.values())));
    }

    private static Choice choice(String key, Tree item) {
        if (item instanceof Tree.Section section) {
            return new Choice(
                    label(section),
                    isValue(section) ? List.of(key + "=" + SectionReader.text(section)) : overrides(section));
        }
        return new Choice(SectionReader.text(item), List.of(key + "=" + SectionReader.text(item)));
    }

    /** Keys with a full stop are linked keys of the configuration; without any, the section is the value of the axis. */
    private static boolean isValue(Tree.Section section) {
        return section.entries().entrySet().stream()
                .noneMatch(entry ->
                        entry.getKey().contains(".") || entry.getValue().value() instanceof Tree.Section);
    }

    /** The values of linked keys, the same ones once. */
    private static String label(Tree.Section linked) {
        return linked.entries().values().stream()
                .map(entry -> SectionReader.text(entry.value()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> overrides(Tree.Section section) {
        List<String> overrides = new ArrayList<>();
        section.entries().forEach((key, entry) -> overrides.add(key + "=" + SectionReader.text(entry.value())));
        return overrides;
    }

    private List<Long> seeds(Tree.Section top) {
        Optional<Entry> entry = top.entry("seeds");
        if (entry.isEmpty()) {
            return List.of(0L);
        }
        List<Long> seeds = new ArrayList<>();
        if (entry.get().value() instanceof Tree.Scalar scalar) {
            Matcher range = SEEDS.matcher(scalar.value().text());
            if (range.matches()) {
                long first = Long.parseLong(range.group(1));
                long last = Long.parseLong(range.group(2));
                if (first <= last && last - first < MOST_TRIALS) {
                    LongStream.rangeClosed(first, last).forEach(seeds::add);
                }
            } else {
                scalar.value().whole().ifPresent(seeds::add);
            }
        } else if (entry.get().value() instanceof Tree.Sequence list) {
            for (Tree item : list.items()) {
                OptionalLong seed =
                        item instanceof Tree.Scalar scalar ? scalar.value().whole() : OptionalLong.empty();
                if (seed.isEmpty() || seeds.contains(seed.getAsLong())) {
                    seeds.clear();
                    break;
                }
                seeds.add(seed.getAsLong());
            }
        }
        if (seeds.isEmpty()) {
            reader.broken(
                    top,
                    "seeds",
                    "must be a range as 0..9 or a list of different whole numbers, but was "
                            + entry.get().value().shown());
        }
        return seeds;
    }

    private List<Exclusion> excluded(Tree.Section top, List<Axis> grid) {
        List<Exclusion> excluded = new ArrayList<>();
        for (Tree.Section section : sections(top, "exclude")) {
            Map<String, String> labels = new LinkedHashMap<>();
            section.entries().forEach((name, value) -> {
                labels.put(name, SectionReader.text(value.value()));
                requireChoice("exclude", grid, name, value);
            });
            excluded.add(new Exclusion(labels));
        }
        return excluded;
    }

    private void requireChoice(String key, List<Axis> grid, String name, Entry value) {
        List<String> names = grid.stream().map(Axis::name).toList();
        Optional<Axis> axis =
                grid.stream().filter(one -> one.name().equals(name)).findFirst();
        if (axis.isEmpty()) {
            String rule = key + " has the axis " + name + ", which is not in grid";
            mistakes.add(Mistake.ofWord(value.position(), key, rule, name, names));
            return;
        }
        List<String> labels = axis.get().choices().stream().map(Choice::label).toList();
        if (!labels.contains(SectionReader.text(value.value()))) {
            mistakes.add(new Mistake(
                    value.position(),
                    key,
                    key + " has the value " + SectionReader.text(value.value()) + " of " + name
                            + ", which grid does not have",
                    Optional.empty(),
                    labels));
        }
    }

    private List<Reference> references(Tree.Section top, List<Axis> grid) {
        List<Reference> references = new ArrayList<>();
        List<String> names = grid.stream().map(Axis::name).toList();
        for (Tree.Section section : sections(top, "reference")) {
            Map<String, String> labels = new LinkedHashMap<>();
            SortedMap<String, Double> values = new TreeMap<>();
            section.entries().forEach((name, entry) -> {
                if (names.contains(name)) {
                    labels.put(name, SectionReader.text(entry.value()));
                    requireChoice("reference", grid, name, entry);
                } else {
                    reader.real(section, "reference", name).ifPresent(value -> values.put(name, value));
                }
            });
            references.add(new Reference(labels, values));
        }
        return references;
    }

    /** The items of a list of sections that may be missing. */
    private List<Tree.Section> sections(Tree.Section top, String key) {
        Optional<Entry> entry = top.entry(key);
        if (entry.isEmpty()) {
            return List.of();
        }
        List<Tree.Section> sections = new ArrayList<>();
        List<Tree> items = entry.get().value() instanceof Tree.Sequence list
                ? list.items()
                : List.of(entry.get().value());
        for (Tree item : items) {
            if (item instanceof Tree.Section section && !section.entries().isEmpty()) {
                sections.add(section);
            } else {
                mistakes.add(
                        Mistake.of(item.position(), key, key + " must be a list of sections, but has " + item.shown()));
            }
        }
        return sections;
    }

    private Requirements requirements(Tree.Section section) {
        if (section.entries().isEmpty()) {
            return Requirements.NONE;
        }
        reader.requireOnly("require", section, List.of("lowerGap", "completeShare"));
        OptionalDouble gap = section.entry("lowerGap").isPresent()
                ? reader.real(section, "require", "lowerGap")
                : OptionalDouble.empty();
        OptionalDouble share = section.entry("completeShare").isPresent()
                ? reader.real(section, "require", "completeShare")
                : OptionalDouble.of(0);
        if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
            reader.broken(section, "completeShare", "must be in [0, 1], but was " + share.getAsDouble());
        }
        return new Requirements(gap, share.orElse(0));
    }
}
