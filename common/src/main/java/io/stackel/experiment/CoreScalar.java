package io.stackel.experiment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * A scalar of the YAML 1.2 core schema, kept as text until a key says what it should be.
 *
 * <p>Source: YAML 1.2.2, section 10.3.2, tag resolution. So {@code yes} is text, {@code 0o17} is 15 and {@code 017} is
 * 17.
 *
 * @param kind what the text is
 * @param text as written, without quotes; at most {@value #LONGEST} characters
 */
record CoreScalar(Kind kind, String text) {

    /** The longest text of one value; longer ones are refused before they are interpreted. */
    static final int LONGEST = 4096;

    private static final int SHOWN = 60;
    private static final CoreScalarResolver CORE = new CoreScalarResolver(false);
    private static final Map<Tag, Kind> KINDS =
            Map.of(Tag.NULL, Kind.NOTHING, Tag.BOOL, Kind.FLAG, Tag.INT, Kind.WHOLE, Tag.FLOAT, Kind.REAL);

    /** The kinds of the core schema. */
    enum Kind {
        NOTHING,
        FLAG,
        WHOLE,
        REAL,
        TEXT
    }

    /** A scalar without quotes, resolved by its text. */
    static CoreScalar plain(String text) {
        return new CoreScalar(KINDS.getOrDefault(CORE.resolve(text, true), Kind.TEXT), text);
    }

    /** A scalar in quotes or in a block, which is text whatever it looks like. */
    static CoreScalar quoted(String text) {
        return new CoreScalar(Kind.TEXT, text);
    }

    /** true or false; empty for another kind. */
    Optional<Boolean> flag() {
        return kind == Kind.FLAG ? Optional.of(text.charAt(0) == 't' || text.charAt(0) == 'T') : Optional.empty();
    }

    /** The nearest double of a number of either kind, perhaps not finite; empty for another kind. */
    OptionalDouble real() {
        if (kind != Kind.WHOLE && kind != Kind.REAL) {
            return OptionalDouble.empty();
        }
        String number =
                text.toLowerCase(Locale.ROOT).replace(".inf", "Infinity").replace(".nan", "NaN");
        return OptionalDouble.of(isRadix() ? radix().doubleValue() : Double.parseDouble(number));
    }

    /** The value of a number without a fraction that fits 64 bits ({@code 1e3} is one); empty for anything else. */
    OptionalLong whole() {
        if (kind != Kind.WHOLE && !Double.isFinite(real().orElse(Double.NaN))) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal exact = isRadix() ? new BigDecimal(radix()) : new BigDecimal(text);
            return OptionalLong.of(exact.longValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return OptionalLong.empty();
        }
    }

    /** The value for a message: numbers as written, text in quotes, shortened and without control characters. */
    String shown() {
        return switch (kind) {
            case NOTHING -> "nothing";
            case TEXT -> "the text \"" + printable(text) + "\"";
            default -> printable(text);
        };
    }

    /** At most {@value #SHOWN} characters of {@code text}, control characters replaced. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN)
                .forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return text.codePointCount(0, text.length()) > SHOWN ? shown + "..." : shown.toString();
    }

    private boolean isRadix() {
        return text.startsWith("0x") || text.startsWith("0o");
    }

    private BigInteger radix() {
        return new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8);
    }
}
