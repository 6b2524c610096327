package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The lower level of a problem with data: inner minibatches that move the models w_0 and w_1 of a {@link DataMethod}, each
 * from where it stands; and the gradient in x from an outer minibatch at both.
 *
 * <p>Parts of the objectives that hold no data enter in full, on the driver. Tensors: {@code lower.i/0}, {@code
 * optimizer.i.*}, and with momentum {@code estimate.*}, {@code before.*}.
 */
final class FittedModels implements LowerSolver {

    private static final int MODELS = 2;
    private static final double[] UNWANTED = {};

    private final DataSetup setup;
    private final DataMethod method;
    private final Optimizer optimizer;

    private FittedModels(DataSetup setup, DataMethod method, Optimizer optimizer) {
        this.setup = setup;
        this.method = method;
        this.optimizer = optimizer;
    }

    static Algorithm algorithm(DataSetup setup, DataMethod method) {
        return algorithm(setup, method, LowerLevels.ofModels(setup.lower()));
    }

    static Algorithm algorithm(DataSetup setup, DataMethod method, Optimizer optimizer) {
        FittedModels models = new FittedModels(setup, method, optimizer);
        return new TwoLevel(new Frame(setup), models.new Gap(), models);
    }

    private static String model(int number) {
        return LowerSolver.name("lower", number, 0);
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
    public SortedMap<String, Tensor> init(State start) {
        double[] w = setup.lowerStart();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < MODELS; i++) {
            tensors.putAll(iterate(i).init(w));
        }
        State begun = start.with(tensors);
        tensors.putAll(batch(begun, true).before());
        tensors.putAll(batch(begun, false).before());
        return tensors;
    }

    private LossBatch batch(State state, boolean inner) {
        return new LossBatch(setup, method, state, inner);
    }

    private Iterate iterate(int number) {
        return new Iterate(model(number), "optimizer." + number + ".", optimizer);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return batch(state, true).estimands();
    }

    @Override
    public List<double[]> uppers(Frame frame, State state, boolean inner) {
        return batch(state, inner).uppers();
    }

    @Override
    public List<Follower> followers(State state, int context, boolean inner) {
        return batch(state, inner).followers();
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        LossBatch.Estimates estimates = batch(state, true).read(result);
        SortedMap<String, Tensor> tensors = new TreeMap<>(estimates.tensors());
        for (int i = 0; i < (method.joint() ? 1 : MODELS); i++) {
            tensors.putAll(modelStep(state, estimates, i));
        }
        return tensors;
    }

    /** The tensors of a model after a step. */
    private SortedMap<String, Tensor> modelStep(State state, LossBatch.Estimates estimates, int i) {
        double[] w = state.real(model(i));
        double[] direction = estimates.inLower(i, method.upperWeight(i, state.iteration()));
        setup.problem().addLowerTerm(new DenseVector(state.real("upper")), new DenseVector(w), UNWANTED, direction);
        double step = setup.lower().stepSize() * method.lowerDecay(state.iteration());
        return iterate(i).step(state, direction, step, free -> {});
    }

    /** The upper level: the gap of g between both models, and f. */
    private final class Gap implements Method {

        @Override
        public List<Target> targets() {
            return FittedModels.this.targets();
        }

        @Override
        public SortedMap<String, Target> surrogates() {
            SortedMap<String, Target> surrogates = new TreeMap<>();
            if (method.twoSided()) {
                surrogates.put(Algorithm.MINUS, targets().get(0));
            }
            surrogates.put(
                    method.joint() ? Algorithm.PENALISED : Algorithm.PLUS,
                    targets().get(1));
            return surrogates;
        }

        @Override
        public List<Estimand> estimands(State state) {
            return batch(state, false).estimands();
        }

        @Override
        public double upperDecay(long iteration) {
            return method.upperDecay(iteration);
        }

        @Override
        public Gradient gradient(Frame frame, State state, BatchResult result) {
            double scale = method.differenceScale(state.iteration());
            LossBatch.Estimates estimates = batch(state, false).read(result);
            DenseVector x = new DenseVector(state.real("upper"));
            double[] gradient = estimates.inUpper(scale, x.size());
            for (int i = 0; i < MODELS; i++) {
                double[] term = new double[x.size()];
                setup.problem().addLowerTerm(x, new DenseVector(state.real(model(i))), term, UNWANTED);
                VectorMath.addScaled(i == 0 ? -scale : scale, term, gradient);
            }
            return new Gradient(gradient, estimates.standardError(scale));
        }

        @Override
        public Map<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
            if (!method.momentum() && !method.joint()) {
                return Map.of();
            }
            LossBatch.Estimates estimates = batch(state, false).read(result);
            SortedMap<String, Tensor> tensors = new TreeMap<>(estimates.tensors());
            if (method.joint()) {
                tensors.putAll(modelStep(state, estimates, 1));
            }
            return tensors;
        }
    }
}
