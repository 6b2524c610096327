package io.stackel.mdp;

/**
 * A pendulum to be swung up and held upright by a torque in [-2, 2], which is clipped; it never ends.
 *
 * <pre>
 *     state: angle a from upright in rad, not wrapped, and speed v        observation: cos a, sin a, v
 *     v' = clip( v + .05 (15 sin a + 3 torque), 8 )    a' = a + .05 v'
 *     reward = -( wrapped(a)^2 + .1 v^2 + .001 torque^2 )
 * </pre>
 *
 * <p>Source: Gymnasium, Pendulum-v1. Observations are not rounded to 32 bits.
 */
final class Pendulum extends Environment {

    private static final Interval TORQUES = Interval.within(2);
    private static final Interval SPEEDS = Interval.within(8);
    private static final double SECONDS = 0.05;
    private static final double GRAVITY = 10;
    private static final double TURN = 2 * StrictMath.PI;
    private static final Interval START_ANGLES = Interval.within(StrictMath.PI);
    private static final Interval START_SPEEDS = Interval.within(1);

    Pendulum() {
        super(3, 0, START_ANGLES, START_SPEEDS);
    }

    @Override
    public void observe(double[] into) {
        into[0] = StrictMath.cos(state[0]);
        into[1] = StrictMath.sin(state[0]);
        into[2] = state[1];
    }

    @Override
    public double step(double[] action) {
        double angle = state[0];
        double speed = state[1];
        double torque = TORQUES.clip(action[0]);
        double wrapped = wrapped(angle);
        double cost = wrapped * wrapped + 0.1 * (speed * speed) + 0.001 * (torque * torque);
        double faster = speed + (3 * GRAVITY / 2 * StrictMath.sin(angle) + 3 * torque) * SECONDS;
        state[1] = SPEEDS.clip(faster);
        state[0] += state[1] * SECONDS;
        return -cost;
    }

    /** The angle in [-pi, pi). */
    private static double wrapped(double angle) {
        double rest = (angle + StrictMath.PI) % TURN;
        return (rest < 0 ? rest + TURN : rest) - StrictMath.PI;
    }
}
