package io.stackel.mdp;

/**
 * A pole hinged on a cart that is pushed left (action 0) or right (1); it pays 1 a step and ends when the cart is more than
 * 2.4 m from the middle or the pole more than 12 degrees from upright.
 *
 * <pre>
 *     state and observation: position in m, velocity, angle in rad, angular velocity        Euler steps of .02 s
 * </pre>
 *
 * <p>Source: Gymnasium, CartPole-v1, after Barto, Sutton, Anderson, 1983. Observations are not rounded to 32 bits.
 */
final class CartPole extends Environment {

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = POLE_MASS + 1;
    private static final double HALF_LENGTH = 0.5;
    private static final double MASS_LENGTH = POLE_MASS * HALF_LENGTH;
    private static final double FORCE = 10;
    private static final double SECONDS = 0.02;
    private static final double WIDEST = 2.4;
    private static final double STEEPEST = 12 * 2 * StrictMath.PI / 360;
    private static final Interval START = Interval.within(0.05);

    CartPole() {
        super(4, 2, START, START, START, START);
    }

    @Override
    public double step(double[] action) {
        double velocity = state[1];
        double angle = state[2];
        double spin = state[3];
        double force = action[0] == 1 ? FORCE : -FORCE;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double push = (force + MASS_LENGTH * (spin * spin) * sin) / TOTAL_MASS;
        double spinChange =
                (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * (cos * cos) / TOTAL_MASS));
        double velocityChange = push - MASS_LENGTH * spinChange * cos / TOTAL_MASS;
        state[0] += SECONDS * velocity;
        state[1] += SECONDS * velocityChange;
        state[2] += SECONDS * spin;
        state[3] += SECONDS * spinChange;
        terminated = state[0] < -WIDEST || state[0] > WIDEST || state[2] < -STEEPEST || state[2] > STEEPEST;
        return 1;
    }
}
