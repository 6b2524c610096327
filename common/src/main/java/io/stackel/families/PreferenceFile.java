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

    private static final PreferenceProtocol PROTOCOL = new PreferenceProtocol(576, 500, 16, 3000);
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
        actions = section.count("actions");
    }

    /** Whether the file tells the process, so that a policy can be learnt. */
    private boolean hasProcess() {
        return PROCESS.stream().anyMatch(section::has);
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
        boolean process = hasProcess();
        return new Preferences(
                process ? game() : standing(),
                process ? section.table("reward", states, actions) : new double[states * actions],
                features(),
                process ? section.real("tau", Range.NON_NEGATIVE) : 1,
                section.has("regularization") ? section.real("regularization", Range.NON_NEGATIVE) : 0,
                rule,
                PROTOCOL,
                pairs,
                process);
    }

    private MarkovGame game() {
        return MarkovGame.ofProcess(
                states,
                actions,
                section.distributions("transition", states, actions, states),
                section.distributions("rho", states),
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

    private RewardFeatures features() {
        int[] each = new int[RandomTables.cells(states, actions)];
        Arrays.setAll(each, cell -> cell);
        if (!section.has("features")) {
            return new RewardFeatures.OneHot(each.length, each);
        }
        int count = upperShape()[0];
        return new RewardFeatures.Linear(count, each, section.table("features", states, actions, count));
    }

    private PreferencePairs pairs() {
        int[] shape = section.shape("segments", 3);
        return new PreferencePairs(
                shape[2],
                section.indices(states * actions, "segments", shape[0], 2, shape[2]),
                section.within(Range.closed(0, 1), "labels", shape[0]));
    }
}
