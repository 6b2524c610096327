package io.stackel.algorithm;

import io.stackel.exact.PreferenceModel;
import io.stackel.problem.PreferenceProblem;
import java.util.List;

/** Builds algorithms for problems whose upper level learns from preferences, or says why they cannot run on one. */
final class PreferenceAlgorithms {

    private final Setup setup;
    private final PreferenceProblem problem;

    PreferenceAlgorithms(Setup setup, PreferenceProblem problem) {
        this.setup = setup;
        this.problem = problem;
    }

    Algorithm create(String name) {
        if (name.equals("exact")) {
            return exact();
        }
        throw Algorithms.misfit(
                name,
                "takes the upper objective for a return, but that of this problem is a loss on pairs of segments");
    }

    private Algorithm exact() {
        Algorithms.requireEntropy(setup, "exact");
        PreferenceModel model = PreferenceModel.of(problem)
                .orElseThrow(() -> Algorithms.misfit(
                        "exact",
                        "lists the segments of preferences, but there are more than " + PreferenceModel.MOST_SEGMENTS));
        Frame frame = new Frame(setup);
        List<Target> targets = List.of(Target.BEST_RESPONSE);
        return new TwoLevel(frame, new ExactPreferences(model), new PlannedLower(frame, targets, problem));
    }
}
