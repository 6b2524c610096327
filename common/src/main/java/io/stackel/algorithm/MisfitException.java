package io.stackel.algorithm;

/** Parts of a configuration that are right by themselves but do not fit each other. */
public final class MisfitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * A misfit.
     *
     * @param key the dotted path of the key that is to be changed, {@code lower.solver}
     * @param rule what does not fit, why, and what would
     */
    public MisfitException(String key, String rule) {
        super(rule);
        if (key.indexOf('.') < 1) {
            throw new IllegalArgumentException("key must be section.key, but was " + key);
        }
        this.key = key;
    }

    /** The dotted path of the key that is to be changed. */
    public String key() {
        return key;
    }

    /** Returns if the parts fit. */
    static void require(boolean fit, String key, String rule) {
        if (!fit) {
            throw new MisfitException(key, rule);
        }
    }

    /**
     * Returns if the parts fit.
     *
     * @param what {@code key: value}, or an algorithm by its name
     * @param rule after that
     */
    static void requireOf(boolean fit, String what, String rule) {
        int colon = what.indexOf(':');
        String key = colon > 0 ? what.substring(0, colon) : what.contains(".") ? what : "algorithm.name";
        require(fit, key, what + " " + rule);
    }
}
