package io.stackel.policy;

import java.util.Arrays;

/**
 * One input on its way through a {@link Network} and its gradient on the way back; for one thread.
 *
 * <p>Inner loops run over the outputs of a layer, side by side, so that each sum takes its terms in the order of the
 * inputs. The one sum over outputs, that of the gradient in a layer's input, has four partial sums of every fourth term,
 * added as (0 + 1) + (2 + 3).
 */
public final class NetworkPass {

    private final Activation activation;
    private final double[][] values;
    private final double[][] gradients;
    private final int[] offsets;

    NetworkPass(Network network) {
        activation = network.activation();
        int layers = network.widths().size();
        values = new double[layers][];
        gradients = new double[layers][];
        offsets = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            int width = network.widths().get(layer);
            values[layer] = new double[width];
            gradients[layer] = new double[width];
            if (layer > 1) {
                offsets[layer] = offsets[layer - 1] + (values[layer - 2].length + 1) * values[layer - 1].length;
            }
        }
    }

    /** The number of inputs. */
    public int inputs() {
        return values[0].length;
    }

    /**
     * Evaluates the network.
     *
     * @param inputs holds the input from {@code at} on
     * @return the output, valid until the next call
     */
    public double[] forward(double[] theta, double[] inputs, int at) {
        System.arraycopy(inputs, at, values[0], 0, values[0].length);
        for (int layer = 1; layer < values.length; layer++) {
            layer(theta, offsets[layer], values[layer - 1], values[layer]);
            if (layer < values.length - 1) {
                activation.applyInPlace(values[layer]);
            }
        }
        return values[values.length - 1];
    }

    private static void layer(double[] theta, int offset, double[] in, double[] out) {
        System.arraycopy(theta, offset + in.length * out.length, out, 0, out.length);
        for (int j = 0; j < in.length; j++) {
            double input = in[j];
            int row = offset + j * out.length;
            for (int i = 0; i < out.length; i++) {
                out[i] += theta[row + i] * input;
            }
        }
    }

    /** Where the gradient in the output of the last {@link #forward} goes before {@link #addGradient}. */
    public double[] outputGradient() {
        return gradients[gradients.length - 1];
    }

    /** Adds the gradient in theta, at the parameters and the input of the last {@link #forward}, to {@code into}. */
    public void addGradient(double[] theta, double[] into) {
        for (int layer = values.length - 1; layer > 0; layer--) {
            addLayer(offsets[layer], values[layer - 1], gradients[layer], into);
            if (layer > 1) {
                pullBack(theta, offsets[layer], gradients[layer], gradients[layer - 1]);
                activation.pullBackInPlace(values[layer - 1], gradients[layer - 1]);
            }
        }
    }

    private static void addLayer(int offset, double[] in, double[] gradient, double[] into) {
        for (int j = 0; j < in.length; j++) {
            double input = in[j];
            int row = offset + j * gradient.length;
            for (int i = 0; i < gradient.length; i++) {
                into[row + i] += gradient[i] * input;
            }
        }
        int bias = offset + in.length * gradient.length;
        for (int i = 0; i < gradient.length; i++) {
            into[bias + i] += gradient[i];
        }
    }

    private static void pullBack(double[] theta, int offset, double[] gradient, double[] into) {
        Arrays.fill(into, 0);
        int fours = gradient.length & ~3;
        for (int j = 0; j < into.length; j++) {
            int row = offset + j * gradient.length;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int i = 0; i < fours; i += 4) {
                s0 += theta[row + i] * gradient[i];
                s1 += theta[row + i + 1] * gradient[i + 1];
                s2 += theta[row + i + 2] * gradient[i + 2];
                s3 += theta[row + i + 3] * gradient[i + 3];
            }
            for (int i = fours; i < gradient.length; i++) {
                s0 += theta[row + i] * gradient[i];
            }
            into[j] = (s0 + s1) + (s2 + s3);
        }
    }
}
