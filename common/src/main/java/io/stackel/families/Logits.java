package io.stackel.families;

/** The logits of one row: loss, prediction and the gradient in them. */
final class Logits {

    final double[] values;
    final double[] slopes;

    Logits(int classes) {
        values = new double[classes];
        slopes = new double[classes];
    }

    /** The cross-entropy of a label; writes {@code softmax(z) - e_label} to the slopes. */
    double loss(int label) {
        double top = values[0];
        for (int c = 1; c < values.length; c++) {
            top = Math.max(top, values[c]);
        }
        double total = 0;
        for (int c = 0; c < values.length; c++) {
            slopes[c] = StrictMath.exp(values[c] - top);
            total += slopes[c];
        }
        for (int c = 0; c < values.length; c++) {
            slopes[c] /= total;
        }
        slopes[label] -= 1;
        return StrictMath.log(total) + top - values[label];
    }

    /** The class of the largest logit, the first of equal ones. */
    int largest() {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }
}
