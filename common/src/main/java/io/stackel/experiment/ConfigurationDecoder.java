package io.stackel.experiment;

import io.stackel.algorithm.MisfitException;
import io.stackel.experiment.Tree.Entry;
import io.stackel.problem.Parameter.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decodes YAML or JSON text into an {@link ExperimentConfiguration}, or into all its mistakes at once.
 *
 * <p>Format: YAML 1.2 with the scalars of the core schema; tags, anchors, aliases, duplicate keys and several documents
 * are refused, as is text above 1,000,000 bytes, 20 levels or 10,000 values.
 */
public final class ConfigurationDecoder {

    private final Vocabulary vocabulary;
    private final boolean recorded;

    /** Accepts the names of {@code vocabulary} and refuses all others. */
    public ConfigurationDecoder(Vocabulary vocabulary) {
        this(vocabulary, false);
    }

    private ConfigurationDecoder(Vocabulary vocabulary, boolean recorded) {
        this.vocabulary = vocabulary;
        this.recorded = recorded;
    }

    /**
     * A decoder for resolved configurations that a run or a sweep recorded, perhaps with an older version: a key that such a
     * record lacks is what its absence means ({@link io.stackel.problem.Parameter#meaningOfAbsence}), not what its default
     * is today, and a key that is not known any more is passed over.
     */
    public ConfigurationDecoder ofRecords() {
        return new ConfigurationDecoder(vocabulary, true);
    }

    /**
     * Decodes {@code text}.
     *
     * @param source name of the configuration for messages
     * @param text UTF-8
     * @param overrides {@code key=value} or {@code section.key=value}, later ones win
     * @throws ConfigurationException with every mistake
     */
    public ExperimentConfiguration decode(String source, byte[] text, List<String> overrides) {
        List<Mistake> mistakes = new ArrayList<>();
        Tree.Section given = ConfigurationReader.read(source, text, mistakes);
        boolean readable = mistakes.isEmpty() || !given.entries().isEmpty();
        Tree.Section top = withOverrides(given, overrides, mistakes);
        SortedMap<String, ResolvedKey> resolved = new TreeMap<>();
        if (readable) {
            decodeTop(top, resolved, mistakes);
        }
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.comparingInt((Mistake mistake) -> overridden(mistake, source))
                    .thenComparingInt(mistake -> mistake.position().line())
                    .thenComparingInt(mistake -> mistake.position().column()));
            throw new ConfigurationException(source, mistakes);
        }
        return new ExperimentConfiguration(resolved);
    }

    private static Tree.Section withOverrides(Tree.Section given, List<String> overrides, List<Mistake> mistakes) {
        Tree.Section top = given;
        for (String override : overrides) {
            top = ConfigurationOverride.apply(top, override, mistakes);
        }
        return top;
    }

    /**
     * The exception for a mistake that shows only when the parts are put together: as one of {@link #decode}, it gives
     * the line of its key or, if that has its default, of its section.
     *
     * @param source as it was decoded
     * @param text as it was decoded
     * @param overrides as they were decoded
     */
    public static ConfigurationException misfit(
            String source, byte[] text, List<String> overrides, MisfitException misfit) {
        List<Mistake> none = new ArrayList<>();
        Tree.Section top = withOverrides(ConfigurationReader.read(source, text, none), overrides, none);
        int dot = misfit.key().indexOf('.');
        Optional<Entry> section = top.entry(misfit.key().substring(0, dot));
        Position position = section.map(Entry::value)
                .filter(Tree.Section.class::isInstance)
                .flatMap(tree -> ((Tree.Section) tree).entry(misfit.key().substring(dot + 1)))
                .or(() -> section)
                .map(Entry::position)
                .orElse(top.position());
        return new ConfigurationException(source, List.of(Mistake.of(position, misfit.key(), misfit.getMessage())));
    }

    private static int overridden(Mistake mistake, String source) {
        return mistake.position().source().equals(source) ? 0 : 1;
    }

    private void decodeTop(Tree.Section top, SortedMap<String, ResolvedKey> resolved, List<Mistake> mistakes) {
        decode("", top, FixedSections.TOP, FixedSections.allSections(), resolved, mistakes);
        decodeProblem(section(top, "problem", mistakes), resolved, mistakes);
        if (decodesTrajectories(top, "policy", mistakes)) {
            decodeNamed("policy", section(top, "policy", mistakes), vocabulary.policies(), resolved, mistakes);
        }
        decodeNamed("algorithm", section(top, "algorithm", mistakes), vocabulary.algorithms(), resolved, mistakes);
        FixedSections.SECTIONS.forEach((name, keys) -> {
            if (!name.equals(FixedSections.SAMPLING_NAME) || decodesTrajectories(top, name, mistakes)) {
                section(top, name, mistakes)
                        .ifPresent(section -> decode(name, section, keys, List.of(), resolved, mistakes));
            }
        });
    }

    /**
     * Whether a section that only problems of trajectories have is to be decoded: not for a problem with data, where it is
     * a mistake, and only where it is given for a problem from a file, whose kind is not known here.
     */
    private boolean decodesTrajectories(Tree.Section top, String name, List<Mistake> mistakes) {
        Optional<Tree.Section> problem = top.entry("problem")
                .map(Entry::value)
                .filter(Tree.Section.class::isInstance)
                .map(Tree.Section.class::cast);
        Optional<Entry> entry = top.entry(name);
        if (problem.flatMap(section -> section.entry("file")).isPresent()) {
            return entry.isPresent();
        }
        Optional<String> data = problem.flatMap(section -> section.entry("name"))
                .map(Entry::value)
                .filter(Tree.Scalar.class::isInstance)
                .map(tree -> ((Tree.Scalar) tree).value().text())
                .filter(one -> vocabulary.dataProblems().contains(one));
        if (data.isPresent() && entry.isPresent()) {
            mistakes.add(Mistake.of(
                    entry.get().position(),
                    name,
                    name + " must be left out: problem " + data.get() + " fits a model to data"));
        }
        return data.isEmpty();
    }

    /** The section of that name, at its key's position; an empty one if it is missing, nothing if it is no section. */
    private static Optional<Tree.Section> section(Tree.Section top, String name, List<Mistake> mistakes) {
        Optional<Entry> entry = top.entry(name);
        if (entry.isEmpty()) {
            return Optional.of(new Tree.Section(top.position(), Map.of()));
        }
        Position position = entry.get().position();
        Tree tree = entry.get().value();
        if (tree instanceof Tree.Section section) {
            return Optional.of(new Tree.Section(position, section.entries()));
        }
        if (tree instanceof Tree.Scalar scalar && scalar.value().kind() == CoreScalar.Kind.NOTHING) {
            return Optional.of(new Tree.Section(position, Map.of()));
        }
        mistakes.add(Mistake.of(tree.position(), name, name + " must be a section of keys, but was " + tree.shown()));
        return Optional.empty();
    }

    private void decodeProblem(
            Optional<Tree.Section> problem, SortedMap<String, ResolvedKey> resolved, List<Mistake> mistakes) {
        Optional<Entry> file = problem.flatMap(section -> section.entry("file"));
        if (file.isEmpty()) {
            decodeNamed("problem", problem, vocabulary.problems(), resolved, mistakes);
            return;
        }
        Tree.Section section = problem.orElseThrow();
        section.entry("name")
                .ifPresent(name -> mistakes.add(Mistake.of(
                        name.position(), "problem.name", "problem.name contradicts problem.file: give one of them")));
        Tree uri = file.get().value();
        if (uri instanceof Tree.Scalar scalar
                && scalar.value().kind() == CoreScalar.Kind.TEXT
                && !scalar.value().text().isBlank()) {
            resolved.put("problem.file", new ResolvedKey(scalar.value().text(), Effect.CONTENT));
        } else {
            mistakes.add(Mistake.of(
                    uri.position(), "problem.file", "problem.file must be a URI or path, but was " + uri.shown()));
        }
        decode("problem", section, vocabulary.problemFile(), List.of("name", "file"), resolved, mistakes);
    }

    private void decode(
            String path,
            Tree.Section section,
            SectionKeys keys,
            List<String> elsewhere,
            SortedMap<String, ResolvedKey> resolved,
            List<Mistake> mistakes) {
        new SectionDecoder(path, section, keys, recorded, mistakes).decode(elsewhere, resolved);
    }

    private void decodeNamed(
            String path,
            Optional<Tree.Section> section,
            SortedMap<String, SectionKeys> names,
            SortedMap<String, ResolvedKey> resolved,
            List<Mistake> mistakes) {
        if (section.isEmpty()) {
            return;
        }
        String key = path + ".name";
        List<String> allowed = List.copyOf(names.keySet());
        Optional<Entry> entry = section.get().entry("name");
        if (entry.isEmpty()) {
            String rule = key + " must be given, but is missing";
            mistakes.add(new Mistake(section.get().position(), key, rule, Optional.empty(), allowed));
            return;
        }
        Tree tree = entry.get().value();
        String name = tree instanceof Tree.Scalar scalar ? scalar.value().text() : "";
        if (!names.containsKey(name)) {
            String rule = key + " must be a known name, but was " + tree.shown();
            mistakes.add(Mistake.ofWord(tree.position(), key, rule, name, allowed));
            return;
        }
        resolved.put(key, new ResolvedKey(name, Effect.IDENTITY));
        decode(path, section.get(), names.get(name), List.of("name"), resolved, mistakes);
    }
}
