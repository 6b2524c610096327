package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A minibatch of {@link FittedModels} at a state: which blocks, which gradients, and how the estimates are read.
 *
 * <p>It is drawn on the driver at the address (seed, training, stream, iteration, batch): stream 0 for training rows and 1 for
 * validation rows of both models, or 2 and 3 for those of w_1 where the models share no rows.
 *
 * @param inner whether it moves the models between two outer batches
 */
record LossBatch(DataSetup setup, DataMethod method, State state, boolean inner) {

    private static final String TRAINING = "training.";
    private static final String VALIDATION = "validation.";
    private static final String DIFFERENCE = "difference.";
    private static final String MEAN = "mean";

    /** A named estimand. */
    private record Part(String name, LossGradient estimand) {}

    /** The tensors of running estimates after the batch: where x and the models were. */
    SortedMap<String, Tensor> before() {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (method.momentum()) {
            for (String what : List.of("upper", "lower.0", "lower.1")) {
                tensors.put(before(what), Tensor.of(state.real(what.equals("upper") ? what : what + "/0")));
            }
        }
        return tensors;
    }

    private String before(String what) {
        return "before." + (inner ? "inner." : "outer.") + what;
    }

    private String estimate(String part) {
        return "estimate." + (inner ? "inner." : "outer.") + part;
    }

    /** The upper variables that the terms name: now and, with momentum, before. */
    List<double[]> uppers() {
        return tensors(method.momentum() ? List.of("upper", before("upper")) : List.of("upper"));
    }

    /** The models that the terms name: w_0 and w_1 now and, with momentum, before. */
    List<Follower> followers() {
        List<String> now = List.of("lower.0/0", "lower.1/0");
        List<String> before = method.momentum() ? List.of(before("lower.0"), before("lower.1")) : List.of();
        return Stream.of(now, before)
                .flatMap(names -> tensors(names).stream())
                .map(Follower::plain)
                .toList();
    }

    private List<double[]> tensors(List<String> names) {
        return names.stream().map(state::real).toList();
    }

    /** The estimands, in order. */
    List<Estimand> estimands() {
        return parts().stream().<Estimand>map(Part::estimand).toList();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        DataProblem.Dependence dependence = setup.problem().dependence();
        if (!inner && dependence.lowerLoss()) {
            if (method.shared()) {
                parts.add(part(DIFFERENCE, Wanted.UPPER, false, 0, -1, 1));
            } else {
                parts.add(part(DIFFERENCE + 0, Wanted.UPPER, false, 0, -1, 0));
                parts.add(part(DIFFERENCE + 1, Wanted.UPPER, false, 1, 0, 1));
            }
        }
        if (!inner && dependence.upperLoss()) {
            parts.add(
                    method.twoSided()
                            ? part(MEAN, Wanted.UPPER, true, 0, 0.5, 0.5)
                            : part(MEAN, Wanted.UPPER, true, 1, 0, 1));
        }
        for (boolean validation : new boolean[] {false, true}) {
            for (int i = 0; i < 2; i++) {
                boolean moves = method.joint() ? inner == (i == 0) : inner;
                if (moves && (!validation || method.upperWeight(i, state.iteration()) != 0)) {
                    parts.add(part((validation ? VALIDATION : TRAINING) + i, Wanted.LOWER, validation, i, 1 - i, i));
                }
            }
        }
        return parts;
    }

    /**
     * An estimand with a term for each model of a weight, and with momentum one more for where it was.
     *
     * @param drawnFor the model whose rows these are, where each has its own
     */
    private Part part(String name, Wanted wanted, boolean validation, int drawnFor, double first, double second) {
        List<LossTerm> terms = new ArrayList<>();
        double kept = 1 - renewal(name);
        for (int model = 0; model < 2; model++) {
            double weight = model == 0 ? first : second;
            if (weight != 0) {
                terms.add(new LossTerm(0, model, weight));
            }
            if (weight != 0 && kept != 0) {
                terms.add(new LossTerm(1, 2 + model, -kept * weight));
            }
        }
        int stream = (validation ? 1 : 0) + (method.shared() ? 0 : 2 * drawnFor);
        RandomStream random =
                RandomStream.at(setup.seed(), Purpose.TRAINING, stream, 0, state.iteration(), state.phase());
        long units = inner ? setup.lower().units() : setup.upper().units();
        int[] blocks = Minibatch.draw(random, Math.toIntExact(units), total(validation));
        return new Part(name, new LossGradient(Purpose.TRAINING, stream, validation, blocks, terms, wanted));
    }

    /** eta; 1 for the first batch of its kind, which has nothing to renew. */
    private double renewal(String name) {
        return state.has(estimate(name)) ? method.renewal(state.iteration()) : 1;
    }

    private int total(boolean validation) {
        return validation ? setup.problem().validationBlocks() : setup.problem().trainingBlocks();
    }

    /** The estimates. */
    Estimates read(BatchResult result) {
        List<Part> parts = parts();
        SortedMap<String, double[]> means = new TreeMap<>();
        SortedMap<String, Double> errors = new TreeMap<>();
        SortedMap<String, Tensor> tensors = before();
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i).name();
            LossGradient estimand = parts.get(i).estimand();
            BatchResult.Estimate estimate = result.estimate(i);
            double[] mean = estimand.wanted().lower() ? estimate.lowerGradient() : estimate.upperGradient();
            double kept = 1 - renewal(name);
            if (kept != 0) {
                VectorMath.addScaled(kept, state.real(estimate(name)), mean);
            }
            means.put(name, mean);
            if (method.momentum()) {
                tensors.put(estimate(name), Tensor.of(mean));
            }
            if (estimand.wanted().upper()) {
                errors.put(name, error(estimand, estimate));
            }
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
        double[] inLower(int model, double weight) {
            double[] direction = means.get(TRAINING + model).clone();
            if (weight != 0) {
                VectorMath.addScaled(weight, means.get(VALIDATION + model), direction);
            }
            return direction;
        }

        /** The scaled difference of grad_x g and the mean of grad_x f, data alone. */
        double[] inUpper(double scale, int size) {
            double[] gradient = new double[size];
            errors.keySet().forEach(name -> VectorMath.addScaled(factor(name, scale), means.get(name), gradient));
            return gradient;
        }

        private static double factor(String name, double scale) {
            return name.startsWith(DIFFERENCE) ? scale : 1;
        }

        /** The standard error of {@link #inUpper}: parts see different rows, so their variances add. */
        double standardError(double scale) {
            double variance = 0;
            for (String name : errors.keySet()) {
                double one = factor(name, scale) * errors.get(name);
                variance += one * one;
            }
            return Math.sqrt(variance);
        }
    }
}
