package org.example.algorithm;

import io.stackel.algorithm.*;
import io.stackel.estimate.*;
import io.stackel.exact.*;
import io.stackel.math.*;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.*;
import io.stackel.random.Purpose;
import java.util.*;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Penalty-based bilevel RL in a single loop: x, the penalised policy theta and the tracked best response pihat take one step
 * each from one batch. With lambda the penalty's weight, tau the entropy weight, Q and W the values of actions to the follower
 * and to the leader, all at (x, theta, pihat) of the iteration:
 *
 * <pre>
 *   x     &lt;- Proj( x - step ( grad_x f(x, theta) + lambda ( grad_x J(x, pihat) - grad_x J(x, theta) ) ) )       [m]
 *   pihat &lt;- (1 - alpha) pihat + alpha Q_pihat / tau                     mirror ascent of J                    [S x B]
 *   theta &lt;- (1 - alpha) theta + alpha ( Q_theta + W_theta / lambda ) / tau     of J - f / lambda              [S x B]
 * </pre>
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR 26(114),
 * 2025: the value penalty, one step of the lower level for each step of the upper one. Departures: theta takes a mirror step of
 * its own weight alpha, where the paper takes a projected gradient step with the step size of x; Q and W are those of the game
 * that all transitions so far give, and not of this batch alone; both policies share their trajectories in the gradient of x.
 */
public final class SingleLoopPbrl implements AlgorithmFactory {

    @Override
    public String name() {
        return "pbrl-sl";
    }

    @Override
    public String summary() {
        return "penalty-based bilevel RL in a single loop, with mirror steps (Shen, Yang and Chen 2025)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("penaltyWeight", 5, Range.POSITIVE, "Weight lambda of the penalty."),
                Parameter.real(
                        "mirrorWeight", 0.5, Range.closed(0, 1), "Weight alpha of new logits in a mirror step."));
    }

    @Override
    public Algorithm create(ProblemSetup given, Settings settings) {
        if (given instanceof Setup setup
                && setup.policy() instanceof TabularSoftmax
                && setup.problem() instanceof FiniteProblem problem
                && problem.entropyWeight() > 0
                && !problem.upperRewardHidden()
                && !problem.dependence().transitions()) {
            return new Machine(setup, problem, settings.real("penaltyWeight"), settings.real("mirrorWeight"));
        }
        throw new MisfitException(
                "algorithm.name",
                "algorithm.name: pbrl-sl needs tables without x in the transitions, entropy and tabular-softmax");
    }

    /** The state machine. Its state: x in upper; of each context the logits pihat and theta and the counts of transitions. */
    private record Machine(Setup setup, FiniteProblem problem, double lambda, double alpha) implements Algorithm {

        @Override
        public State init() {
            SortedMap<String, Tensor> tensors = setup.upper().init(setup.start());
            for (int context = 0; context < problem.contexts(); context++) {
                tensors.put("pihat/" + context, Tensor.of(setup.policy().uniform()));
                tensors.put("theta/" + context, Tensor.of(setup.policy().uniform()));
                tensors.put("counts/" + context, Tensor.of(new long[(int) CountedGame.size(problem.game(context))]));
            }
            return new State(0, 0, 0, 0, 0, tensors);
        }

        @Override
        public BatchRequest request(State state) {
            Units units = new Units(Purpose.TRAINING, 0, setup.upper().units());
            FollowerPair pair = new FollowerPair(0, 1, Coupling.SHARED);
            return setup.request(
                    state,
                    List.of(upper(state)),
                    List.of(withBaselines(state, "pihat/"), withBaselines(state, "theta/")),
                    List.of(new ValueGradient(units, 0, pair, Combination.penalised(lambda), Wanted.UPPER, true)));
        }

        @Override
        public Progress step(State state, BatchResult result) {
            double[] gradient = result.estimate(0).upperGradient();
            problem.addUpperTermGradient(new DenseVector(upper(state)), gradient);
            String counts = "counts/" + context(state);
            Map<String, Tensor> counted =
                    Map.of(counts, Tensor.of(CountedGame.add(state.whole(counts), result.transitions())));
            SortedMap<String, Tensor> tensors = setup.upper().step(state, gradient);
            tensors.putAll(counted);
            for (String name : List.of("pihat/", "theta/")) {
                PolicyValues values = values(state.with(counted), name);
                double[] q = VectorMath.scaled(1 / problem.entropyWeight(), values.q());
                if (name.equals("theta/")) {
                    VectorMath.addScaled(1 / (lambda * problem.entropyWeight()), values.upperQ(), q);
                }
                MirrorStep.apply(state.real(name + context(state)), q, alpha, q);
                tensors.put(name + context(state), Tensor.of(q));
            }
            double error = result.estimate(0).upperStandardError();
            return new Progress(
                    state.afterOuter(result.steps(), tensors),
                    new TreeMap<>(Map.of("gradientNorm", VectorMath.norm(gradient), "gradientStandardError", error)));
        }

        /** What a policy earns at the state's x in the game of the counts. */
        private PolicyValues values(State state, String name) {
            CountedGame game = new CountedGame(problem, context(state), state.whole("counts/" + context(state)));
            double[] logs = PolicyTable.logProbabilities(problem, setup.policy(), state.real(name + context(state)));
            return new ExactModel(game, 0).at(new DenseVector(upper(state))).evaluate(logs);
        }

        private Follower withBaselines(State state, String name) {
            PolicyValues values = values(state, name);
            return Follower.withBaselines(state.real(name + context(state)), values.value(), values.upperValue());
        }

        @Override
        public double[] upper(State state) {
            return state.real("upper");
        }

        @Override
        public double[] follower(State state, int context) {
            return state.real("pihat/" + context);
        }

        @Override
        public SortedMap<String, double[]> surrogates(State state, int context) {
            return new TreeMap<>(Map.of(PENALISED, state.real("theta/" + context)));
        }

        @Override
        public int context(State state) {
            return setup.context(state.iteration());
        }
    }
}
