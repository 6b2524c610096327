package io.stackel.experiment;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.State;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Policy;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** The solution that a state of an experiment stands for. */
    public static Solution of(Experiment experiment, State state) {
        Algorithm algorithm = experiment.algorithm();
        SortedMap<String, Tensor> arrays = new TreeMap<>();
        double[] x = algorithm.upper(state);
        arrays.put("x", Tensor.of(x));
        Optional<Setup> sampled = experiment.setup().trajectories();
        if (sampled.isEmpty()) {
            arrays.put(PARAMETERS, Tensor.of(algorithm.follower(state, 0)));
            algorithm
                    .surrogates(state, 0)
                    .forEach((name, model) -> arrays.put(Evaluation.of(PARAMETERS, name), Tensor.of(model)));
            return new Solution(arrays);
        }
        Setup setup = sampled.get();
        Policy policy = setup.policy();
        int contexts = setup.problem().contexts();
        SortedMap<String, Stack> parameters = new TreeMap<>();
        for (int context = 0; context < contexts; context++) {
            SortedMap<String, double[]> all = new TreeMap<>();
            all.put(PARAMETERS, algorithm.follower(state, context));
            algorithm
                    .surrogates(state, context)
                    .forEach((name, theta) -> all.put(Evaluation.of(PARAMETERS, name), theta));
            all.forEach((name, theta) -> parameters
                    .computeIfAbsent(name, none -> new Stack(contexts, policy.parameters()))
                    .add(theta));
        }
        parameters.forEach((name, stack) -> arrays.put(name, stack.tensor()));
        if (policy instanceof TwoPlayerSoftmax players) {
            setup.problem().zeroSum().ifPresent(game -> addPlayers(game, x, players, algorithm, state, arrays));
        } else {
            setup.problem().tables().ifPresent(problem -> addTables(problem, x, policy, algorithm, state, arrays));
        }
        return new Solution(arrays);
    }

    private static void addTables(
            FiniteProblem problem,
            double[] x,
            Policy policy,
            Algorithm algorithm,
            State state,
            SortedMap<String, Tensor> into) {
        int contexts = problem.contexts();
        Stack policies = new Stack(contexts, problem.states(), problem.actions());
        Stack values = new Stack(contexts, problem.states());
        Stack upperValues = new Stack(contexts, problem.states());
        for (int context = 0; context < contexts; context++) {
            double[] table = PolicyTable.logProbabilities(problem, policy, algorithm.follower(state, context));
            PolicyValues at =
                    new ExactModel(problem, context).at(new DenseVector(x)).evaluate(table);
            policies.add(at.policy());
            values.add(at.value());
            upperValues.add(at.upperValue());
        }
        into.put("policy", policies.tensor());
        into.put("value", values.tensor());
        into.put("upperValue", upperValues.tensor());
        MarkovGame game = problem.game(0);
        if (game.leaderActions() > 1) {
            double[] leader = new double[game.leaderCells()];
            problem.leaderPolicy(new DenseVector(x), leader);
            into.put("leaderPolicy", new Tensor.Real(leader, game.states(), game.leaderActions()));
        }
    }

    private static void addPlayers(
            ZeroSumProblem problem,
            double[] x,
            TwoPlayerSoftmax policy,
            Algorithm algorithm,
            State state,
            SortedMap<String, Tensor> into) {
        int contexts = problem.contexts();
        Stack first = new Stack(contexts, problem.states(), problem.firstActions());
        Stack second = new Stack(contexts, problem.states(), problem.secondActions());
        Stack values = new Stack(contexts, problem.states());
        Stack upperValues = new Stack(contexts, problem.states());
        for (int context = 0; context < contexts; context++) {
            ZeroSumProfile profile = new ZeroSumModel(problem, context)
                    .at(new DenseVector(x))
                    .profile(policy.playersLogs(algorithm.follower(state, context)));
            first.add(profile.first().policy());
            second.add(profile.second().policy());
            values.add(profile.first().value());
            upperValues.add(profile.first().upperValue());
        }
        into.put("policy1", first.tensor());
        into.put("policy2", second.tensor());
        into.put("value", values.tensor());
        into.put("upperValue", upperValues.tensor());
    }

    /** Arrays of one shape, one a context, one after the other. */
    private static final class Stack {

        private final int[] shape;
        private final double[] values;
        private int next;

        Stack(int contexts, int... one) {
            int size = Arrays.stream(one).reduce(contexts, Math::multiplyExact);
            values = new double[size];
            shape = contexts == 1 ? one : join(contexts, one);
        }

        private static int[] join(int first, int... rest) {
            int[] joined = new int[rest.length + 1];
            joined[0] = first;
            System.arraycopy(rest, 0, joined, 1, rest.length);
            return joined;
        }

        void add(double[] one) {
            System.arraycopy(one, 0, values, next, one.length);
            next += one.length;
        }

        Tensor tensor() {
            return new Tensor.Real(values, shape);
        }
    }
}
