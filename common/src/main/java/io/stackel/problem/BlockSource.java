package io.stackel.problem;

/** Opens the data sets that a configuration names; an engine hands it to the factory of a problem. */
@FunctionalInterface
public interface BlockSource {

    /**
     * Opens a data set.
     *
     * @param uri where it lies
     * @throws IllegalArgumentException if there is none, or none of a known format, with the reason
     */
    BlockSet open(String uri);

    /** A source without data sets. */
    static BlockSource none() {
        return uri -> {
            throw new IllegalArgumentException(
                    "data set " + uri + " cannot be opened: there is no source of data sets");
        };
    }
}
