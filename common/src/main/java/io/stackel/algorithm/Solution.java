package io.stackel.algorithm;

import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * What a state says about the problem, by name:
 *
 * <pre>
 *   x             [m]      the upper variable
 *   parameters    [n]      theta of the follower's best response, or w of the model that minimises the lower loss, as well
 *                          as the algorithm knows it
 * and, where the algorithm has them beside that,
 *   parametersMinus, parametersPlus     of the policies that maximise J - sigma U and J + sigma U
 *   parametersPenalised                 of the policy or model that a penalty method moves along with x
 * and of a finite problem
 *   policy        [S][B]   the probabilities of the follower's best response
 *   value         [S]      the follower's value of each state under that policy, with entropy
 *   upperValue    [S]      the upper level's return from each state under that policy
 *   leaderPolicy  [S][A]   the leader's probabilities, if it acts
 * and of a zero-sum game, whose parameters are those of both players, in place of policy
 *   policy1       [S][A]   the first player's probabilities
 *   policy2       [S][B]   the second player's
 *   value         [S]      the first player's value of each state, with both entropies
 * </pre>
 *
 * <p>With several contexts all but x and leaderPolicy have the context as their first axis.
 *
 * @param arrays in the order of the names
 */
public record Solution(SortedMap<String, Tensor> arrays) {

    private static final String PARAMETERS = "parameters";

    public Solution {
        arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    }

    /** The solution that a state of an algorithm stands for. */
    public static Solution of(ProblemSetup setup, Algorithm algorithm, State state) {
        DenseVector x = new DenseVector(algorithm.upper(state));
        Stacks stacks = new Stacks(setup.contexts());
        for (int context = 0; context < setup.contexts(); context++) {
            double[] follower = algorithm.follower(state, context);
            stacks.add(PARAMETERS, follower, follower.length);
            algorithm
                    .surrogates(state, context)
                    .forEach((name, theta) -> stacks.add(Evaluation.of(PARAMETERS, name), theta, theta.length));
            if (setup.trajectories().isPresent()) {
                addTables(setup.trajectories().get(), context, x, follower, stacks);
            }
        }
        SortedMap<String, Tensor> arrays = stacks.tensors();
        arrays.put("x", Tensor.of(x.values()));
        setup.problem()
                .as(FiniteProblem.class)
                .filter(problem -> problem.game(0).leaderActions() > 1)
                .ifPresent(problem -> arrays.put("leaderPolicy", leaderPolicy(problem, x)));
        return new Solution(arrays);
    }

    private static void addTables(Setup setup, int context, DenseVector x, double[] follower, Stacks into) {
        if (setup.policy() instanceof TwoPlayerSoftmax policy) {
            setup.problem().as(ZeroSumProblem.class).ifPresent(problem -> {
                ZeroSumProfile at = new ZeroSumModel(problem, context).at(x).profile(policy.playersLogs(follower));
                into.add("policy1", at.first().policy(), problem.states(), problem.firstActions());
                into.add("policy2", at.second().policy(), problem.states(), problem.secondActions());
                addValues(at.first(), problem.states(), into);
            });
            return;
        }
        setup.problem().as(FiniteProblem.class).ifPresent(problem -> {
            double[] table = PolicyTable.logProbabilities(problem, setup.policy(), follower);
            PolicyValues at = new ExactModel(problem, context).at(x).evaluate(table);
            into.add("policy", at.policy(), problem.states(), problem.actions());
            addValues(at, problem.states(), into);
        });
    }

    private static void addValues(PolicyValues at, int states, Stacks into) {
        into.add("value", at.value(), states);
        into.add("upperValue", at.upperValue(), states);
    }

    private static Tensor leaderPolicy(FiniteProblem problem, DenseVector x) {
        MarkovGame game = problem.game(0);
        double[] leader = new double[game.leaderCells()];
        problem.leaderPolicy(x, leader);
        return new Tensor.Real(leader, game.states(), game.leaderActions());
    }

    /**
     * Arrays by name, of each one a context.
     *
     * @param contexts how many there are; if more than one, they are the first axis
     */
    private record Stacks(int contexts, SortedMap<String, List<Tensor.Real>> parts) {

        Stacks(int contexts) {
            this(contexts, new TreeMap<>());
        }

        void add(String name, double[] values, int... shape) {
            parts.computeIfAbsent(name, none -> new ArrayList<>()).add(new Tensor.Real(values, shape));
        }

        SortedMap<String, Tensor> tensors() {
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            parts.forEach((name, each) -> tensors.put(name, contexts == 1 ? each.get(0) : stacked(each)));
            return tensors;
        }

        private static Tensor stacked(List<Tensor.Real> parts) {
            double[] values = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part.values()))
                    .toArray();
            IntStream shape = Arrays.stream(parts.get(0).shape());
            return new Tensor.Real(
                    values, IntStream.concat(IntStream.of(parts.size()), shape).toArray());
        }
    }
}
