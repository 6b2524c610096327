package io.stackel.experiment;

/** What the user's jars bring cannot be used: a name that is taken, or a factory that is listed and cannot be made. */
public final class CatalogueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
