package io.stackel.policy;

import static io.stackel.math.Requirements.require;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A fully connected network {@code h_0 = input, h_l = activation(b_l + W_l' h_(l-1)), output = b_L + W_L' h_(L-1)}.
 *
 * <p>The parameters hold, layer by layer, W_l (inputs x outputs, row-major) followed by b_l.
 *
 * @param widths the number of inputs, of each hidden layer's units, and of outputs
 */
public record Network(List<Integer> widths, Activation activation) {

    private static final int ROLE = 1;

    public Network {
        widths = List.copyOf(widths);
        require(
                widths.size() >= 2 && widths.stream().allMatch(width -> width >= 1),
                "widths must be at least 2 positive numbers, but were " + widths);
    }

    /** A network with these hidden layers. */
    public static Network of(int inputs, List<Integer> hidden, int outputs, Activation activation) {
        List<Integer> widths = new ArrayList<>();
        widths.add(inputs);
        widths.addAll(hidden);
        widths.add(outputs);
        return new Network(widths, activation);
    }

    /** The number of inputs. */
    public int inputs() {
        return widths.get(0);
    }

    /** The number of outputs. */
    public int outputs() {
        return widths.get(widths.size() - 1);
    }

    /** The number of parameters. */
    public int parameters() {
        int total = 0;
        for (int layer = 1; layer < widths.size(); layer++) {
            total = Math.addExact(total, Math.multiplyExact(widths.get(layer - 1) + 1, widths.get(layer)));
        }
        return total;
    }

    /**
     * Writes parameters from which learning starts: weights of hidden layers uniform on plus and minus
     * {@code sqrt(6 / (inputs + outputs))} of the layer, everything else zero, so that the output is zero everywhere.
     *
     * <p>Source: Glorot, Bengio, AISTATS 2010, for the hidden layers.
     */
    public void start(long seed, double[] into) {
        int offset = 0;
        for (int layer = 1; layer < widths.size() - 1; layer++) {
            int in = widths.get(layer - 1);
            int out = widths.get(layer);
            RandomStream random = RandomStream.at(seed, Purpose.START, ROLE, layer, 0, 0);
            double bound = Math.sqrt(6.0 / (in + out));
            for (int i = 0; i < in * out; i++) {
                into[offset + i] = bound * (2 * random.nextDouble() - 1);
            }
            offset += (in + 1) * out;
        }
    }

    /** The network at parameters that stay as they are now, for one thread. */
    public NetworkPass at(double[] theta) {
        return new NetworkPass(this, theta);
    }
}
