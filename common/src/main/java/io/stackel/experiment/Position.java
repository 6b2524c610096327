package io.stackel.experiment;

/**
 * Where something stands in a configuration.
 *
 * @param source name of the file, or the override as typed up to its value
 * @param line line from 1 on, or 0 where the source has no lines
 * @param column column from 1 on in code points, or 0 where the source has no lines
 */
public record Position(String source, int line, int column) {

    /** The position of {@code --set key=value}. */
    static Position override(String key) {
        return new Position("--set " + key, 0, 0);
    }

    /** {@code file:line:column}, or {@code --set key}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
