package io.stackel.experiment;

import io.stackel.problem.ExpertPaths;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TaskExperts;
import io.stackel.problem.TrajectoryProblem;

/** The rules of problems that learn a reward: from labelled pairs, or from experts. */
final class LearningRules {

    private LearningRules() {}

    static void hold(PreferenceProblem problem, Answers answers) {
        oneContext(problem, answers);
        answers.given("pairs()", problem::pairs);
        answers.given("protocol()", problem::protocol);
        int stepSize = answers.asked("stepSize()", problem::stepSize);
        answers.size("stepSize()", 1, stepSize);
        PreferencePairs given = answers.given("given()", problem::given);
        answers.require(
                given.segmentLength() == problem.pairs().segmentLength() && given.stepSize() == stepSize,
                "given()",
                "pairs of segments of " + problem.pairs().segmentLength() + " steps of stepSize() = " + stepSize,
                given.segmentLength() + " steps of " + given.stepSize());
        answers.finite("given().steps()", given.steps());
        for (double label : given.labels()) {
            if (!(label >= 0 && label <= 1)) {
                answers.require(false, "labels of given()", "in [0, 1]", label);
                break;
            }
        }
        problem.tables().ifPresent(finite -> {
            noLeader(finite.game(0).leaderActions(), answers);
            cells(given, finite.game(0).jointCells(), answers);
        });
    }

    private static void cells(PreferencePairs given, int cells, Answers answers) {
        for (double step : given.steps()) {
            if (!(step == PreferencePairs.NO_STEP || (step >= 0 && step < cells))) {
                answers.require(
                        false, "steps of given()", "cells in [0, " + cells + "), or -1 where there is none", step);
                return;
            }
        }
    }

    static void hold(InverseProblem problem, Answers answers) {
        oneContext(problem, answers);
        double[] ends = answers.given("ends()", problem::ends);
        boolean sampled = ends.length == 0;
        answers.vector("ends()", sampled ? 0 : problem.states(), sampled ? "0" : "states()", ends);
        problem.finiteInverse().ifPresent(finite -> {
            noLeader(finite.game(0).leaderActions(), answers);
            visits(finite, answers);
        });
        problem.taskExperts().ifPresent(task -> paths(task, answers));
    }

    private static void visits(FiniteInverse problem, Answers answers) {
        ExpertVisits experts = answers.given("experts()", problem::experts);
        answers.vector("experts().starts()", problem.states(), "states()", experts.starts());
        answers.vector(
                "experts().occupancy()",
                problem.states() * problem.actions(),
                "states() x actions()",
                experts.occupancy());
        double[] reward = answers.given("trueReward()", problem::trueReward);
        if (reward.length > 0) {
            answers.vector("trueReward()", problem.states() * problem.actions(), "states() x actions()", reward);
        }
    }

    private static void paths(TaskExperts problem, Answers answers) {
        ExpertPaths experts = answers.given("experts()", problem::experts);
        answers.vector(
                "experts().observations()",
                experts.steps() * problem.observationSize(),
                "steps x observationSize()",
                experts.observations());
        answers.vector(
                "experts().actions()",
                experts.steps() * problem.actionSize(),
                "steps x actionSize()",
                experts.actions());
    }

    private static void oneContext(TrajectoryProblem problem, Answers answers) {
        answers.require(problem.contexts() == 1, "contexts()", "1 where a reward is learnt", problem.contexts());
    }

    private static void noLeader(int leaderActions, Answers answers) {
        answers.require(leaderActions == 1, "game(0).leaderActions()", "1 where a reward is learnt", leaderActions);
    }
}
