package io.stackel.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the upper level of a {@link PreferenceProblem} minimises. */
public enum PairObjective {
    /** The loss of the reward model on pairs of segments of the policy. */
    CROSS_ENTROPY,

    /**
     * Minus the probability that a segment of the policy is preferred to one of a reference policy, which is fixed: {@code f =
     * -E y}, d0 of the reference, d1 of the policy. The reward model enters through the policy alone.
     *
     * <p>The reference is the best response before the first iteration, as far as it is known: to the warmed-up reward, if there
     * is a warm-up, and otherwise uniform, since the learnt reward is zero where x starts.
     */
    WIN_RATE;

    /** The names in configurations. */
    public static List<String> names() {
        return Arrays.stream(values()).map(PairObjective::toString).toList();
    }

    /** The objective of a name. */
    public static PairObjective named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
