package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Range;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the {@code problem} of a file of kind {@code preferences}: labelled pairs of segments and, if it is known, the
 * process that they come from.
 */
final class PreferenceFile {

    private static final int WARM_UP_EPOCHS = 500;
    private static final int NEW_PAIRS = 16;
    private static final int KEPT_PAIRS = 3000;
    private static final List<String> PROCESS = List.of("gamma", "tau", "rho", "transition", "reward");

    private final JsonSection section;
    private final int states;
    private final int actions;

    PreferenceFile(JsonSection section) {
        this.section = section;
        section.requireOnly(List.of(
                "states",
                "actions",
                "segments",
                "labels",
                "features",
                "regularization",
                "temperature",
                "noise",
                "gamma",
                "tau",
                "rho",
                "transition",
                "reward"));
        states = section.count("states");
        actions = section.count("actions", states);
    }

    private Preferences.Known known() {
        if (PROCESS.stream().noneMatch(section::has)) {
            return Preferences.Known.PAIRS;
        }
        return section.has("reward") ? Preferences.Known.REWARD : Preferences.Known.PROCESS;
    }

    /** New pairs where they can be labelled; without new ones all that are given are kept. */
    private static PreferenceProtocol protocol(Preferences.Known known, int given) {
        return known == Preferences.Known.REWARD
                ? new PreferenceProtocol(0, WARM_UP_EPOCHS, NEW_PAIRS, KEPT_PAIRS)
                : new PreferenceProtocol(0, WARM_UP_EPOCHS, 0, Math.max(given, 1));
    }

    /** The axes of x. */
    int[] upperShape() {
        return section.has("features") ? new int[] {section.shape("features", 3)[2]} : new int[] {states, actions};
    }

    /** The problem; without a process, one whose states never change and whose true reward is zero. */
    Preferences problem() {
        PreferencePairs pairs = pairs();
        PairRule rule = new PairRule(
                pairs.segmentLength(),
                0,
                section.has("temperature") ? section.real("temperature", Range.NON_NEGATIVE) : 1,
                section.has("noise") ? section.real("noise", Range.closed(0, 0.5)) : 0,
                true);
        Preferences.Known known = known();
        boolean process = known != Preferences.Known.PAIRS;
        return new Preferences(
                process ? game() : standing(),
                known == Preferences.Known.REWARD
                        ? section.table("reward", states, actions)
                        : new double[states * actions],
                RewardFeatures.of(section, states, actions),
                process ? section.real("tau", Range.NON_NEGATIVE) : 1,
                section.has("regularization") ? section.real("regularization", Range.NON_NEGATIVE) : 0,
                rule,
                protocol(known, pairs.size()),
                pairs,
                known);
    }

    private MarkovGame game() {
        return MarkovGame.ofProcess(
                states,
                actions,
                section.transitions("transition", states, actions, states),
                section.distribution("rho", states),
                section.real("gamma", Range.halfOpen(0, 1)));
    }

    private MarkovGame standing() {
        double[] transition = new double[RandomTables.cells(states, actions, states)];
        for (int cell = 0; cell < states * actions; cell++) {
            transition[cell * states + cell / actions] = 1;
        }
        double[] start = new double[states];
        Arrays.fill(start, 1.0 / states);
        return MarkovGame.ofProcess(states, actions, transition, start, 0);
    }

    private PreferencePairs pairs() {
        int[] shape = section.shape("segments", 3);
        return PreferencePairs.ofCells(
                shape[2], segments(shape), section.within(Range.closed(0, 1), "labels", shape[0]));
    }

    private int[] segments(int[] shape) {
        int[] cells = section.indices(PreferencePairs.NO_STEP, states * actions, "segments", shape[0], 2, shape[2]);
        int length = shape[2];
        for (int i = 0; i < cells.length; i++) {
            boolean first = i % length == 0;
            if (first
                    ? cells[i] == PreferencePairs.NO_STEP
                    : cells[i - 1] == PreferencePairs.NO_STEP && cells[i] >= 0) {
                throw section.broken(
                        "segments/" + i / (2 * length) + "/" + i / length % 2 + "/" + i % length,
                        first
                                ? "must be a step, but was -1"
                                : "must be -1 after the end of the segment, but was " + cells[i]);
            }
        }
        return cells;
    }
}
