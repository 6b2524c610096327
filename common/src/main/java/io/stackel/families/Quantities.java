package io.stackel.families;

import io.stackel.exact.Objective;
import io.stackel.math.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers and tables by key, in the order in which they are added.
 *
 * @param upperShape the axes of gradients in x
 * @param leftOut the keys of quantities that do not exist
 */
record Quantities(int[] upperShape, Map<String, Tensor.Real> values, Set<String> leftOut) {

    /** None yet. */
    Quantities(int... upperShape) {
        this(upperShape, new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    void number(String key, double value) {
        table(key, new double[] {value});
    }

    void table(String key, double[] table, int... shape) {
        values.put(key, new Tensor.Real(table, shape));
    }

    void inUpper(String key, double[] gradient) {
        table(key, gradient, upperShape);
    }

    void objective(String key, String gradientKey, Objective objective) {
        number(key, objective.value());
        inUpper(gradientKey, objective.gradient());
    }

    void leaveOut(String... keys) {
        leftOut.addAll(List.of(keys));
    }

    /** Takes over those whose keys do not match a pattern. */
    void addAllBut(String pattern, Quantities other) {
        other.values.forEach((key, value) -> {
            if (!key.matches(pattern)) {
                values.put(key, value);
            }
        });
        other.leftOut.stream().filter(key -> !key.matches(pattern)).forEach(leftOut::add);
    }
}
