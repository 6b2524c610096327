package io.stackel.experiment;

import static io.stackel.experiment.KeySchema.ordered;
import static java.util.Map.entry;

import io.stackel.problem.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The JSON Schema of configurations, for editors.
 *
 * <p>It says of each key what its {@link Parameter} says: type, bounds, words, default, help and, in {@code $comment}, what
 * a change means for a run. Rules between keys are not in it.
 */
final class ConfigurationSchema {

    /** The place of a problem file. */
    static final Parameter FILE = Parameter.dataSet(
                    "file",
                    "Problem file with tables or data; a path is looked for in the working directory, then beside the"
                            + " configuration.")
            .withExample("game.json")
            .mandatory();

    private static final List<String> TRAJECTORIES = List.of("policy", FixedSections.SAMPLING_NAME);

    private ConfigurationSchema() {}

    /** The schema of configurations that use the names of {@code vocabulary}, as indented JSON. */
    static String json(Vocabulary vocabulary) {
        Map<String, Object> schema =
                ordered(entry("$schema", KeySchema.DRAFT), entry("title", "Configuration of a Stackel run"));
        Map<String, Object> properties = ordered();
        List<String> required = new ArrayList<>(FixedSections.NAMED);
        KeySchema.add(FixedSections.TOP, properties, required);
        properties.put("name", FixedSections.nameSchema(FixedSections.NAME));
        List<Object> problems = named(vocabulary.problems());
        problems.add(KeySchema.section(SectionKeys.of(List.of(FILE))));
        properties.put("problem", oneOf(problems));
        properties.put("policy", oneOf(named(vocabulary.policies())));
        properties.put("algorithm", oneOf(named(vocabulary.algorithms())));
        FixedSections.SECTIONS.forEach((section, keys) -> {
            Map<String, Object> object = KeySchema.section(keys);
            if (object.containsKey("required")) {
                required.add(section);
            } else {
                object.put("type", List.of("object", "null"));
            }
            object.put("properties", withUnwritten(section, keys));
            properties.put(section, object);
        });
        if (!vocabulary.dataProblems().isEmpty()) {
            required.removeAll(TRAJECTORIES);
            schema.put("anyOf", trajectoriesOrData(vocabulary));
        }
        schema.putAll(KeySchema.object(properties, required));
        return JsonText.indented(schema);
    }

    private static Map<String, Object> withUnwritten(String section, SectionKeys keys) {
        Map<String, Object> properties = ordered();
        keys.parameters()
                .forEach(key -> properties.put(key.name(), KeySchema.of(key, FixedSections.fallback(section, key))));
        return properties;
    }

    /** A problem of trajectories has policy and sampling, one with data has neither, a file may be of either kind. */
    private static List<Object> trajectoriesOrData(Vocabulary vocabulary) {
        Map<String, Object> name = Map.of("enum", List.copyOf(vocabulary.dataProblems()));
        Map<String, Object> problem = ordered(entry("type", "object"), entry("properties", Map.of("name", name)));
        Map<String, Object> given = ordered();
        Map<String, Object> absent = ordered(entry("problem", problem));
        for (String section : TRAJECTORIES) {
            given.put(section, true);
            absent.put(section, false);
        }
        return List.of(
                ordered(entry("type", "object"), entry("properties", given), entry("required", TRAJECTORIES)),
                ordered(entry("type", "object"), entry("properties", absent)));
    }

    private static Map<String, Object> oneOf(List<Object> alternatives) {
        return ordered(entry("type", "object"), entry("oneOf", alternatives));
    }

    private static List<Object> named(SortedMap<String, SectionKeys> names) {
        List<Object> alternatives = new ArrayList<>();
        names.forEach((name, keys) -> {
            Map<String, Object> properties = ordered(entry("name", Map.of("const", name)));
            List<String> required = new ArrayList<>(List.of("name"));
            KeySchema.add(keys, properties, required);
            alternatives.add(KeySchema.object(properties, required));
        });
        return alternatives;
    }
}
