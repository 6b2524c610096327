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
}
