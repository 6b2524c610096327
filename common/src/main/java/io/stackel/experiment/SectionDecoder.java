package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decodes one section by its declared keys and goes on after every mistake; used by one thread for one section.
 *
 * <p>Values go to {@code resolved} under their dotted paths, mistakes to {@code mistakes}.
 */
final class SectionDecoder {

    /** How the rule of a key ends that the section does not have. */
    static final String NO_KEY = " is not a key";

    private final String path;
    private final Tree.Section section;
    private final SectionKeys keys;
    private final boolean recorded;
    private final List<Mistake> mistakes;
    private final SortedMap<String, Object> values = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();

    /**
     * Decodes {@code section} key by key.
     *
     * @param path the section's name, or nothing for the top level
     * @param recorded whether this is the record of a run, perhaps of an older version: what it lacks is what its absence
     *     means, and what is not known any more is passed over
     */
    SectionDecoder(String path, Tree.Section section, SectionKeys keys, boolean recorded, List<Mistake> mistakes) {
        this.path = path;
        this.section = section;
        this.keys = keys;
        this.recorded = recorded;
        this.mistakes = mistakes;
    }

    /**
     * Decodes the section.
     *
     * @param elsewhere keys of the section that somebody else decodes
     */
    void decode(List<String> elsewhere, SortedMap<String, ResolvedKey> resolved) {
        if (!recorded) {
            findUnknown(elsewhere);
        }
        keys.parameters().forEach(this::decode);
        for (Parameter parameter : keys.parameters()) {
            parameter.forced().ifPresent(forced -> force(parameter, forced));
        }
        checkRules();
        for (Parameter parameter : keys.parameters()) {
            Object value = values.get(parameter.name());
            if (value != null) {
                boolean assumed = recorded && section.value(parameter.name()).isEmpty();
                resolved.put(
                        dotted(parameter.name()),
                        new ResolvedKey(value, parameter.effect(), parameter.meaningOfAbsence(), assumed));
            }
        }
    }

    private String dotted(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void findUnknown(List<String> elsewhere) {
        List<String> known = new ArrayList<>(elsewhere);
        known.addAll(keys.names());
        section.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String shown = dotted(CoreScalar.printable(key));
                mistakes.add(Mistake.ofWord(entry.position(), shown, shown + NO_KEY, key, known));
            }
        });
    }

    private void decode(Parameter parameter) {
        boolean optional = !parameter.required() && parameter.fallback().isEmpty();
        Optional<Tree> given = section.value(parameter.name()).filter(tree -> !optional || !tree.isNothing());
        Optional<Object> absent = recorded ? parameter.meaningOfAbsence() : parameter.fallback();
        Optional<Object> value = given.isPresent() ? ParameterValue.decode(parameter, given.get()) : absent;
        value.ifPresent(one -> values.put(parameter.name(), one));
        if (value.isPresent() || (given.isEmpty() && !parameter.required())) {
            return;
        }
        broken.add(parameter.name());
        String dotted = dotted(parameter.name());
        String accepted = ParameterValue.accepted(parameter);
        mistakes.add(given.map(tree -> Mistake.ofWord(
                        tree.position(),
                        dotted,
                        dotted + " must be " + accepted + ", but was " + tree.shown(),
                        tree.scalar().map(CoreScalar::text).orElse(""),
                        parameter.choices()))
                .orElseGet(() -> new Mistake(
                        section.position(),
                        dotted,
                        dotted + " must be given (" + accepted + "), but is missing",
                        Optional.empty(),
                        parameter.choices())));
    }

    /** Another key of the section may leave this one a single value, to which a default gives way. */
    private void force(Parameter parameter, Parameter.Forced forced) {
        String name = parameter.name();
        if (!forced.value().equals(values.get(forced.key())) || broken.contains(name)) {
            return;
        }
        Optional<Tree> given = section.value(name).filter(tree -> !forced.to().equals(values.get(name)));
        if (given.isEmpty()) {
            values.put(name, forced.to());
            return;
        }
        mistakes.add(Mistake.of(
                given.get().position(),
                dotted(name),
                dotted(name) + " must be " + forced.to() + " with " + dotted(forced.key()) + ": " + forced.value()
                        + ", " + forced.reason() + ", but was " + given.get().shown()));
    }

    private void checkRules() {
        Settings settings = new Settings(values);
        String prefix = path.isEmpty() ? "" : path + ": ";
        for (SectionKeys.Rule rule : keys.rules()) {
            if (rule.keys().stream().noneMatch(broken::contains)) {
                rule.check()
                        .apply(settings)
                        .ifPresent(text -> mistakes.add(
                                Mistake.of(section.at(rule.blamed()), dotted(rule.blamed()), prefix + text)));
            }
        }
    }
}
