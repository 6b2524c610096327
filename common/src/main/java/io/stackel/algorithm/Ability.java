package io.stackel.algorithm;

/** What a configuration may ask of an algorithm outside its own section. */
public enum Ability {
    /**
     * Its gradient is a mean over {@code upper.units} fresh units drawn at x, with the standard error of that mean: so batches
     * can grow with the noise, and a sequential test can bound it.
     */
    SAMPLED_GRADIENT("whose gradient is the mean of an outer batch drawn at x"),

    /**
     * The follower's entropy weight is a matter of the driver alone, so that it may fall during a run: what executors sample in
     * the outer batch has no entropy in it.
     */
    FALLING_ENTROPY("whose outer batch has no entropy in it");

    private final String words;

    Ability(String words) {
        this.words = words;
    }

    /** What it is, after "an algorithm". */
    public String words() {
        return words;
    }
}
