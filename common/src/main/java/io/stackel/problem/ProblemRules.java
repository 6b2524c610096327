package io.stackel.problem;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The rules that what a problem says of itself must keep, held once, after it was made: sizes, discount and entropy weight,
 * and the tables at the start. What it does step by step costs too much to be held here; {@code stackel check} compares it.
 */
public final class ProblemRules {

    private final Answers answers;

    private ProblemRules(Answers answers) {
        this.answers = answers;
    }

    /**
     * Goes on if a problem keeps the rules.
     *
     * @throws ProblemException with every mistake that was found
     */
    public static void require(Problem problem) {
        require(problem, Runtime.getRuntime().maxMemory());
    }

    static void require(Problem problem, long memory) {
        if (problem == null) {
            throw new ProblemException("ProblemFactory.create() must return a problem, but returned null");
        }
        Answers answers = new Answers(problem.getClass().getName(), memory);
        new ProblemRules(answers).hold(problem);
        answers.settle();
    }

    private void hold(Problem problem) {
        answers.size("upperSize()", 1, problem::upperSize);
        problem.trajectories().ifPresent(this::trajectories);
        problem.data().ifPresent(this::data);
        answers.settle();
        DenseVector start = start(problem);
        problem.as(FiniteProblem.class).ifPresent(finite -> new TableRules(finite, answers).hold(start));
        problem.as(PreferenceProblem.class).ifPresent(pairs -> LearningRules.hold(pairs, answers));
        problem.as(InverseProblem.class).ifPresent(experts -> LearningRules.hold(experts, answers));
    }

    private void trajectories(TrajectoryProblem problem) {
        int actions = answers.size("actions()", 0, problem::actions);
        int actionSize = answers.asked("actionSize()", problem::actionSize);
        if (actions > 0) {
            answers.require(actionSize == 1, "actionSize()", "1 where actions are numbered", actionSize);
        } else {
            answers.size("actionSize()", 1, problem::actionSize);
        }
        int observationSize = answers.size("observationSize()", 1, problem::observationSize);
        int states = answers.size("states()", 0, problem::states);
        answers.require(
                states == 0 || observationSize == 1,
                "observationSize()",
                "1 where the observation is the number of a state",
                observationSize);
        answers.within(Range.halfOpen(0, 1), "discount()", problem::discount);
        answers.within(Range.NON_NEGATIVE, "entropyWeight()", problem::entropyWeight);
        answers.size("contexts()", 1, problem::contexts);
    }

    private void data(DataProblem problem) {
        int size = answers.size("lowerSize()", 1, problem::lowerSize);
        rows(
                "training",
                answers.asked("trainingRows()", problem::trainingRows),
                answers.asked("trainingBlocks()", problem::trainingBlocks));
        rows(
                "validation",
                answers.asked("validationRows()", problem::validationRows),
                answers.asked("validationBlocks()", problem::validationBlocks));
        answers.given("dependence()", problem::dependence);
        answers.settle();
        DenseVector start = answers.given("lowerStart()", () -> problem.lowerStart(random()));
        answers.vector("lowerStart()", size, "lowerSize()", start.values());
    }

    private void rows(String kind, long rows, int blocks) {
        answers.require(rows >= 1, kind + "Rows()", "at least 1", rows);
        answers.require(
                blocks >= 1 && blocks <= Math.max(1, rows),
                kind + "Blocks()",
                "at least 1 and at most " + kind + "Rows() = " + rows,
                blocks);
    }

    private DenseVector start(Problem problem) {
        DenseVector start = answers.given("upperStart()", () -> problem.upperStart(random()));
        answers.vector("upperStart()", problem.upperSize(), "upperSize()", start.values());
        answers.settle();
        answers.finite(
                "upperTerm() at the start",
                new double[] {answers.asked("upperTerm()", () -> problem.upperTerm(start))});
        return start;
    }

    private static RandomStream random() {
        return RandomStream.at(0, Purpose.START, 0, 0, 0, 0);
    }
}
