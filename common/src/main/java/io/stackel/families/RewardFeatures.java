package io.stackel.families;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A reward model that is linear in x: {@code r_x(s,b) = phi(s,b) . x}.
 *
 * @param size the length d of x
 * @param group of each cell (s, b): the cells of a group have the same reward
 * @param table phi, groups x d; empty for one parameter a group
 */
record RewardFeatures(int size, int[] group, double[] table) {

    static final Parameter FEATURES = Parameter.choice(
            "features",
            "one-hot",
            List.of("one-hot", "linear", "products"),
            "Features of the reward model: one-hot or linear (random) without a task; on a task linear in the"
                    + " observation, or also products.");
    static final Parameter FEATURES_OF = Parameter.choice(
            "featuresOf",
            "both",
            List.of("states", "actions", "both"),
            "What the reward model sees: states, actions or both.");
    static final Parameter FEATURE_COUNT = Parameter.whole(
            "featureCount",
            8,
            Range.closed(1, 10_000),
            "Number of features; only with features: linear and without a task.");

    /** The reward model of the settings of a world. */
    static RewardFeatures of(Settings settings, int states, int actions, RandomTables random) {
        String features = settings.text("features");
        if (features.equals("products")) {
            throw new IllegalArgumentException(
                    "problem.features must be one-hot or linear on a world, but was " + features);
        }
        RewardFeatures each = oneHot(settings.text("featuresOf"), states, actions);
        if (!features.equals("linear")) {
            return each;
        }
        int count = settings.count("featureCount");
        return new RewardFeatures(count, each.group, random.normal(RandomTables.Table.FEATURES, each.size, count));
    }

    /** The {@code features} of a problem file, S x B x d; one number a cell if it has none. */
    static RewardFeatures of(JsonSection section, int states, int actions) {
        int cells = RandomTables.cells(states, actions);
        RewardFeatures each = oneHot(cells, cells, cell -> cell);
        if (!section.has("features")) {
            return each;
        }
        int count = section.shape("features", 3)[2];
        return new RewardFeatures(count, each.group, section.table("features", states, actions, count));
    }

    /**
     * One parameter for each state, each action, or each of both.
     *
     * @param of states, actions or both
     */
    static RewardFeatures oneHot(String of, int states, int actions) {
        return switch (of) {
            case "states" -> oneHot(states, states * actions, cell -> cell / actions);
            case "actions" -> oneHot(actions, states * actions, cell -> cell % actions);
            default -> oneHot(states * actions, states * actions, cell -> cell);
        };
    }

    private static RewardFeatures oneHot(int groups, int cells, IntUnaryOperator groupOf) {
        int[] group = new int[cells];
        Arrays.setAll(group, groupOf);
        return new RewardFeatures(groups, group, new double[0]);
    }

    /** The axes of x: one number a cell, or one a feature. */
    int[] shape(int states, int actions) {
        return table.length == 0 ? new int[] {states, actions} : new int[] {size};
    }

    /** Writes r_x, one number a cell (s, b). */
    void rewards(double[] x, double[] into) {
        for (int cell = 0; cell < group.length; cell++) {
            double sum = table.length == 0 ? x[group[cell]] : 0;
            for (int k = 0; k < size && table.length > 0; k++) {
                sum += table[group[cell] * size + k] * x[k];
            }
            into[cell] = sum;
        }
    }

    /** Adds {@code sum over cells of weights(cell) phi(cell)}. */
    void addPullback(double[] weights, double[] into) {
        for (int cell = 0; cell < group.length; cell++) {
            if (table.length == 0) {
                into[group[cell]] += weights[cell];
            }
            for (int k = 0; k < size && table.length > 0; k++) {
                into[k] += weights[cell] * table[group[cell] * size + k];
            }
        }
    }
}
