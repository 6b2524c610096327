package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.Range;
import java.util.Arrays;
import java.util.List;

/** Reads the {@code problem} of a file of kind {@code inverse_rl}: a process and the trajectories of experts in it. */
final class InverseFile {

    private static final int COLUMNS = 4;

    private final JsonSection section;
    private final int states;
    private final int actions;

    InverseFile(JsonSection section) {
        this.section = section;
        section.requireOnly(List.of(
                "states", "actions", "gamma", "tau", "transition", "experts", "features", "regularization", "reward"));
        states = section.count("states");
        actions = section.count("actions", states);
    }

    /** The axes of x. */
    int[] upperShape() {
        return section.has("features") ? new int[] {section.shape("features", 3)[2]} : new int[] {states, actions};
    }

    InverseRl problem() {
        double[] transition = section.transitions("transition", states, actions, states);
        double[] even = new double[states];
        Arrays.fill(even, 1.0 / states);
        MarkovGame process =
                MarkovGame.ofProcess(states, actions, transition, even, section.real("gamma", Range.halfOpen(0, 1)));
        int rows = section.shape("experts", 2)[0];
        ExpertTable table = new ExpertTable(
                section.table("experts", rows, COLUMNS), section.file(), section.pointer() + "/experts");
        return InverseRl.of(
                process,
                RewardFeatures.of(section, states, actions),
                section.real("tau", Range.POSITIVE),
                section.has("regularization") ? section.real("regularization", Range.NON_NEGATIVE) : 0,
                table.visits(states, actions, process.discount()),
                section.has("reward") ? section.table("reward", states, actions) : new double[0]);
    }
}
