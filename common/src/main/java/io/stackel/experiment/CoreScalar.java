package io.stackel.experiment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

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
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern RADIX = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(nan|NaN|NAN)");

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
        if (NOTHING.matcher(text).matches()) {
            return new CoreScalar(Kind.NOTHING, text);
        }
        if (FLAG.matcher(text).matches()) {
            return new CoreScalar(Kind.FLAG, text);
        }
        if (DECIMAL.matcher(text).matches() || RADIX.matcher(text).matches()) {
            return new CoreScalar(Kind.WHOLE, text);
        }
        boolean real = REAL.matcher(text).matches()
                || INFINITE.matcher(text).matches()
                || NOT_A_NUMBER.matcher(text).matches();
        return new CoreScalar(real ? Kind.REAL : Kind.TEXT, text);
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
        if (kind == Kind.WHOLE) {
            return OptionalDouble.of(RADIX.matcher(text).matches() ? radix().doubleValue() : Double.parseDouble(text));
        }
        if (kind != Kind.REAL) {
            return OptionalDouble.empty();
        }
        if (NOT_A_NUMBER.matcher(text).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matcher(text).matches()) {
            return OptionalDouble.of(text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return OptionalDouble.of(Double.parseDouble(text));
    }

    /** The value of a number without a fraction that fits 64 bits ({@code 1e3} is one); empty for anything else. */
    OptionalLong whole() {
        boolean finite = kind == Kind.WHOLE || (kind == Kind.REAL && Double.isFinite(real().getAsDouble()));
        if (!finite) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal exact = RADIX.matcher(text).matches() ? new BigDecimal(radix()) : new BigDecimal(text);
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

    private BigInteger radix() {
        return new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8);
    }
}
