package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/** The gradient of a {@link DataMethod} from an outer minibatch at its two models. */
record ModelDifference(DataProblem problem, DataMethod method, FittedModels models) implements Method {

    private static final double[] UNWANTED = {};

    @Override
    public List<Target> targets() {
        return models.targets();
    }

    @Override
    public SortedMap<String, Target> surrogates() {
        SortedMap<String, Target> surrogates = new TreeMap<>();
        if (method.twoSided()) {
            surrogates.put(Algorithm.MINUS, targets().get(0));
        }
        surrogates.put(
                method.joint() ? Algorithm.PENALISED : Algorithm.PLUS, targets().get(1));
        return surrogates;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return models.batches().estimands(state, false);
    }

    @Override
    public double upperDecay(long iteration) {
        return method.upperDecay(iteration);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        double scale = method.differenceScale(state.iteration());
        LossBatches.Estimates estimates = models.batches().read(state, false, result);
        DenseVector x = new DenseVector(state.real("upper"));
        double[] gradient = estimates.inUpper(scale, x.size());
        for (int i = 0; i < FittedModels.MODELS; i++) {
            double[] term = new double[x.size()];
            problem.addLowerTerm(x, new DenseVector(state.real(FittedModels.model(i))), term, UNWANTED);
            VectorMath.addScaled(i == 0 ? -scale : scale, term, gradient);
        }
        return new Gradient(gradient, estimates.standardError(scale), new TreeMap<>());
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        if (!method.momentum() && !method.joint()) {
            return new TreeMap<>();
        }
        LossBatches.Estimates estimates = models.batches().read(state, false, result);
        SortedMap<String, Tensor> tensors = new TreeMap<>(estimates.tensors());
        if (method.joint()) {
            tensors.putAll(models.modelStep(state, estimates, 1));
        }
        return tensors;
    }
}
