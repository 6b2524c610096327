package io.stackel.policy;

import java.util.Arrays;

/**
 * One layer {@code out = b + W' in} at fixed parameters, for many rows; one thread's.
 *
 * <p>Every row of W has an array of its own: a compiler takes several outputs at a time only where all arrays of a loop
 * are read at the same index. Inner loops run over the outputs (over the inputs on the way back), so that each sum takes
 * its terms in one order, whichever rows are evaluated together and however many outputs at a time.
 */
final class NetworkLayer {

    private final int inputs;
    private final int outputs;
    private final double[][] weights;
    private final double[] biases;
    private double[][] transposed = {};
    private double[][] weightSums = {};
    private double[] biasSums = {};

    /** The layer whose parameters, W row-major and then b, begin at {@code offset} of theta. */
    NetworkLayer(int inputs, int outputs, double[] theta, int offset) {
        this.inputs = inputs;
        this.outputs = outputs;
        weights = new double[inputs][];
        for (int j = 0; j < inputs; j++) {
            weights[j] = Arrays.copyOfRange(theta, offset + j * outputs, offset + (j + 1) * outputs);
        }
        biases = Arrays.copyOfRange(theta, offset + inputs * outputs, offset + (inputs + 1) * outputs);
    }

    /** The number of parameters. */
    int parameters() {
        return (inputs + 1) * outputs;
    }

    /** Evaluates one row: the bias, then the terms of inputs 0, 1, ... */
    void forward(double[] in, double[] out) {
        System.arraycopy(biases, 0, out, 0, outputs);
        addScaledRows(weights, in, inputs, out);
    }

    /** Writes the gradient in the input, given that in the output: the terms of outputs 0, 1, ... */
    void pullBack(double[] gradient, double[] into) {
        if (transposed.length == 0) {
            transpose();
        }
        Arrays.fill(into, 0);
        addScaledRows(transposed, gradient, outputs, into);
    }

    private void transpose() {
        transposed = new double[outputs][inputs];
        for (int j = 0; j < inputs; j++) {
            for (int i = 0; i < outputs; i++) {
                transposed[i][j] = weights[j][i];
            }
        }
    }

    /** Adds {@code factors[0] rows[0] + factors[1] rows[1] + ...}, in that order. */
    private static void addScaledRows(double[][] rows, double[] factors, int count, double[] into) {
        int fours = count & ~3;
        for (int j = 0; j < fours; j += 4) {
            addFour(
                    rows[j],
                    factors[j],
                    rows[j + 1],
                    factors[j + 1],
                    rows[j + 2],
                    factors[j + 2],
                    rows[j + 3],
                    factors[j + 3],
                    into);
        }
        for (int j = fours; j < count; j++) {
            addOne(rows[j], factors[j], into);
        }
    }

    private static void addFour(
            double[] r0,
            double f0,
            double[] r1,
            double f1,
            double[] r2,
            double f2,
            double[] r3,
            double f3,
            double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = into[i] + r0[i] * f0 + r1[i] * f1 + r2[i] * f2 + r3[i] * f3;
        }
    }

    private static void addOne(double[] row, double factor, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = into[i] + row[i] * factor;
        }
    }

    /** Adds the gradients in the parameters of rows 0, 1, ... to the layer's sums, in that order. */
    void addGradients(double[][] in, double[][] gradients, int rows) {
        if (weightSums.length == 0) {
            weightSums = new double[inputs][outputs];
            biasSums = new double[outputs];
        }
        int fours = rows & ~3;
        for (int j = 0; j < inputs; j++) {
            for (int r = 0; r < fours; r += 4) {
                addFour(
                        gradients[r],
                        in[r][j],
                        gradients[r + 1],
                        in[r + 1][j],
                        gradients[r + 2],
                        in[r + 2][j],
                        gradients[r + 3],
                        in[r + 3][j],
                        weightSums[j]);
            }
            for (int r = fours; r < rows; r++) {
                addOne(gradients[r], in[r][j], weightSums[j]);
            }
        }
        for (int r = 0; r < rows; r++) {
            addOne(gradients[r], 1, biasSums);
        }
    }

    /** Adds the sums to the parameters' places in {@code into} and begins anew. */
    void drain(double[] into, int offset) {
        for (int j = 0; j < weightSums.length; j++) {
            drain(weightSums[j], into, offset + j * outputs);
        }
        drain(biasSums, into, offset + inputs * outputs);
    }

    private static void drain(double[] sums, double[] into, int offset) {
        for (int i = 0; i < sums.length; i++) {
            into[offset + i] += sums[i];
        }
        Arrays.fill(sums, 0);
    }
}
