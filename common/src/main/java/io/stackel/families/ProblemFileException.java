package io.stackel.families;

/** A problem file breaks a rule; the message names file, place, rule and value. */
public final class ProblemFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProblemFileException(String file, String place, String rule) {
        super(file + ": " + place + " " + rule);
    }
}
