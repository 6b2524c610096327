package io.stackel.problem;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/** The rules of problems that learn a reward: from labelled pairs, or from experts. */
final class LearningRules {

    private LearningRules() {}

    static void hold(PreferenceProblem problem, Answers answers) {
        oneContext(problem, answers);
        answers.given("pairs()", problem::pairs);
        answers.given("protocol()", problem::protocol);
        int stepSize = answers.size("stepSize()", 1, problem::stepSize);
        PreferencePairs given = answers.given("given()", problem::given);
        answers.require(
                given.segmentLength() == problem.pairs().segmentLength() && given.stepSize() == stepSize,
                "given()",
                "pairs of segments of " + problem.pairs().segmentLength() + " steps of stepSize() = " + stepSize,
                given.segmentLength() + " steps of " + given.stepSize());
        answers.finite("given().steps()", given.steps());
        each(given.labels(), label -> label >= 0 && label <= 1, "labels of given()", "in [0, 1]", answers);
        problem.as(FiniteProblem.class).ifPresent(finite -> {
            noLeader(finite.game(0).leaderActions(), answers);
            int cells = finite.game(0).jointCells();
            each(
                    given.steps(),
                    step -> step == PreferencePairs.NO_STEP || (step >= 0 && step < cells),
                    "steps of given()",
                    "cells in [0, " + cells + "), or -1 where there is none",
                    answers);
        });
    }

    /** The first number that breaks a rule is named. */
    private static void each(double[] numbers, DoublePredicate holds, String method, String rule, Answers answers) {
        Arrays.stream(numbers)
                .filter(holds.negate())
                .limit(1)
                .forEach(number -> answers.require(false, method, rule, number));
    }

    static void hold(InverseProblem problem, Answers answers) {
        oneContext(problem, answers);
        double[] ends = answers.given("ends()", problem::ends);
        boolean sampled = ends.length == 0;
        answers.vector("ends()", sampled ? 0 : problem.states(), sampled ? "0" : "states()", ends);
        problem.as(FiniteInverse.class).ifPresent(finite -> {
            noLeader(finite.game(0).leaderActions(), answers);
            visits(finite, answers);
        });
        problem.as(TaskExperts.class).ifPresent(task -> paths(task, answers));
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
