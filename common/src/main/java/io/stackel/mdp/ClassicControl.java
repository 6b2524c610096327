package io.stackel.mdp;

/** The classic control tasks, with the dynamics and rewards of Gymnasium's environments of the same names. */
public enum ClassicControl {
    /** A pole on a cart, to be balanced; 500 is the best return. */
    CART_POLE("cart-pole", 500),
    /** A weak car that has to swing out of a valley. */
    MOUNTAIN_CAR("mountain-car", 200),
    /** Two links whose tip has to be swung up. */
    ACROBOT("acrobot", 500),
    /** A pendulum to be swung up and held by a torque: one real action. */
    PENDULUM("pendulum", 200);

    private final String word;
    private final int timeLimit;

    ClassicControl(String word, int timeLimit) {
        this.word = word;
        this.timeLimit = timeLimit;
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
        return switch (this) {
            case CART_POLE -> new CartPole();
            case MOUNTAIN_CAR -> new MountainCar();
            case ACROBOT -> new Acrobot();
            case PENDULUM -> new Pendulum();
        };
    }
}
