package io.stackel.policy;

/**
 * Rows of inputs on their way through a {@link Network} at fixed parameters, and gradients on the way back; for one
 * thread. A row's result does not depend on the rows beside it.
 */
public final class NetworkPass {

    /** The most rows that go together. */
    public static final int ROWS = 32;

    private final Activation activation;
    private final NetworkLayer[] layers;
    private final double[][][] values;
    private double[][][] gradients = {};

    NetworkPass(Network network, double[] theta) {
        activation = network.activation();
        int count = network.widths().size() - 1;
        layers = new NetworkLayer[count];
        values = new double[count + 1][ROWS][];
        int offset = 0;
        for (int l = 0; l <= count; l++) {
            values[l] = new double[ROWS][network.widths().get(l)];
            if (l > 0) {
                layers[l - 1] = new NetworkLayer(
                        network.widths().get(l - 1), network.widths().get(l), theta, offset);
                offset += layers[l - 1].parameters();
            }
        }
    }

    /** The number of inputs. */
    public int inputs() {
        return values[0][0].length;
    }

    /**
     * Evaluates the network at consecutive rows.
     *
     * @param inputs rows of inputs, of which {@code first} is the first
     * @param rows at most {@link #ROWS}
     * @return the outputs, valid until the next call
     */
    public double[][] forward(double[] inputs, int first, int rows) {
        int size = inputs();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(inputs, (first + r) * size, values[0][r], 0, size);
        }
        for (int l = 0; l < layers.length; l++) {
            for (int r = 0; r < rows; r++) {
                layers[l].forward(values[l][r], values[l + 1][r]);
                if (l < layers.length - 1) {
                    activation.applyInPlace(values[l + 1][r]);
                }
            }
        }
        return values[layers.length];
    }

    /** What is done with the outputs of row t. */
    interface Outputs {
        void take(int t, double[] outputs);
    }

    /** Writes the gradient in the outputs of row t. */
    interface OutputGradient {
        void write(int t, double[] outputs, double[] gradient);
    }

    /** Evaluates any number of rows, one after the other. */
    void forEach(double[] inputs, int count, Outputs taker) {
        for (int from = 0; from < count; from += ROWS) {
            int rows = Math.min(ROWS, count - from);
            double[][] outputs = forward(inputs, from, rows);
            for (int r = 0; r < rows; r++) {
                taker.take(from + r, outputs[r]);
            }
        }
    }

    /** Adds the gradients in theta of any number of rows to {@code into}, from {@code offset} on. */
    void addGradients(double[] inputs, int count, OutputGradient ofOutputs, double[] into, int offset) {
        double[][] ofRows = outputGradients();
        for (int from = 0; from < count; from += ROWS) {
            int rows = Math.min(ROWS, count - from);
            double[][] outputs = forward(inputs, from, rows);
            for (int r = 0; r < rows; r++) {
                ofOutputs.write(from + r, outputs[r], ofRows[r]);
            }
            addGradients(rows);
        }
        drain(into, offset);
    }

    /** Where the gradients in the outputs of the last {@link #forward} go before {@link #addGradients}. */
    public double[][] outputGradients() {
        if (gradients.length == 0) {
            gradients = new double[values.length][][];
            for (int l = 1; l < values.length; l++) {
                gradients[l] = new double[ROWS][values[l][0].length];
            }
        }
        return gradients[layers.length];
    }

    /** Adds up the gradients in theta of the first rows of the last {@link #forward}, until they are drained. */
    public void addGradients(int rows) {
        for (int l = layers.length; l > 0; l--) {
            layers[l - 1].addGradients(values[l - 1], gradients[l], rows);
            for (int r = 0; l > 1 && r < rows; r++) {
                layers[l - 1].pullBack(gradients[l][r], gradients[l - 1][r]);
                activation.pullBackInPlace(values[l - 1][r], gradients[l - 1][r]);
            }
        }
    }

    /** Adds what was added up to {@code into}, from {@code offset} on, and forgets it. */
    public void drain(double[] into, int offset) {
        int at = offset;
        for (NetworkLayer layer : layers) {
            layer.drain(into, at);
            at += layer.parameters();
        }
    }
}
