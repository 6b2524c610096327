package io.stackel.experiment;

/** Ends the reading of a text that is not worth going on with; never leaves {@link ConfigurationReader}. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    Refusal(Position position, String rule) {
        super(rule, null, false, false);
        this.mistake = Mistake.of(position, "", rule);
    }

    Mistake mistake() {
        return mistake;
    }
}
