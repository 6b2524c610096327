package io.stackel.families;

import io.stackel.problem.DataProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small problems of every family that fits a model to data. */
public final class DataFamilies {

    /** Sizes that make a generated problem small; a family uses those that it declares. */
    private static final Map<String, Object> SMALL = Map.of(
            "trainingRows", 23L,
            "validationRows", 18L,
            "testRows", 12L,
            "features", 4L,
            "lowerSize", 5L,
            "upperSize", 3L,
            "hiddenUnits", 3L,
            "rowsPerBlock", 5L);

    private DataFamilies() {}

    /** The factories. */
    public static Stream<ProblemFactory> factories() {
        return Families.all().stream().filter(ProblemFactory::fitsData);
    }

    /** A small problem of a family. */
    public static DataProblem of(String name, Map<String, Object> given) {
        ProblemFactory factory =
                factories().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        return (DataProblem) factory.create(settings(factory, given));
    }

    /** Defaults, small sizes and what is given. */
    public static Settings settings(ProblemFactory factory, Map<String, Object> given) {
        TreeMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
            if (SMALL.containsKey(parameter.name())) {
                values.put(parameter.name(), SMALL.get(parameter.name()));
            }
        }
        values.putAll(given);
        return new Settings(values);
    }
}
