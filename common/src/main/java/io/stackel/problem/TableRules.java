package io.stackel.problem;

import io.stackel.mdp.MarkovGame;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.DenseVector;

/** The rules of a finite problem's tables at its start: sizes that are the same everywhere, distributions, finite numbers. */
final class TableRules {

    private static final double ROUNDING = 1e-9;

    private final FiniteProblem problem;
    private final Answers answers;

    TableRules(FiniteProblem problem, Answers answers) {
        this.problem = problem;
        this.answers = answers;
    }

    void hold(DenseVector start) {
        answers.given("dependence()", problem::dependence);
        MarkovGame first = answers.given("game(0)", () -> problem.game(0));
        sizes(first);
        answers.settle();
        leader(first, start);
        for (int context = 0; context < problem.contexts(); context++) {
            int k = context;
            same("game(" + k + ")", first, answers.given("game(" + k + ")", () -> problem.game(k)));
            same("game(x, " + k + ")", first, answers.given("game(x, " + k + ")", () -> problem.game(start, k)));
            table("lowerReward(x, " + k + ")", first.jointCells(), into -> problem.lowerReward(start, k, into));
            table("upperReward(x, " + k + ")", first.jointCells(), into -> problem.upperReward(start, k, into));
            answers.settle();
        }
        problem.as(ZeroSumProblem.class).ifPresent(players -> players(players, first));
    }

    private void sizes(MarkovGame game) {
        answers.require(
                problem.states() == game.states(), "states()", "game(0).states() = " + game.states(), problem.states());
        answers.require(
                problem.actions() == game.followerActions(),
                "actions()",
                "game(0).followerActions() = " + game.followerActions(),
                problem.actions());
        answers.require(
                problem.discount() == game.discount(),
                "discount()",
                "game(0).discount() = " + game.discount(),
                problem.discount());
        answers.size("featureSize()", 1, problem::featureSize);
    }

    private void same(String method, MarkovGame first, MarkovGame game) {
        boolean same = game.states() == first.states()
                && game.leaderActions() == first.leaderActions()
                && game.followerActions() == first.followerActions()
                && game.discount() == first.discount();
        answers.require(same, method, "of the sizes and discount of game(0), " + shape(first), "of " + shape(game));
    }

    private static String shape(MarkovGame game) {
        return game.states() + " states, " + game.leaderActions() + " x " + game.followerActions()
                + " actions, discount " + game.discount();
    }

    private double[] table(String method, int cells, Consumer<double[]> table) {
        double[] values = new double[cells];
        answers.asked(method, () -> {
            table.accept(values);
            return values;
        });
        answers.finite(method, values);
        return values;
    }

    private void leader(MarkovGame game, DenseVector start) {
        double[] policy = table("leaderPolicy(x)", game.leaderCells(), into -> problem.leaderPolicy(start, into));
        for (int s = 0; s < game.states(); s++) {
            double total = 0;
            double least = 0;
            for (int cell = s * game.leaderActions(); cell < (s + 1) * game.leaderActions(); cell++) {
                total += policy[cell];
                least = Math.min(least, policy[cell]);
            }
            if (least < 0 || Math.abs(total - 1) > ROUNDING) {
                answers.add("leaderPolicy(x) must give probabilities that sum to 1 in every state, but in state " + s
                        + " they sum to " + total + ", the least being " + least);
                return;
            }
        }
        boolean logits = problem.upperIsLeaderLogits();
        answers.require(
                !logits || problem.upperSize() == game.leaderCells(),
                "upperSize()",
                "states x leader's actions = " + game.leaderCells() + " where x is the leader's logits",
                problem.upperSize());
    }

    private void players(ZeroSumProblem players, MarkovGame game) {
        int first = answers.asked("firstActions()", players::firstActions);
        answers.require(
                first >= 1 && players.actions() % first == 0,
                "firstActions()",
                "at least 1 and a divisor of actions() = " + players.actions(),
                first);
        answers.require(
                game.leaderActions() == 1,
                "game(0).leaderActions()",
                "1, since the two players share the follower's action",
                game.leaderActions());
        answers.settle();
        int second = answers.asked("secondActions()", players::secondActions);
        answers.require(
                (long) first * second == players.actions(),
                "secondActions()",
                "actions() / firstActions() = " + players.actions() / first,
                second);
    }
}
