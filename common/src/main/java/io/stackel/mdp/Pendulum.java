package io.stackel.mdp;

import io.stackel.random.RandomStream;

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
final class Pendulum implements Environment {

    private static final Interval TORQUES = Interval.within(2);
    private static final Interval SPEEDS = Interval.within(8);
    private static final double SECONDS = 0.05;
    private static final double GRAVITY = 10;
    private static final double TURN = 2 * StrictMath.PI;
    private static final Interval START_ANGLES = Interval.within(StrictMath.PI);
    private static final Interval START_SPEEDS = Interval.within(1);

    private double angle;
    private double speed;

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 3;
    }

    @Override
    public int actions() {
        return 0;
    }

    @Override
    public void start(RandomStream random) {
        angle = START_ANGLES.draw(random);
        speed = START_SPEEDS.draw(random);
    }

    @Override
    public void startIn(double[] state) {
        angle = state[0];
        speed = state[1];
    }

    @Override
    public void state(double[] into) {
        into[0] = angle;
        into[1] = speed;
    }

    @Override
    public void observe(double[] into) {
        into[0] = StrictMath.cos(angle);
        into[1] = StrictMath.sin(angle);
        into[2] = speed;
    }

    @Override
    public double step(double[] action) {
        double torque = TORQUES.clip(action[0]);
        double wrapped = wrapped(angle);
        double cost = wrapped * wrapped + 0.1 * (speed * speed) + 0.001 * (torque * torque);
        double faster = speed + (3 * GRAVITY / 2 * StrictMath.sin(angle) + 3 * torque) * SECONDS;
        speed = SPEEDS.clip(faster);
        angle += speed * SECONDS;
        return -cost;
    }

    /** The angle in [-pi, pi). */
    private static double wrapped(double angle) {
        double rest = (angle + StrictMath.PI) % TURN;
        return (rest < 0 ? rest + TURN : rest) - StrictMath.PI;
    }

    @Override
    public boolean terminated() {
        return false;
    }
}
