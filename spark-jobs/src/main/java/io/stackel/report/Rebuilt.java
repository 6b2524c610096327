package io.stackel.report;

import io.stackel.algorithm.ProblemSetup;
import io.stackel.experiment.Experiment;
import java.util.Optional;

/**
 * The experiment behind a run, where it could be built again from what the run recorded.
 *
 * @param experiment with the problem's tables
 * @param obstacle why there is none, for people; empty where there is one
 */
public record Rebuilt(Optional<Experiment> experiment, String obstacle) {

    /** An experiment that is at hand. */
    public static Rebuilt as(Experiment experiment) {
        return new Rebuilt(Optional.of(experiment), "");
    }

    /** Whether rows of metrics may be of different contexts. */
    boolean mixed() {
        return experiment
                .map(Experiment::setup)
                .flatMap(ProblemSetup::trajectories)
                .filter(setup -> setup.problem().contexts() > 1)
                .isPresent();
    }

    /** No experiment, because a file or a class that it needs is not to be had here. */
    public static Rebuilt not(String obstacle) {
        return new Rebuilt(Optional.empty(), obstacle);
    }
}
