package io.stackel.experiment;

import io.stackel.experiment.Tree.Entry;
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
        for (Parameter parameter : keys.parameters()) {
            decode(parameter);
        }
        for (Parameter parameter : keys.parameters()) {
            parameter.forced().ifPresent(forced -> force(parameter, forced));
        }
        checkRules();
        for (Parameter parameter : keys.parameters()) {
            Object value = values.get(parameter.name());
            if (value != null) {
                boolean assumed = recorded && section.entry(parameter.name()).isEmpty();
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
                mistakes.add(Mistake.ofWord(entry.position(), shown, shown + " is not a key", key, known));
            }
        });
    }

    private void decode(Parameter parameter) {
        Optional<Entry> entry = section.entry(parameter.name());
        if (entry.isEmpty()
                || (nothing(entry.get().value())
                        && !parameter.required()
                        && parameter.fallback().isEmpty())) {
            absent(parameter);
            return;
        }
        Tree tree = entry.get().value();
        Optional<Object> value = ParameterValue.decode(parameter, tree);
        if (value.isPresent()) {
            values.put(parameter.name(), value.get());
            return;
        }
        broken.add(parameter.name());
        String dotted = dotted(parameter.name());
        String rule = dotted + " must be " + ParameterValue.accepted(parameter) + ", but was " + tree.shown();
        String given = tree instanceof Tree.Scalar scalar ? scalar.value().text() : "";
        mistakes.add(Mistake.ofWord(tree.position(), dotted, rule, given, parameter.choices()));
    }

    private void absent(Parameter parameter) {
        Optional<Object> value = recorded ? parameter.meaningOfAbsence() : parameter.fallback();
        value.ifPresent(one -> values.put(parameter.name(), one));
        if (parameter.required() && value.isEmpty()) {
            broken.add(parameter.name());
            String dotted = dotted(parameter.name());
            String rule = dotted + " must be given (" + ParameterValue.accepted(parameter) + "), but is missing";
            mistakes.add(new Mistake(section.position(), dotted, rule, Optional.empty(), parameter.choices()));
        }
    }

    /** Another key of the section may leave this one a single value, to which a default gives way. */
    private void force(Parameter parameter, Parameter.Forced forced) {
        if (!forced.value().equals(values.get(forced.key())) || broken.contains(parameter.name())) {
            return;
        }
        Optional<Entry> given = section.entry(parameter.name());
        if (given.isPresent() && !forced.to().equals(values.get(parameter.name()))) {
            String dotted = dotted(parameter.name());
            Tree tree = given.get().value();
            mistakes.add(Mistake.of(
                    tree.position(),
                    dotted,
                    dotted + " must be " + forced.to() + " with " + dotted(forced.key()) + ": " + forced.value() + ", "
                            + forced.reason() + ", but was " + tree.shown()));
            return;
        }
        values.put(parameter.name(), forced.to());
    }

    private static boolean nothing(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.value().kind() == CoreScalar.Kind.NOTHING;
    }

    private void checkRules() {
        Settings settings = new Settings(values);
        for (Rule rule : keys.rules()) {
            if (rule.keys().stream().noneMatch(broken::contains)) {
                Position position =
                        section.entry(rule.blamed()).map(Entry::position).orElse(section.position());
                String prefix = path.isEmpty() ? "" : path + ": ";
                rule.check()
                        .apply(settings)
                        .ifPresent(text -> mistakes.add(Mistake.of(position, dotted(rule.blamed()), prefix + text)));
            }
        }
    }
}
