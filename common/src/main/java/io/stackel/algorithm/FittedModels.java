package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Optimizer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The lower level of a problem with data: inner minibatches that move the models w_0 and w_1 of a {@link DataMethod}, each
 * from where it stands.
 *
 * <p>Parts of the objectives that hold no data enter in full, on the driver. Tensors: {@code lower.i/0}, {@code
 * optimizer.i.*}, and with momentum {@code estimate.*}, {@code before.*}.
 */
final class FittedModels implements LowerSolver {

    static final int MODELS = 2;

    private static final double[] UNWANTED = {};

    private final DataSetup setup;
    private final DataMethod method;
    private final Optimizer optimizer;
    private final LossBatches batches;

    FittedModels(DataSetup setup, DataMethod method, Optimizer optimizer) {
        this.setup = setup;
        this.method = method;
        this.optimizer = optimizer;
        batches = new LossBatches(setup, method);
    }

    static String model(int number) {
        return LowerSolver.name("lower", number, 0);
    }

    private static String optimizerPrefix(int model) {
        return "optimizer." + model + ".";
    }

    LossBatches batches() {
        return batches;
    }

    @Override
    public List<Target> targets() {
        double weight = method.upperWeight(1, 0);
        return List.of(new Target(method.twoSided() ? -weight : 0, 0), new Target(weight, 0));
    }

    /**
     * The model that minimises g at x, as far as it is known: w_0, or of the two-sided form the midpoint of both models, which
     * is off by a term of order sigma squared. Of another target the model on its side.
     */
    @Override
    public double[] response(State state, Target target, int context) {
        if (target.upperRewardWeight() != 0) {
            return state.real(model(target.upperRewardWeight() < 0 ? 0 : 1));
        }
        double[] first = state.real(model(0));
        if (!method.twoSided()) {
            return first;
        }
        double[] middle = VectorMath.scaled(0.5, first);
        VectorMath.addScaled(0.5, state.real(model(1)), middle);
        return middle;
    }

    @Override
    public int innerBatches() {
        return setup.lower().innerSteps();
    }

    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] w = setup.lowerStart();
        for (int i = 0; i < MODELS; i++) {
            tensors.put(model(i), Tensor.of(w.clone()));
            tensors.putAll(Setup.prefixed(optimizerPrefix(i), optimizer.init(w.length)));
        }
        tensors.putAll(batches.init(upper, w));
        return tensors;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return batches.estimands(state, true);
    }

    @Override
    public List<double[]> uppers(Frame frame, State state, boolean inner) {
        return batches.uppers(state, inner);
    }

    @Override
    public List<Follower> followers(State state, int context, boolean inner) {
        return batches.lowers(state, inner).stream().map(Follower::plain).toList();
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        LossBatches.Estimates estimates = batches.read(state, true, result);
        SortedMap<String, Tensor> tensors = new TreeMap<>(estimates.tensors());
        for (int i = 0; i < (method.joint() ? 1 : MODELS); i++) {
            tensors.putAll(modelStep(state, estimates, i));
        }
        return tensors;
    }

    /** The tensors of a model after a step. */
    SortedMap<String, Tensor> modelStep(State state, LossBatches.Estimates estimates, int i) {
        double[] w = state.real(model(i));
        double[] direction = estimates.inLower(i, method.upperWeight(i, state.iteration()), w.length);
        setup.problem().addLowerTerm(new DenseVector(state.real("upper")), new DenseVector(w), UNWANTED, direction);
        Optimizer.Update update = optimizer.step(
                Setup.stripped(optimizerPrefix(i), state.tensors()),
                w,
                direction,
                setup.lower().stepSize() * method.lowerDecay(state.iteration()));
        SortedMap<String, Tensor> tensors = Setup.prefixed(optimizerPrefix(i), update.state());
        tensors.put(model(i), Tensor.of(update.x()));
        return tensors;
    }
}
