package io.stackel.mdp;

import io.stackel.random.RandomStream;

/**
 * A car in a valley that is too weak to drive straight up: it pushes left (action 0), not at all (1) or right (2), every step
 * costs 1, and the episode ends when position .5 is reached.
 *
 * <pre>
 *     v' = clip( v + .001 (action - 1) - .0025 cos(3 position), .07 )        position' = clip( position + v', -1.2, .6 )
 * </pre>
 *
 * <p>State and observation are (position, velocity). Source: Gymnasium, MountainCar-v0, after Moore, 1990. Observations are
 * not rounded to 32 bits.
 */
final class MountainCar implements Environment {

    private static final double LEFT = -1.2;
    private static final double RIGHT = 0.6;
    private static final double FASTEST = 0.07;
    private static final double GOAL = 0.5;
    private static final double FORCE = 0.001;
    private static final double GRAVITY = 0.0025;
    private static final double START_LOW = -0.6;
    private static final double START_HIGH = -0.4;

    private double position;
    private double velocity;
    private boolean terminated;

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public int actions() {
        return 3;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public void start(RandomStream random) {
        position = ClassicControl.uniform(START_LOW, START_HIGH, random);
        velocity = 0;
        terminated = false;
    }

    @Override
    public void startIn(double[] state) {
        position = state[0];
        velocity = state[1];
        terminated = false;
    }

    @Override
    public void state(double[] into) {
        into[0] = position;
        into[1] = velocity;
    }

    @Override
    public void observe(double[] into) {
        state(into);
    }

    @Override
    public double step(double[] action) {
        double faster = velocity + ((action[0] - 1) * FORCE + StrictMath.cos(3 * position) * -GRAVITY);
        velocity = ClassicControl.clip(faster, -FASTEST, FASTEST);
        position = ClassicControl.clip(position + velocity, LEFT, RIGHT);
        if (position == LEFT && velocity < 0) {
            velocity = 0;
        }
        terminated = position >= GOAL && velocity >= 0;
        return -1;
    }

    @Override
    public boolean terminated() {
        return terminated;
    }
}
