package io.stackel.experiment;

import io.stackel.algorithm.MisfitException;
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
        if (SweepDecoder.isSweep(given)) {
            throw ConfigurationException.at(
                    given.at(SweepDecoder.CONFIGURATION),
                    "this is a sweep, not a configuration; run it with 'stackel sweep run', or give the configuration that it"
                            + " names here");
        }
        boolean readable = mistakes.isEmpty() || !given.entries().isEmpty();
        Decoding decoding = new Decoding(withOverrides(given, overrides, mistakes), mistakes);
        if (readable) {
            decoding.decode();
        }
        if (!mistakes.isEmpty()) {
            mistakes.replaceAll(mistake -> keptBesideName(mistake, overrides));
            mistakes.sort(Comparator.comparing(
                            (Mistake mistake) -> !mistake.position().source().equals(source))
                    .thenComparingInt(mistake -> mistake.position().line())
                    .thenComparingInt(mistake -> mistake.position().column()));
            throw new ConfigurationException(source, mistakes);
        }
        return new ExperimentConfiguration(decoding.resolved);
    }

    /** A key of the file that does not go with the name that an override gives its section. */
    private static Mistake keptBesideName(Mistake mistake, List<String> overrides) {
        int dot = mistake.key().indexOf('.');
        String section = dot < 0 ? "" : mistake.key().substring(0, dot);
        String naming = section + ".name=";
        boolean kept = FixedSections.NAMED.contains(section) && mistake.rule().endsWith(SectionDecoder.NO_KEY);
        return overrides.stream()
                .filter(override -> kept && override.startsWith(naming))
                .reduce((earlier, later) -> later)
                .map(override -> new Mistake(
                        mistake.position(),
                        mistake.key(),
                        mistake.rule() + " of " + override.substring(naming.length())
                                + ", and --set " + override + " keeps the other keys of the section; use --set '"
                                + section
                                + "={name: " + override.substring(naming.length()) + "}' to replace it as a whole",
                        Optional.empty(),
                        mistake.allowed()))
                .orElse(mistake);
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
        String[] key = misfit.key().split("\\.", 2);
        Position position = top.value(key[0])
                .flatMap(Tree::section)
                .filter(section -> section.value(key[1]).isPresent())
                .map(section -> section.at(key[1]))
                .orElseGet(() -> top.at(key[0]));
        return new ConfigurationException(source, List.of(Mistake.of(position, misfit.key(), misfit.getMessage())));
    }

    /** The decoding of one configuration, by one thread. */
    private final class Decoding {

        private final Tree.Section top;
        private final List<Mistake> mistakes;
        private final SortedMap<String, ResolvedKey> resolved = new TreeMap<>();

        /** Decodes {@code top}; {@code mistakes} receives what is wrong. */
        Decoding(Tree.Section top, List<Mistake> mistakes) {
            this.top = top;
            this.mistakes = mistakes;
        }

        void decode() {
            decode("", top, FixedSections.TOP, FixedSections.allSections());
            section("problem").ifPresent(this::decodeProblem);
            if (hasTrajectories("policy")) {
                section("policy").ifPresent(section -> decodeNamed("policy", section, vocabulary.policies()));
            }
            section("algorithm").ifPresent(section -> decodeNamed("algorithm", section, vocabulary.algorithms()));
            FixedSections.SECTIONS.forEach((name, keys) -> {
                if (!name.equals(FixedSections.SAMPLING_NAME) || hasTrajectories(name)) {
                    section(name).ifPresent(section -> decode(name, section, keys, List.of()));
                }
            });
        }

        /**
         * Whether a section that only problems of trajectories have is to be decoded: not for a problem with data, where it is
         * a mistake, and only where it is given for a problem from a file, whose kind is not known here.
         */
        private boolean hasTrajectories(String name) {
            boolean given = top.value(name).isPresent();
            Optional<Tree.Section> problem = top.value("problem").flatMap(Tree::section);
            if (problem.flatMap(section -> section.value("file")).isPresent()) {
                return given;
            }
            Optional<String> data = problem.flatMap(section -> section.value("name"))
                    .flatMap(Tree::scalar)
                    .map(CoreScalar::text)
                    .filter(one -> vocabulary.dataProblems().contains(one));
            if (data.isPresent() && given) {
                String rule = name + " must be left out: problem " + data.get() + " fits a model to data";
                mistakes.add(Mistake.of(top.at(name), name, rule));
            }
            return data.isEmpty();
        }

        /** The section of that name, at its key's position; an empty one if it is missing, nothing if it is no section. */
        private Optional<Tree.Section> section(String name) {
            Optional<Tree> wrong = top.value(name).filter(tree -> tree.section().isEmpty() && !tree.isNothing());
            if (wrong.isPresent()) {
                String rule = name + " must be a section of keys, but was "
                        + wrong.get().shown();
                mistakes.add(Mistake.of(wrong.get().position(), name, rule));
                return Optional.empty();
            }
            Optional<Tree.Section> section = top.value(name).flatMap(Tree::section);
            return Optional.of(new Tree.Section(
                    top.at(name), section.map(Tree.Section::entries).orElse(Map.of())));
        }

        private void decodeProblem(Tree.Section section) {
            Optional<Tree> file = section.value("file");
            if (file.isEmpty()) {
                decodeNamed("problem", section, vocabulary.problems());
                return;
            }
            if (section.value("name").isPresent()) {
                String rule = "problem.name contradicts problem.file: give one of them";
                mistakes.add(Mistake.of(section.at("name"), "problem.name", rule));
            }
            file.get()
                    .scalar()
                    .filter(scalar -> scalar.kind() == CoreScalar.Kind.TEXT
                            && !scalar.text().isBlank())
                    .ifPresentOrElse(
                            uri -> resolved.put("problem.file", new ResolvedKey(uri.text(), Effect.CONTENT)),
                            () -> mistakes.add(Mistake.of(
                                    file.get().position(),
                                    "problem.file",
                                    "problem.file must be a URI or path, but was "
                                            + file.get().shown())));
            decode("problem", section, SectionKeys.of(List.of()), List.of("name", "file"));
        }

        private void decodeNamed(String path, Tree.Section section, SortedMap<String, SectionKeys> names) {
            String key = path + ".name";
            List<String> allowed = List.copyOf(names.keySet());
            Optional<Tree> given = section.value("name");
            if (given.isEmpty()) {
                String rule = key + " must be given, but is missing";
                mistakes.add(new Mistake(section.position(), key, rule, Optional.empty(), allowed));
                return;
            }
            String name = given.get().scalar().map(CoreScalar::text).orElse("");
            if (!names.containsKey(name)) {
                String rule =
                        key + " must be a known name, but was " + given.get().shown();
                mistakes.add(Mistake.ofWord(given.get().position(), key, rule, name, allowed));
                return;
            }
            resolved.put(key, new ResolvedKey(name, Effect.IDENTITY));
            decode(path, section, names.get(name), List.of("name"));
        }

        private void decode(String path, Tree.Section section, SectionKeys keys, List<String> elsewhere) {
            new SectionDecoder(path, section, keys, recorded, mistakes).decode(elsewhere, resolved);
        }
    }
}
