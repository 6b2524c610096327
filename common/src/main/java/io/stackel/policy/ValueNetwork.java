package io.stackel.policy;

import java.util.List;

/**
 * Two baselines by one network of the observation: {@code V(o) = scale output_0(o)} for the follower's return and
 * {@code U(o) = scale output_1(o)} for the leader's. Without hidden layers they are linear in the observation.
 *
 * @param network with two outputs
 * @param scale about the size of a return over that of a reward
 * @param seed of the hidden weights from which a run starts; the values start at zero
 */
public record ValueNetwork(Network network, double scale, long seed) {

    private static final int HEADS = 2;

    public ValueNetwork {
        if (network.outputs() != HEADS) {
            throw new IllegalArgumentException("network must have 2 outputs, but had " + network.outputs());
        }
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be above 0, but was " + scale);
        }
    }

    /** Values with these hidden layers of tanh units; none for linear values. */
    public static ValueNetwork of(int inputs, List<Integer> hidden, double scale, long seed) {
        return new ValueNetwork(Network.of(inputs, hidden, HEADS, Activation.TANH), scale, seed);
    }

    /** The number of parameters phi. */
    public int parameters() {
        return network.parameters();
    }

    /** Parameters from which a run starts: both values are zero everywhere. */
    public double[] start() {
        double[] phi = new double[parameters()];
        network.start(seed, phi);
        return phi;
    }

    /** The values at parameters that stay as they are now, for one thread. */
    public Critic at(double[] phi) {
        return new Critic(network.at(phi), scale);
    }
}
