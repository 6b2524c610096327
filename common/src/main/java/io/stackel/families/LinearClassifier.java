package io.stackel.families;

import io.stackel.math.RowMath;

/**
 * {@code z = W' a + v}; parameters are W, features x classes, row-major, then v.
 *
 * <p>Sums run over the features in ascending order; features that are zero are skipped, which changes no bit of a finite
 * sum.
 */
record LinearClassifier(int features, int classes) implements Classifier {

    @Override
    public int parameters() {
        return (features + 1) * classes;
    }

    @Override
    public Pass pass(double[] parameters) {
        return new LinearPass(parameters);
    }

    private final class LinearPass implements Pass {

        private final double[] w;
        private final Logits logits = new Logits(classes);
        private double[] rows = {};
        private int offset;

        LinearPass(double[] w) {
            this.w = w;
        }

        @Override
        public double loss(double[] data, int from, int label) {
            rows = data;
            offset = from;
            System.arraycopy(w, features * classes, logits.values, 0, classes);
            for (int j = 0; j < features; j++) {
                double a = rows[offset + j];
                if (a != 0) {
                    RowMath.addScaled(a, w, j * classes, classes, logits.values, 0);
                }
            }
            return logits.loss(label);
        }

        @Override
        public void addGradient(double scale, double[] into) {
            for (int j = 0; j < features; j++) {
                double a = rows[offset + j];
                if (a != 0) {
                    RowMath.addScaled(scale * a, logits.slopes, 0, classes, into, j * classes);
                }
            }
            RowMath.addScaled(scale, logits.slopes, 0, classes, into, features * classes);
        }

        @Override
        public int prediction() {
            return logits.largest();
        }
    }
}
