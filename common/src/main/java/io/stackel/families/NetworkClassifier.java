package io.stackel.families;

import io.stackel.math.RowMath;

/**
 * One hidden layer: {@code h = s(W' a + v), z = U' h + u} with the logistic function s. Parameters are W, features x hidden,
 * row-major, v, U, hidden x classes, row-major, u.
 *
 * <p>The gradient, with {@code dz = softmax(z) - e_label}:
 *
 * <pre>
 *   dU = h dz',   du = dz,   dh_k = h_k (1 - h_k) (U dz)_k,   dW = a dh',   dv = dh
 * </pre>
 *
 * <p>Sums run over features, then hidden units, in ascending order; features that are zero are skipped, which changes no
 * bit of a finite sum. Rows of W belong to features, so that the loops inside run over neighbours in memory without a sum
 * of their own: the compiler makes vector instructions of them and no bit depends on it.
 */
record NetworkClassifier(int features, int hidden, int classes) implements Classifier {

    @Override
    public int parameters() {
        return (features + 1) * hidden + (hidden + 1) * classes;
    }

    private int hiddenBias() {
        return features * hidden;
    }

    private int output() {
        return hiddenBias() + hidden;
    }

    private int outputBias() {
        return output() + hidden * classes;
    }

    @Override
    public Pass pass(double[] parameters) {
        return new NetworkPass(parameters);
    }

    private final class NetworkPass implements Pass {

        private final double[] w;
        private final Logits logits = new Logits(classes);
        private final double[] activations = new double[hidden];
        private final double[] deltas = new double[hidden];
        private double[] rows = {};
        private int offset;

        NetworkPass(double[] w) {
            this.w = w;
        }

        @Override
        public double loss(double[] data, int from, int label) {
            rows = data;
            offset = from;
            System.arraycopy(w, hiddenBias(), activations, 0, hidden);
            for (int j = 0; j < features; j++) {
                double a = rows[offset + j];
                if (a != 0) {
                    RowMath.addScaled(a, w, j * hidden, hidden, activations, 0);
                }
            }
            System.arraycopy(w, outputBias(), logits.values, 0, classes);
            for (int k = 0; k < hidden; k++) {
                activations[k] = 1 / (1 + StrictMath.exp(-activations[k]));
                RowMath.addScaled(activations[k], w, output() + k * classes, classes, logits.values, 0);
            }
            return logits.loss(label);
        }

        @Override
        public void addGradient(double scale, double[] into) {
            RowMath.addScaled(scale, logits.slopes, 0, classes, into, outputBias());
            for (int k = 0; k < hidden; k++) {
                double h = activations[k];
                int row = output() + k * classes;
                RowMath.addScaled(scale * h, logits.slopes, 0, classes, into, row);
                deltas[k] = scale * h * (1 - h) * RowMath.dot(w, row, logits.slopes);
            }
            RowMath.addScaled(1, deltas, 0, hidden, into, hiddenBias());
            for (int j = 0; j < features; j++) {
                double a = rows[offset + j];
                if (a != 0) {
                    RowMath.addScaled(a, deltas, 0, hidden, into, j * hidden);
                }
            }
        }

        @Override
        public int prediction() {
            return logits.largest();
        }
    }
}
