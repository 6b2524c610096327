package io.stackel.experiment;

import io.stackel.problem.Parameter.Effect;
import io.stackel.problem.Settings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole configuration, defaults filled in and checked; made by {@link ConfigurationDecoder}.
 *
 * @param keys every resolved key by its dotted path, {@code upper.stepSize}, in the order of the paths
 */
public record ExperimentConfiguration(SortedMap<String, ResolvedKey> keys) {

    public ExperimentConfiguration {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** Name of the run: lower-case letters, digits and hyphens, at most 64. */
    public String name() {
        return section("").text("name");
    }

    /** Seed of all random numbers. */
    public long seed() {
        return section("").whole("seed");
    }

    /** Which problem is solved. */
    public ProblemSelection problem() {
        Settings section = section("problem");
        return section.has("file")
                ? new ProblemSelection.File(section.text("file"), without(section, "file"))
                : new ProblemSelection.Named(section.text("name"), without(section, "name"));
    }

    /** Where what lies outside of the configuration is found, {@code problem.file} and data sets, by dotted path. */
    public SortedMap<String, String> places() {
        SortedMap<String, String> places = new TreeMap<>();
        keys.forEach((path, key) -> {
            if (key.effect() == Effect.CONTENT && !key.value().equals("")) {
                places.put(path, (String) key.value());
            }
        });
        return places;
    }

    /** Whether a section has a key, which {@code policy} and {@code sampling} of problems with data do not. */
    public boolean has(String section) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(section + "."));
    }

    /** Which policy the lower level uses, where it has one. */
    public Selection policy() {
        return selection("policy");
    }

    /** Which algorithm solves the problem. */
    public Selection algorithm() {
        return selection("algorithm");
    }

    /** The values of a section, {@code upper}, or of the keys outside of all sections for an empty name. */
    public Settings section(String name) {
        SortedMap<String, Object> values = new TreeMap<>();
        FixedSections.UNWRITTEN
                .getOrDefault(name, List.of())
                .forEach(key -> values.put(key.name(), key.fallback().orElseThrow()));
        keys.forEach((key, resolved) -> {
            int dot = key.indexOf('.');
            if (name.equals(dot < 0 ? "" : key.substring(0, dot))) {
                values.put(key.substring(dot + 1), resolved.value());
            }
        });
        return new Settings(values);
    }

    /** Every value by dotted path. */
    SortedMap<String, Object> values() {
        SortedMap<String, Object> values = new TreeMap<>();
        keys.forEach((path, key) -> values.put(path, key.value()));
        return values;
    }

    /** The same configuration with other values of some keys, by dotted path. */
    ExperimentConfiguration with(Map<String, Object> values) {
        SortedMap<String, ResolvedKey> changed = new TreeMap<>(keys);
        values.forEach((path, value) -> changed.put(path, new ResolvedKey(value, Effect.IDENTITY)));
        return new ExperimentConfiguration(changed);
    }

    /** The resolved configuration as indented JSON; decodes to an equal configuration. */
    public String resolvedJson() {
        return ResolvedText.json(keys);
    }

    /** The resolved configuration as YAML; decodes to an equal configuration. */
    public String resolvedYaml() {
        return ResolvedText.yaml(keys);
    }

    private Selection selection(String path) {
        Settings section = section(path);
        return new Selection(section.text("name"), without(section, "name"));
    }

    private static Settings without(Settings section, String key) {
        SortedMap<String, Object> values = new TreeMap<>(section.values());
        values.remove(key);
        return new Settings(values);
    }
}
