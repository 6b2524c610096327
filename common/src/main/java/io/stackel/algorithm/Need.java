package io.stackel.algorithm;

import io.stackel.estimate.AdvantageAverages;
import io.stackel.estimate.BoltzmannGradient;
import io.stackel.exact.PreferenceModel;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What an algorithm, or one of its settings, may need of a problem.
 *
 * @param words what it is, after "needs"
 * @param met whether a problem offers it
 * @param lack what a problem has instead, after "but"
 */
record Need(String words, Predicate<Problem> met, Function<Problem, String> lack) {

    static final Need TRAJECTORIES = new Need(
            "a problem that samples trajectories",
            problem -> problem.trajectories().isPresent(),
            problem -> "this one fits a model to data");

    static final Need DATA = new Need(
            "a problem that fits a model to data",
            problem -> problem.data().isPresent(),
            problem -> "this one samples trajectories");

    static final Need ONE_FOLLOWER = new Need(
            "a lower level of one follower",
            problem -> problem.as(ZeroSumProblem.class).isEmpty(),
            problem -> "that of this problem is a zero-sum game of two players");

    static final Need TWO_PLAYERS = new Need(
            "a zero-sum game of two players",
            problem -> problem.as(ZeroSumProblem.class).isPresent(),
            problem -> "the lower level of this problem is one follower");

    static final Need RETURN = objective(Words.RETURN);
    static final Need PAIRS = objective(Words.PAIRS);
    static final Need EXPERTS = objective(Words.EXPERTS);

    static final Need BOUNDED = new Need(
            "an upper objective that is bounded over policies, or what minimises J* - J - sigma f need not exist",
            problem -> !objective(problem).equals(Words.EXPERTS),
            problem -> "minus the log-likelihood of experts has no upper bound");

    static final Need PLAYED = new Need(
            "the returns of one follower, or pairs that are played by a simulator",
            problem -> problem.trajectories()
                    .filter(one -> one.as(ZeroSumProblem.class).isEmpty()
                            && one.as(InverseProblem.class).isEmpty())
                    .filter(one -> one.as(PreferenceProblem.class).isEmpty()
                            || one.as(FiniteProblem.class).isEmpty())
                    .isPresent(),
            problem -> "this problem has neither");

    static final Need TABLES = new Need(
            "a finite problem, with tables",
            problem -> problem.as(FiniteProblem.class).isPresent(),
            problem -> "this one can only be sampled");

    static final Need ENTROPY = new Need(
            "problem.entropyWeight above 0, where the best response is unique and smooth",
            problem -> entropyWeight(problem) > 0,
            problem -> "it is " + entropyWeight(problem));

    static final Need STEADY = new Need(
            "transitions that do not depend on the upper variable, because counts outlive the x at which they were drawn",
            problem -> problem.trajectories()
                    .filter(one -> !one.dependence().transitions())
                    .isPresent(),
            problem -> "those of this problem do");

    static final Need TRUE_REWARD = new Need(
            "the true reward, which labels new pairs",
            problem -> problem.as(PreferenceProblem.class)
                    .filter(PreferenceProblem::labelsPairs)
                    .isPresent(),
            problem -> "the problem file has none");

    static final Need LOSS = new Need(
            "problem.objective: cross-entropy",
            problem -> pairObjective(problem).orElse(PairObjective.CROSS_ENTROPY) == PairObjective.CROSS_ENTROPY,
            problem -> "it is " + pairObjective(problem).orElseThrow());

    static final Need WIN_RATE = new Need(
            "problem.objective: win-rate",
            problem -> pairObjective(problem)
                    .filter(PairObjective.WIN_RATE::equals)
                    .isPresent(),
            problem -> "the upper objective of this problem is " + objective(problem));

    static final Need NEW_PAIRS = new Need(
            "new pairs of its own policy",
            problem -> problem.as(PreferenceProblem.class)
                    .filter(pairs -> pairs.protocol().newPairs() > 0)
                    .isPresent(),
            problem -> "problem.newPairs is 0");

    static final Need FEW_SEGMENTS = new Need(
            "at most " + PreferenceModel.MOST_SEGMENTS + " segments, which it lists",
            problem -> problem.as(PreferenceProblem.class)
                    .flatMap(one -> one.as(FinitePreferences.class))
                    .flatMap(PreferenceModel::of)
                    .isPresent(),
            problem -> "this problem has more");

    static final Need FEW_AVERAGES = new Need(
            "at most " + AdvantageAverages.MOST + " numbers, states x actions x length of x",
            problem -> averages(problem) <= AdvantageAverages.MOST,
            problem -> "this problem has " + averages(problem));

    static final Need FEW_RESPONSES = new Need(
            "at most " + BoltzmannGradient.MOST + " numbers, states x length of x",
            problem -> responses(problem) <= BoltzmannGradient.MOST,
            problem -> "this problem has " + responses(problem));

    static final Need FEW_COORDINATES = new Need(
            "at most " + CmaEs.MOST_COORDINATES + " coordinates of x, because it learns the covariance of every two",
            problem -> problem.upperSize() <= CmaEs.MOST_COORDINATES,
            problem -> "this problem has " + problem.upperSize());

    static final Need QUADRATIC = new Need(
            "a lower level that is quadratic in w, such as ridge regression",
            problem -> problem.as(QuadraticLower.class).isPresent(),
            problem -> "that of this problem is not");

    /** Upper objectives as people call them. */
    private static final class Words {
        static final String RETURN = "a return";
        static final String PAIRS = "a loss on pairs of segments";
        static final String EXPERTS = "the likelihood of experts";
        static final String ROWS = "a loss on validation rows";
    }

    private static Need objective(String words) {
        return new Need(
                "an upper objective that is " + words,
                problem -> objective(problem).equals(words),
                problem -> "that of this problem is " + objective(problem));
    }

    /** Whether a problem offers it. */
    boolean isMetBy(Problem problem) {
        return met.test(problem);
    }

    /** What is needed and what this problem has instead, after the name of what needs it. */
    String refusal(Problem problem) {
        return "needs " + words + ", but " + lack.apply(problem);
    }

    private static String objective(Problem problem) {
        if (problem.data().isPresent()) {
            return Words.ROWS;
        }
        boolean experts = problem.as(InverseProblem.class).isPresent();
        return problem.as(PreferenceProblem.class).isPresent() ? Words.PAIRS : experts ? Words.EXPERTS : Words.RETURN;
    }

    private static long averages(Problem problem) {
        long cells = problem.as(FiniteProblem.class)
                .map(tables -> (long) tables.states() * tables.actions())
                .orElse(0L);
        return cells * problem.upperSize();
    }

    private static long responses(Problem problem) {
        return problem.as(FiniteProblem.class)
                .map(BoltzmannGradient::responseSize)
                .orElse(0L);
    }

    private static Optional<PairObjective> pairObjective(Problem problem) {
        return problem.as(PreferenceProblem.class).map(PreferenceProblem::objective);
    }

    private static double entropyWeight(Problem problem) {
        return problem.trajectories().map(TrajectoryProblem::entropyWeight).orElse(0.0);
    }
}
