package io.stackel.mdp;

/**
 * Two links that hang from a joint; the torque -1, 0 or 1 (actions 0, 1, 2) acts between them. A step costs 1, and the
 * episode ends with a step of reward 0 when the tip is more than one link above the joint.
 *
 * <pre>
 *     state: angles a, b (b relative to the first link) in [-pi, pi], speeds clipped to 4 pi and 9 pi
 *     observation: cos a, sin a, cos b, sin b, both speeds        one Runge-Kutta step of .2 s
 * </pre>
 *
 * <p>Source: Gymnasium, Acrobot-v1 with the equations of Sutton and Barto, 2018. Observations are not rounded to 32 bits.
 */
final class Acrobot extends Environment {

    private static final double SECONDS = 0.2;
    private static final double CENTRE = 0.5;
    private static final double INERTIA = 1;
    private static final double GRAVITY = 9.8;
    private static final Interval FIRST_SPEEDS = Interval.within(4 * StrictMath.PI);
    private static final Interval SECOND_SPEEDS = Interval.within(9 * StrictMath.PI);
    private static final Interval START = Interval.within(0.1);
    private static final int SIZE = 4;

    private final double[] probe = new double[SIZE];
    private final double[][] slopes = new double[4][SIZE];

    Acrobot() {
        super(6, 3, START, START, START, START);
    }

    @Override
    public void observe(double[] into) {
        into[0] = StrictMath.cos(state[0]);
        into[1] = StrictMath.sin(state[0]);
        into[2] = StrictMath.cos(state[1]);
        into[3] = StrictMath.sin(state[1]);
        into[4] = state[2];
        into[5] = state[3];
    }

    @Override
    public double step(double[] action) {
        double torque = action[0] - 1;
        slope(state, torque, slopes[0]);
        slope(probe(SECONDS / 2, slopes[0]), torque, slopes[1]);
        slope(probe(SECONDS / 2, slopes[1]), torque, slopes[2]);
        slope(probe(SECONDS, slopes[2]), torque, slopes[3]);
        for (int i = 0; i < SIZE; i++) {
            state[i] += SECONDS / 6 * (slopes[0][i] + 2 * slopes[1][i] + 2 * slopes[2][i] + slopes[3][i]);
        }
        state[0] = wrapped(state[0]);
        state[1] = wrapped(state[1]);
        state[2] = FIRST_SPEEDS.clip(state[2]);
        state[3] = SECOND_SPEEDS.clip(state[3]);
        terminated = -StrictMath.cos(state[0]) - StrictMath.cos(state[1] + state[0]) > 1;
        return terminated ? 0 : -1;
    }

    private double[] probe(double seconds, double[] slope) {
        for (int i = 0; i < SIZE; i++) {
            probe[i] = state[i] + seconds * slope[i];
        }
        return probe;
    }

    /** The time derivative of the state; both links have length and mass 1. */
    private static void slope(double[] at, double torque, double[] into) {
        double cos = StrictMath.cos(at[1]);
        double sin = StrictMath.sin(at[1]);
        double first = at[2];
        double second = at[3];
        double d1 = CENTRE * CENTRE + (1 + CENTRE * CENTRE + 2 * CENTRE * cos) + INERTIA + INERTIA;
        double d2 = CENTRE * CENTRE + CENTRE * cos + INERTIA;
        double phi2 = CENTRE * GRAVITY * StrictMath.cos(at[0] + at[1] - StrictMath.PI / 2);
        double phi1 = -CENTRE * (second * second) * sin
                - 2 * CENTRE * second * first * sin
                + (CENTRE + 1) * GRAVITY * StrictMath.cos(at[0] - StrictMath.PI / 2)
                + phi2;
        double secondChange = (torque + d2 / d1 * phi1 - CENTRE * (first * first) * sin - phi2)
                / (CENTRE * CENTRE + INERTIA - d2 * d2 / d1);
        into[0] = first;
        into[1] = second;
        into[2] = -(d2 * secondChange + phi1) / d1;
        into[3] = secondChange;
    }

    /** The angle in [-pi, pi]; a step moves it by a few turns at most. */
    private static double wrapped(double angle) {
        double inside = angle;
        while (inside > StrictMath.PI) {
            inside -= 2 * StrictMath.PI;
        }
        while (inside < -StrictMath.PI) {
            inside += 2 * StrictMath.PI;
        }
        return inside;
    }
}
