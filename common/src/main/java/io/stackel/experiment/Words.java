package io.stackel.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words by which a configuration calls the constants of an enumeration: {@code INVERSE_SQRT} is inverse-sqrt. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> of(Enum<?>[] constants) {
        return Stream.of(constants).map(Words::of).toList();
    }

    /** The constant of {@code constants} that is called {@code word}. */
    static <E extends Enum<E>> E constant(E[] constants, String word) {
        return Stream.of(constants)
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("word must be one of " + of(constants) + ", but was " + word));
    }
}
