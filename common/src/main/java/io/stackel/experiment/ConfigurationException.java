package io.stackel.experiment;

import java.util.List;

/** A configuration that cannot be used, with every mistake that was found in it. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final transient List<Mistake> mistakes;

    /**
     * Joins at least one mistake into one message, a line each.
     *
     * @param source name of the configuration, for the first line of the message
     * @param mistakes in the order in which a reader meets them
     */
    public ConfigurationException(String source, List<Mistake> mistakes) {
        super(message(source, mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The one mistake of a text that is not worth going on with. */
    static ConfigurationException at(Position position, String rule) {
        return new ConfigurationException(position.source(), List.of(Mistake.of(position, "", rule)));
    }

    /** Every mistake, in the order of positions. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String message(String source, List<Mistake> mistakes) {
        int count = mistakes.size();
        StringBuilder text = new StringBuilder()
                .append(count)
                .append(count == 1 ? " mistake in " : " mistakes in ")
                .append(source)
                .append(':');
        for (Mistake mistake : mistakes.subList(0, Math.min(count, SHOWN))) {
            text.append("\n  ").append(mistake);
        }
        if (count > SHOWN) {
            text.append("\n  and ").append(count - SHOWN).append(" more");
        }
        return text.toString();
    }
}
