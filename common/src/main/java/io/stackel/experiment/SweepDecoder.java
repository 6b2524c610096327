package io.stackel.experiment;

import io.stackel.experiment.SweepConfiguration.Axis;
import io.stackel.experiment.SweepConfiguration.Choice;
import io.stackel.experiment.SweepConfiguration.Exclusion;
import io.stackel.experiment.SweepConfiguration.Reference;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.experiment.Tree.Entry;
import io.stackel.problem.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Decodes a sweep, whose keys {@link SweepKeys} declares.
 *
 * <p>All mistakes are reported at once. Whether a key exists is found when the trials are planned.
 */
public final class SweepDecoder {

    /** The key that sweeps have and configurations do not. */
    static final String CONFIGURATION = "configuration";

    private static final Pattern SEEDS = Pattern.compile(SweepKeys.SEEDS);

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
        if (top.value("problem").isPresent() && !isSweep(top)) {
            throw ConfigurationException.at(
                    top.at("problem"),
                    "this is a configuration, not a sweep; run it with 'stackel run', or write a sweep that names it with"
                            + " 'configuration: FILE'");
        }
        Settings settings = reader.settings("", top, SweepKeys.TOP, SweepKeys.structured());
        List<Axis> grid = new ArrayList<>();
        reader.section(top, "grid")
                .entries()
                .forEach((key, entry) -> axis(key, entry).ifPresent(grid::add));
        SweepConfiguration sweep = new SweepConfiguration(
                settings.has("name") ? settings.text("name") : "",
                settings.has("configuration") ? settings.text("configuration") : "",
                overrides(reader.section(top, "set")),
                seeds(top),
                grid,
                new RandomAxesDecoder(reader).decode(reader.section(top, "random")),
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

    /** Whether a text is a sweep by its keys: it names a configuration, and no problem itself. */
    static boolean isSweep(Tree.Section top) {
        return top.value(CONFIGURATION).isPresent() && top.value("problem").isEmpty();
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
            trials = Math.min(trials * axis.choices().size(), Long.MAX_VALUE / SweepKeys.MOST_TRIALS / 10);
        }
        if (trials * sweep.seeds().size() > SweepKeys.MOST_TRIALS) {
            reader.broken(
                    top,
                    "grid",
                    "must make at most " + SweepKeys.MOST_TRIALS + " trials with draws and seeds, but makes more");
        }
    }

    private Optional<Axis> axis(String key, Entry entry) {
        String path = "grid." + key;
        if (!(entry.value() instanceof Tree.Sequence list) || list.items().isEmpty()) {
            String shown = entry.value().shown();
            mistakes.add(Mistake.of(
                    entry.position(), path, path + " must be a list of at least one value, but was " + shown));
            return Optional.empty();
        }
        Map<String, Choice> choices = new LinkedHashMap<>();
        for (Tree item : list.items()) {
            Choice choice = choice(key, item);
            if (choices.put(choice.label(), choice) != null) {
                mistakes.add(Mistake.of(item.position(), path, path + " has the value " + choice.label() + " twice"));
            }
        }
        return Optional.of(new Axis(key, List.copyOf(choices.values())));
    }

    private static Choice choice(String key, Tree item) {
        Optional<Tree.Section> linked = item.section().filter(section -> !isValue(section));
        return new Choice(
                item.section().map(SweepDecoder::label).orElseGet(item::text),
                linked.map(SweepDecoder::overrides).orElseGet(() -> List.of(key + "=" + item.text())));
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
                .map(entry -> entry.value().text())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> overrides(Tree.Section section) {
        return section.entries().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().value().text())
                .toList();
    }

    private List<Long> seeds(Tree.Section top) {
        Optional<Tree> given = top.value("seeds");
        if (given.isEmpty()) {
            return List.of(0L);
        }
        List<Long> seeds = seeds(given.get());
        if (seeds.isEmpty()) {
            reader.broken(
                    top,
                    "seeds",
                    "must be a range as 0..9 or a list of different whole numbers, but was "
                            + given.get().shown());
        }
        return seeds;
    }

    /** Different seeds, none if they are not well-formed. */
    private static List<Long> seeds(Tree given) {
        Matcher range = SEEDS.matcher(given.scalar().map(CoreScalar::text).orElse(""));
        if (range.matches()) {
            long first = Long.parseLong(range.group(1));
            long last = Long.parseLong(range.group(2));
            boolean few = first <= last && last - first < SweepKeys.MOST_TRIALS;
            return few ? LongStream.rangeClosed(first, last).boxed().toList() : List.of();
        }
        List<Tree> items = given instanceof Tree.Sequence list ? list.items() : List.of(given);
        List<Long> seeds = items.stream()
                .flatMapToLong(item -> item.whole().stream())
                .distinct()
                .boxed()
                .toList();
        return seeds.size() == items.size() ? seeds : List.of();
    }

    private List<Exclusion> excluded(Tree.Section top, List<Axis> grid) {
        return sections(top, "exclude").stream()
                .map(section -> new Exclusion(labels("exclude", section, grid, name -> false)))
                .toList();
    }

    private List<Reference> references(Tree.Section top, List<Axis> grid) {
        List<String> names = grid.stream().map(Axis::name).toList();
        List<Reference> references = new ArrayList<>();
        for (Tree.Section section : sections(top, "reference")) {
            SortedMap<String, Double> values = new TreeMap<>();
            Map<String, String> labels = labels("reference", section, grid, name -> {
                if (!names.contains(name)) {
                    reader.real(section, "reference", name).ifPresent(value -> values.put(name, value));
                }
                return !names.contains(name);
            });
            references.add(new Reference(labels, values));
        }
        return references;
    }

    /** The labels that a section gives of axes, which must be in the grid, but for keys that are read elsewhere. */
    private Map<String, String> labels(String key, Tree.Section section, List<Axis> grid, Predicate<String> elsewhere) {
        Map<String, String> labels = new LinkedHashMap<>();
        section.entries().forEach((name, entry) -> {
            if (!elsewhere.test(name)) {
                labels.put(name, entry.value().text());
                requireChoice(key, grid, name, entry);
            }
        });
        return labels;
    }

    private void requireChoice(String key, List<Axis> grid, String name, Entry entry) {
        Optional<Axis> axis =
                grid.stream().filter(one -> one.name().equals(name)).findFirst();
        if (axis.isEmpty()) {
            List<String> names = grid.stream().map(Axis::name).toList();
            String rule = key + " has the axis " + name + ", which is not in grid";
            mistakes.add(Mistake.ofWord(entry.position(), key, rule, name, names));
            return;
        }
        List<String> labels = axis.get().choices().stream().map(Choice::label).toList();
        String label = entry.value().text();
        if (!labels.contains(label)) {
            String rule = key + " has the value " + label + " of " + name + ", which grid does not have";
            mistakes.add(new Mistake(entry.position(), key, rule, Optional.empty(), labels));
        }
    }

    /** The items of a list of sections that may be missing. */
    private List<Tree.Section> sections(Tree.Section top, String key) {
        Optional<Tree> given = top.value(key);
        List<Tree> items = given.isPresent() && given.get() instanceof Tree.Sequence list
                ? list.items()
                : given.stream().toList();
        List<Tree.Section> sections = new ArrayList<>();
        for (Tree item : items) {
            item.section()
                    .filter(section -> !section.entries().isEmpty())
                    .ifPresentOrElse(
                            sections::add,
                            () -> mistakes.add(Mistake.of(
                                    item.position(),
                                    key,
                                    key + " must be a list of sections, but has " + item.shown())));
        }
        return sections;
    }

    private Requirements requirements(Tree.Section section) {
        Settings settings = reader.settings("require", section, SweepKeys.REQUIRE, List.of());
        double share = settings.optionalReal("completeShare").orElse(0);
        return new Requirements(settings.optionalReal("lowerGap"), share);
    }
}
