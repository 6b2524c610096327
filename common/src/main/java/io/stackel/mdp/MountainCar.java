package io.stackel.mdp;

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
final class MountainCar extends Environment {

    private static final Interval POSITIONS = new Interval(-1.2, 0.6);
    private static final Interval SPEEDS = Interval.within(0.07);
    private static final double GOAL = 0.5;
    private static final double FORCE = 0.001;
    private static final double GRAVITY = 0.0025;
    private static final Interval START = new Interval(-0.6, -0.4);

    MountainCar() {
        super(2, 3, START, new Interval(0, 0));
    }

    @Override
    public double step(double[] action) {
        double pull = (action[0] - 1) * FORCE + StrictMath.cos(3 * state[0]) * -GRAVITY;
        state[1] = SPEEDS.clip(state[1] + pull);
        state[0] = POSITIONS.clip(state[0] + state[1]);
        if (state[0] == POSITIONS.low() && state[1] < 0) {
            state[1] = 0;
        }
        terminated = state[0] >= GOAL && state[1] >= 0;
        return -1;
    }
}
