package io.stackel.families;

import io.stackel.math.RowMath;
import java.util.List;

/**
 * A model that gives classes their logits z; its loss is the cross-entropy {@code log sum_c exp(z_c) - z_label}. Every layer
 * maps its inputs h to {@code W' h + v}, and all but the last take the logistic function of that: without a hidden layer it
 * is softmax regression. Parameters are, layer by layer, W, inputs x outputs, row-major, then v.
 *
 * <p>The gradient, with {@code dz = softmax(z) - e_label} of the last layer:
 *
 * <pre>
 *   dW = h dz',   dv = dz,   dz_k of the layer before = h_k (1 - h_k) (W dz)_k
 * </pre>
 *
 * <p>Sums run over inputs in ascending order; inputs that are zero are skipped, which changes no bit of a finite sum. Rows
 * of W belong to inputs, so that the loops inside run over neighbours in memory without a sum of their own: the compiler
 * makes vector instructions of them and no bit depends on it.
 *
 * @param widths the number of features, of the units of each hidden layer, and of classes
 */
record Classifier(List<Integer> widths) {

    /** The number n of parameters. */
    int parameters() {
        return offset(widths.size() - 1);
    }

    /** The number C of classes. */
    int classes() {
        return widths.get(widths.size() - 1);
    }

    /** Where the parameters of a layer begin. */
    private int offset(int layer) {
        int offset = 0;
        for (int i = 0; i < layer; i++) {
            offset += (widths.get(i) + 1) * widths.get(i + 1);
        }
        return offset;
    }

    /** A pass over rows with parameters, for one thread. */
    Pass pass(double[] parameters) {
        return new Pass(parameters);
    }

    /** What is computed row by row; holds the activations of the last row. */
    final class Pass {

        private final double[] w;
        private final double[][] activations = new double[widths.size()][];
        private final double[][] slopes = new double[widths.size()][];

        private Pass(double[] w) {
            this.w = w;
            for (int i = 0; i < activations.length; i++) {
                activations[i] = new double[widths.get(i)];
                slopes[i] = new double[widths.get(i)];
            }
        }

        /** The loss of a row, which the other methods then refer to. */
        double loss(double[] rows, int offset, int label) {
            System.arraycopy(rows, offset, activations[0], 0, activations[0].length);
            int last = activations.length - 1;
            for (int layer = 0; layer < last; layer++) {
                double[] from = activations[layer];
                double[] to = activations[layer + 1];
                int matrix = offset(layer);
                System.arraycopy(w, matrix + from.length * to.length, to, 0, to.length);
                for (int j = 0; j < from.length; j++) {
                    if (from[j] != 0) {
                        RowMath.addScaled(from[j], w, matrix + j * to.length, to.length, to, 0);
                    }
                }
                for (int k = 0; layer + 1 < last && k < to.length; k++) {
                    to[k] = 1 / (1 + StrictMath.exp(-to[k]));
                }
            }
            return crossEntropy(activations[last], label, slopes[last]);
        }

        /** Adds {@code scale} times the gradient of the row's loss. */
        void addGradient(double scale, double[] into) {
            double factor = scale;
            for (int layer = activations.length - 2; layer >= 0; layer--) {
                double[] from = activations[layer];
                double[] delta = slopes[layer + 1];
                int matrix = offset(layer);
                RowMath.addScaled(factor, delta, 0, delta.length, into, matrix + from.length * delta.length);
                for (int k = 0; k < from.length; k++) {
                    int row = matrix + k * delta.length;
                    if (from[k] != 0) {
                        RowMath.addScaled(factor * from[k], delta, 0, delta.length, into, row);
                    }
                    if (layer > 0) {
                        slopes[layer][k] = factor * from[k] * (1 - from[k]) * RowMath.dot(w, row, delta);
                    }
                }
                factor = 1;
            }
        }

        /** The class of the largest logit of the row, the first of equal ones. */
        int prediction() {
            double[] logits = activations[activations.length - 1];
            int best = 0;
            for (int c = 1; c < logits.length; c++) {
                best = logits[c] > logits[best] ? c : best;
            }
            return best;
        }
    }

    /** The loss of logits; writes {@code softmax(z) - e_label}. */
    private static double crossEntropy(double[] logits, int label, double[] slopes) {
        double top = logits[0];
        for (double logit : logits) {
            top = Math.max(top, logit);
        }
        double total = 0;
        for (int c = 0; c < logits.length; c++) {
            slopes[c] = StrictMath.exp(logits[c] - top);
            total += slopes[c];
        }
        for (int c = 0; c < logits.length; c++) {
            slopes[c] /= total;
        }
        slopes[label] -= 1;
        return StrictMath.log(total) + top - logits[label];
    }
}
