package io.stackel.policy;

import static io.stackel.math.Requirements.require;

import java.util.List;

/**
 * Two baselines by one network of the observation: {@code V(o) = scale output_0(o)} for the follower's return and
 * {@code U(o) = scale output_1(o)} for the leader's. Without hidden layers they are linear in the observation.
 *
 * <p>With {@code actions} = B above 0 it has a value for each action instead, {@code Q(o, b) = scale output_b(o)} and
 * {@code W(o, b) = scale output_(B+b)(o)}; V and U are then their expectations under a policy, that of V with its entropy.
 *
 * @param network with two outputs, or two for each action
 * @param scale about the size of a return over that of a reward
 * @param seed of the hidden weights from which a run starts; the values start at zero
 * @param actions B; 0 for values of states
 */
public record ValueNetwork(Network network, double scale, long seed, int actions) {

    private static final int HEADS = 2;

    public ValueNetwork {
        int outputs = HEADS * Math.max(1, actions);
        require(
                network.outputs() == outputs,
                "network must have " + outputs + " outputs, but had " + network.outputs());
        require(scale > 0, "scale must be above 0, but was " + scale);
    }

    /** Values with these hidden layers of tanh units; none for linear values. */
    public static ValueNetwork of(int inputs, List<Integer> hidden, double scale, long seed) {
        return new ValueNetwork(Network.of(inputs, hidden, HEADS, Activation.TANH), scale, seed, 0);
    }

    /** Values of each of these actions with hidden layers of tanh units; none for linear values. */
    public static ValueNetwork ofActions(int inputs, List<Integer> hidden, int actions, double scale, long seed) {
        return new ValueNetwork(Network.of(inputs, hidden, HEADS * actions, Activation.TANH), scale, seed, actions);
    }

    /** Whether it has a value for each action. */
    public boolean ofActions() {
        return actions > 0;
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
        return new Critic(network.at(phi), scale, Math.max(1, actions));
    }
}
