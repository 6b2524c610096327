package io.stackel.ingest;

/** Numbers of text: decimal digits with sign, point and exponent, and nothing that is not finite. */
final class Numbers {

    private Numbers() {}

    /** The number of a column's text. */
    static double parse(String column, String text) throws BrokenRowException {
        String trimmed = text.trim();
        try {
            double value = isDecimal(trimmed) ? Double.parseDouble(trimmed) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            // refused below, as all that is no number
        }
        throw new BrokenRowException(refusal(column, text));
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if ((letter < '0' || letter > '9') && "+-.eE".indexOf(letter) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is of digits alone. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What a message says of a text that is no number. */
    static String refusal(String column, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return "column " + column + ": must be a finite number, but "
                + (shown.isBlank() ? "is missing" : "was \"" + shown + "\"");
    }
}
