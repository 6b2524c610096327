package io.stackel.problem;

import java.util.List;
import java.util.Optional;

/**
 * The declaration of one configuration key: its name, type, default, bounds and meaning.
 *
 * <p>Decoding, error messages, the JSON Schema and the documentation of a configuration all come from these
 * declarations, so a new problem or algorithm declares its keys once.
 *
 * @param name the key, in camel case
 * @param type what values are accepted
 * @param fallback the value when the key is absent ({@link Double}, {@link Long}, {@link List} of {@link Long},
 *     {@link String} or {@link Boolean} by type); empty for a key that is required or, with {@code required} false, simply absent
 * @param required whether a configuration without this key is an error
 * @param range bounds of a {@link Type#REAL} or {@link Type#WHOLE} value, or of each of {@link Type#WHOLES}
 * @param choices the accepted words of a {@link Type#CHOICE}
 * @param effect what a change of the value means for an existing run
 * @param help one sentence with the unit
 * @param example a value for documents, where there is no fallback
 * @param forced which other key takes the choice away, if one does
 * @param absence what its absence from the record of a run means, where that is not the fallback of today
 */
public record Parameter(
        String name,
        Type type,
        Optional<Object> fallback,
        boolean required,
        Range range,
        List<String> choices,
        Effect effect,
        String help,
        Optional<Object> example,
        Optional<Forced> forced,
        Optional<Object> absence) {

    /** What values a key accepts. */
    public enum Type {
        /** A finite number. */
        REAL,
        /** A 64-bit whole number. */
        WHOLE,
        /** A list of 64-bit whole numbers, each in the range. */
        WHOLES,
        /** One of a list of words. */
        CHOICE,
        /** true or false. */
        FLAG,
        /** Any text. */
        TEXT
    }

    /** What a change of the value means for a run that exists already. */
    public enum Effect {
        /** It is another run. */
        IDENTITY,
        /** It is a place: another content is another run, the same content in another place is not. */
        CONTENT,
        /** It continues the same run and is logged in the commit. */
        TUNABLE,
        /** It changes nothing of the result. */
        FREE
    }

    /**
     * The one value that a key may have while another key of its section has a certain one: the default gives way to it, and
     * anything else that a user gives is a mistake.
     *
     * @param key the other key
     * @param value at which it forces
     * @param to the value that is forced, of the type of a fallback
     * @param reason why, to stand behind "key must be ... with key: value,"
     */
    public record Forced(String key, Object value, Object to, String reason) {}

    public Parameter {
        choices = List.copyOf(choices);
    }

    /** A number with a default. */
    public static Parameter real(String name, double fallback, Range range, String help) {
        return of(name, Type.REAL, fallback, range, List.of(), help);
    }

    /** A whole number with a default. */
    public static Parameter whole(String name, long fallback, Range range, String help) {
        return of(name, Type.WHOLE, fallback, range, List.of(), help);
    }

    /** A list of whole numbers with a default. */
    public static Parameter wholes(String name, List<Long> fallback, Range range, String help) {
        return of(name, Type.WHOLES, List.copyOf(fallback), range, List.of(), help);
    }

    /** One of {@code choices}, by default {@code fallback}. */
    public static Parameter choice(String name, String fallback, List<String> choices, String help) {
        return of(name, Type.CHOICE, fallback, Range.FINITE, choices, help);
    }

    /** true or false. */
    public static Parameter flag(String name, boolean fallback, String help) {
        return of(name, Type.FLAG, fallback, Range.FINITE, List.of(), help);
    }

    /** Text with a default. */
    public static Parameter text(String name, String fallback, String help) {
        return of(name, Type.TEXT, fallback, Range.FINITE, List.of(), help);
    }

    private static Parameter of(
            String name, Type type, Object fallback, Range range, List<String> choices, String help) {
        return new Parameter(
                name,
                type,
                Optional.of(fallback),
                false,
                range,
                choices,
                Effect.IDENTITY,
                help,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The place of a data set, a URI or a path; by default empty, for none. */
    public static Parameter dataSet(String name, String help) {
        return text(name, "", help).withExample("data/" + name).with(Effect.CONTENT);
    }

    /** A value for documents: what was declared for them, else the fallback. */
    @Override
    public Optional<Object> example() {
        return example.or(() -> fallback);
    }

    /** The same key with a value for documents, of the type of a fallback. */
    public Parameter withExample(Object value) {
        return new Parameter(
                name, type, fallback, required, range, choices, effect, help, Optional.of(value), forced, absence);
    }

    /** The same key without a default, which every configuration must give; the default becomes the example. */
    public Parameter mandatory() {
        return new Parameter(
                name, type, Optional.empty(), true, range, choices, effect, help, example(), forced, absence);
    }

    /** The same key without a default, which a configuration may leave out; the default becomes the example. */
    public Parameter optional() {
        return new Parameter(
                name, type, Optional.empty(), false, range, choices, effect, help, example(), forced, absence);
    }

    /** The same key with another effect. */
    public Parameter with(Effect other) {
        return new Parameter(name, type, fallback, required, range, choices, other, help, example, forced, absence);
    }

    /** The same key where another one takes the choice away. */
    public Parameter forcedBy(Forced other) {
        return new Parameter(
                name, type, fallback, required, range, choices, effect, help, example, Optional.of(other), absence);
    }

    /**
     * The same key, where runs recorded before there was such a key did something else than its fallback of today: because
     * the fallback was changed later, or because the key was introduced with another one. Their records lack the key, and are
     * read as if it said {@code value}.
     */
    public Parameter addedAs(Object value) {
        return new Parameter(
                name, type, fallback, required, range, choices, effect, help, example, forced, Optional.of(value));
    }

    /** What the record of a run says that lacks this key: the fallback, unless it was {@link #addedAs} something else. */
    public Optional<Object> meaningOfAbsence() {
        return absence.or(() -> fallback);
    }
}
