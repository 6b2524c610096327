package io.stackel.families;

import io.stackel.mdp.ClassicControl;
import io.stackel.mdp.Environment;
import java.util.Arrays;
import java.util.List;

/**
 * A classic control task seen through observations whose components are divided by about their largest values, and what is
 * linear in them and in their products.
 */
final class ScaledTask {

    private static final double LARGEST_TORQUE = 2;

    private final ClassicControl task;
    private final double[] scale;
    private final int actions;
    private final int actionSize;

    ScaledTask(ClassicControl task) {
        this.task = task;
        scale = switch (task) {
            case CART_POLE -> new double[] {2.4, 3, 0.21, 3};
            case MOUNTAIN_CAR -> new double[] {1.2, 0.07};
            case ACROBOT -> new double[] {1, 1, 1, 1, 4 * StrictMath.PI, 9 * StrictMath.PI};
            case PENDULUM -> new double[] {1, 1, 8};
        };
        Environment environment = task.open();
        actions = environment.actions();
        actionSize = environment.actionSize();
    }

    /** The names of all tasks. */
    static List<String> words() {
        return Arrays.stream(ClassicControl.values()).map(ClassicControl::word).toList();
    }

    /** The task of a name. */
    static ScaledTask of(String word) {
        return new ScaledTask(Arrays.stream(ClassicControl.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow());
    }

    ClassicControl task() {
        return task;
    }

    /** The number of components of an observation. */
    int size() {
        return scale.length;
    }

    /** The number of actions, 0 if they are real. */
    int actions() {
        return actions;
    }

    int actionSize() {
        return actionSize;
    }

    /** Writes the scaled observation of an environment of this task. */
    void observe(Environment environment, double[] into) {
        environment.observe(into);
        scaleInPlace(into);
    }

    /** Divides the components of an observation of the task by their scale. */
    void scaleInPlace(double[] into) {
        for (int i = 0; i < scale.length; i++) {
            into[i] /= scale[i];
        }
    }

    /** The number of {@link #writeFeatures}. */
    int features(boolean products) {
        return products ? scale.length + scale.length * (scale.length + 1) / 2 : scale.length;
    }

    /** Writes the components of a scaled observation at {@code from} and, if wanted, the products of every two of them. */
    void writeFeatures(double[] observations, int from, boolean products, double[] into, int at) {
        int next = at + scale.length;
        for (int i = 0; i < scale.length; i++) {
            into[at + i] = observations[from + i];
            for (int j = i; products && j < scale.length; j++) {
                into[next++] = observations[from + i] * observations[from + j];
            }
        }
    }

    /** The number of {@link #writeActionFeatures}. */
    int actionFeatures(boolean products) {
        return actions > 0 ? actions : products ? 2 * actionSize : actionSize;
    }

    /** Writes, of the action at {@code from}, a 1 for its number, or what it does over the most that it can, and squares. */
    void writeActionFeatures(double[] steps, int from, boolean products, double[] into, int at) {
        if (actions > 0) {
            Arrays.fill(into, at, at + actions, 0);
            into[at + (int) steps[from]] = 1;
            return;
        }
        for (int i = 0; i < actionSize; i++) {
            double share = Math.max(-1, Math.min(1, steps[from + i] / LARGEST_TORQUE));
            into[at + i] = share;
            if (products) {
                into[at + actionSize + i] = share * share;
            }
        }
    }
}
