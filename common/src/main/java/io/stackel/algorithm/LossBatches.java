package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.LossGradient;
import io.stackel.estimate.LossTerm;
import io.stackel.estimate.Minibatch;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The minibatches of {@link FittedModels} and {@link ModelDifference}: which blocks, which gradients, and how the estimates are read.
 *
 * <p>A minibatch is drawn on the driver at the address (seed, training, stream, iteration, batch): stream 0 for training
 * rows and 1 for validation rows of both models, or 2 and 3 for those of w_1 where the models share no rows.
 */
final class LossBatches {

    private static final String TRAINING = "training.";
    private static final String VALIDATION = "validation.";
    private static final String DIFFERENCE = "difference.";
    private static final String MEAN = "mean";

    private final DataSetup setup;
    private final DataMethod method;

    LossBatches(DataSetup setup, DataMethod method) {
        this.setup = setup;
        this.method = method;
    }

    /** A named estimand of a batch. */
    record Part(String name, LossGradient estimand) {}

    /** The tensors of running estimates at the start. */
    SortedMap<String, Tensor> init(double[] x, double[] w) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (method.momentum()) {
            for (boolean inner : new boolean[] {true, false}) {
                tensors.putAll(before(inner, x, List.of(w, w)));
            }
        }
        return tensors;
    }

    private static SortedMap<String, Tensor> before(boolean inner, double[] x, List<double[]> models) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(before(inner, "upper"), Tensor.of(x));
        for (int i = 0; i < models.size(); i++) {
            tensors.put(before(inner, "lower." + i), Tensor.of(models.get(i)));
        }
        return tensors;
    }

    private static String before(boolean inner, String what) {
        return "before." + (inner ? "inner." : "outer.") + what;
    }

    private static String estimate(boolean inner, String part) {
        return "estimate." + (inner ? "inner." : "outer.") + part;
    }

    /** The upper variables that a batch's terms name: now and, with momentum, before. */
    List<double[]> uppers(State state, boolean inner) {
        return method.momentum()
                ? List.of(state.real("upper"), state.real(before(inner, "upper")))
                : List.of(state.real("upper"));
    }

    /** The models that a batch's terms name: w_0 and w_1 now and, with momentum, before. */
    List<double[]> lowers(State state, boolean inner) {
        List<double[]> lowers = models(state);
        if (method.momentum()) {
            lowers.add(state.real(before(inner, "lower.0")));
            lowers.add(state.real(before(inner, "lower.1")));
        }
        return lowers;
    }

    private static List<double[]> models(State state) {
        return new ArrayList<>(List.of(state.real(FittedModels.model(0)), state.real(FittedModels.model(1))));
    }

    /** The estimands of a batch, in order. */
    List<Estimand> estimands(State state, boolean inner) {
        return parts(state, inner).stream().<Estimand>map(Part::estimand).toList();
    }

    /** The same by name. */
    List<Part> parts(State state, boolean inner) {
        List<Part> parts = new ArrayList<>();
        if (!inner) {
            addUpperParts(state, parts);
        }
        for (int i = 0; i < 2; i++) {
            boolean moves = method.joint() ? inner == (i == 0) : inner;
            if (moves) {
                parts.add(part(state, inner, TRAINING + i, false, i, true, new int[] {i}, 1));
            }
        }
        for (int i = 0; i < 2; i++) {
            boolean moves = method.joint() ? inner == (i == 0) : inner;
            if (moves && method.upperWeight(i, state.iteration()) != 0) {
                parts.add(part(state, inner, VALIDATION + i, true, i, true, new int[] {i}, 1));
            }
        }
        return parts;
    }

    private void addUpperParts(State state, List<Part> parts) {
        DataProblem.Dependence dependence = setup.problem().dependence();
        if (dependence.lowerLoss() && method.shared()) {
            parts.add(part(state, false, DIFFERENCE, false, 0, false, new int[] {0, 1}, -1, 1));
        } else if (dependence.lowerLoss()) {
            parts.add(part(state, false, DIFFERENCE + 0, false, 0, false, new int[] {0}, -1));
            parts.add(part(state, false, DIFFERENCE + 1, false, 1, false, new int[] {1}, 1));
        }
        if (dependence.upperLoss() && method.twoSided()) {
            parts.add(part(state, false, MEAN, true, 0, false, new int[] {0, 1}, 0.5, 0.5));
        } else if (dependence.upperLoss()) {
            parts.add(part(state, false, MEAN, true, 1, false, new int[] {1}, 1));
        }
    }

    /** An estimand with a term for each model, and with momentum one more for where it was. */
    private Part part(
            State state,
            boolean inner,
            String name,
            boolean validation,
            int drawnFor,
            boolean inLower,
            int[] models,
            double... weights) {
        List<LossTerm> terms = new ArrayList<>();
        double kept = 1 - renewal(state, inner, name);
        for (int t = 0; t < models.length; t++) {
            terms.add(new LossTerm(0, models[t], weights[t]));
            if (kept != 0) {
                terms.add(new LossTerm(1, 2 + models[t], -kept * weights[t]));
            }
        }
        int stream = (validation ? 1 : 0) + (method.shared() ? 0 : 2 * drawnFor);
        int[] blocks = blocks(state, inner, validation, stream);
        return new Part(
                name,
                new LossGradient(
                        Purpose.TRAINING, stream, validation, blocks, terms, inLower ? Wanted.LOWER : Wanted.UPPER));
    }

    /** eta; 1 for the first batch of its kind, which has nothing to renew. */
    private double renewal(State state, boolean inner, String name) {
        return state.has(estimate(inner, name)) ? method.renewal(state.iteration()) : 1;
    }

    private int[] blocks(State state, boolean inner, boolean validation, int stream) {
        RandomStream random =
                RandomStream.at(setup.seed(), Purpose.TRAINING, stream, 0, state.iteration(), state.phase());
        long units = inner ? setup.lower().units() : setup.upper().units();
        return Minibatch.draw(random, Math.toIntExact(units), total(validation));
    }

    private int total(boolean validation) {
        return validation ? setup.problem().validationBlocks() : setup.problem().trainingBlocks();
    }

    /** The estimates of a batch. */
    Estimates read(State state, boolean inner, BatchResult result) {
        List<Part> parts = parts(state, inner);
        SortedMap<String, double[]> means = new TreeMap<>();
        SortedMap<String, Double> errors = new TreeMap<>();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            BatchResult.Estimate estimate = result.estimate(i);
            double[] mean = part.estimand().wanted().lower() ? estimate.lowerGradient() : estimate.upperGradient();
            double kept = 1 - renewal(state, inner, part.name());
            if (kept != 0) {
                VectorMath.addScaled(kept, state.real(estimate(inner, part.name())), mean);
            }
            means.put(part.name(), mean);
            if (method.momentum()) {
                tensors.put(estimate(inner, part.name()), Tensor.of(mean));
            }
            if (part.estimand().wanted().upper()) {
                errors.put(part.name(), error(part.estimand(), estimate));
            }
        }
        if (method.momentum()) {
            tensors.putAll(before(inner, state.real("upper"), models(state)));
        }
        return new Estimates(means, errors, tensors);
    }

    /** The standard error of a mean over blocks that were drawn without replacement; 0 if it is over all. */
    private double error(LossGradient estimand, BatchResult.Estimate estimate) {
        int total = total(estimand.validation());
        int drawn = estimand.blocks().length;
        return drawn == total ? 0 : estimate.upperStandardError() * Math.sqrt(1 - drawn / (double) total);
    }

    /**
     * What a batch estimates.
     *
     * @param means by the names of the parts
     * @param errors standard errors of those in x
     * @param tensors what of it the state keeps
     */
    record Estimates(
            SortedMap<String, double[]> means, SortedMap<String, Double> errors, SortedMap<String, Tensor> tensors) {

        /** grad_w of g + weight f, data alone, at a model. */
        double[] inLower(int model, double weight, int size) {
            double[] direction = new double[size];
            VectorMath.addScaled(1, means.get(TRAINING + model), direction);
            if (weight != 0) {
                VectorMath.addScaled(weight, means.get(VALIDATION + model), direction);
            }
            return direction;
        }

        /** The scaled difference of grad_x g and the mean of grad_x f, data alone. */
        double[] inUpper(double scale, int size) {
            double[] gradient = new double[size];
            means.forEach((name, mean) -> {
                if (name.startsWith(DIFFERENCE)) {
                    VectorMath.addScaled(scale, mean, gradient);
                } else if (name.equals(MEAN)) {
                    VectorMath.addScaled(1, mean, gradient);
                }
            });
            return gradient;
        }

        /** The standard error of {@link #inUpper}: parts see different rows, so their variances add. */
        double standardError(double scale) {
            double variance = 0;
            for (Map.Entry<String, Double> error : errors.entrySet()) {
                double one = error.getKey().startsWith(DIFFERENCE) ? scale * error.getValue() : error.getValue();
                variance += one * one;
            }
            return Math.sqrt(variance);
        }
    }
}
