package io.stackel.ingest;

/** A row breaks a rule; the message says which, without the place of the row. */
final class BrokenRowException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenRowException(String rule) {
        super(rule, null, false, false);
    }
}
