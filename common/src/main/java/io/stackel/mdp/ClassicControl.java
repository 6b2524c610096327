package io.stackel.mdp;

import io.stackel.random.RandomStream;
import java.util.function.Supplier;

/** The classic control tasks, with the dynamics and rewards of Gymnasium's environments of the same names. */
public enum ClassicControl {
    /** A pole on a cart, to be balanced; 500 is the best return. */
    CART_POLE("cart-pole", 500, CartPole::new),
    /** A weak car that has to swing out of a valley. */
    MOUNTAIN_CAR("mountain-car", 200, MountainCar::new),
    /** Two links whose tip has to be swung up. */
    ACROBOT("acrobot", 500, Acrobot::new),
    /** A pendulum to be swung up and held by a torque: one real action. */
    PENDULUM("pendulum", 200, Pendulum::new);

    private final String word;
    private final int timeLimit;
    private final Supplier<Environment> maker;

    ClassicControl(String word, int timeLimit, Supplier<Environment> maker) {
        this.word = word;
        this.timeLimit = timeLimit;
        this.maker = maker;
    }

    /** The name in configurations: lower-case words joined by hyphens. */
    public String word() {
        return word;
    }

    /** After how many steps Gymnasium truncates an episode. */
    public int timeLimit() {
        return timeLimit;
    }

    /** A new environment, in no state yet. */
    public Environment open() {
        return maker.get();
    }

    static double uniform(double low, double high, RandomStream random) {
        return low + (high - low) * random.nextDouble();
    }

    static double clip(double value, double low, double high) {
        return value < low ? low : value > high ? high : value;
    }
}
