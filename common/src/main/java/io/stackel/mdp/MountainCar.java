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

    private static final Interval POSITIONS = new Interval(-1.2, 0.6);
    private static final Interval SPEEDS = Interval.within(0.07);
    private static final double GOAL = 0.5;
    private static final double FORCE = 0.001;
    private static final double GRAVITY = 0.0025;
    private static final Interval START = new Interval(-0.6, -0.4);

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
    public void start(RandomStream random) {
        position = START.draw(random);
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
        velocity = SPEEDS.clip(faster);
        position = POSITIONS.clip(position + velocity);
        if (position == POSITIONS.low() && velocity < 0) {
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
