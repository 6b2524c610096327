package io.stackel.ingest;

import java.util.Optional;

/** Numbers of text: decimal digits with sign, point and exponent, and nothing that is not finite. */
final class Numbers {

    private Numbers() {}

    /** The number, or nothing where the text is none. */
    static Optional<Double> parse(String text) {
        String trimmed = text.trim();
        for (int i = 0; i < trimmed.length(); i++) {
            char letter = trimmed.charAt(i);
            boolean part = (letter >= '0' && letter <= '9') || "+-.eE".indexOf(letter) >= 0;
            if (!part) {
                return Optional.empty();
            }
        }
        try {
            double value = Double.parseDouble(trimmed);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    /** What a message says of a text that is no number. */
    static String refusal(String column, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return "column " + column + ": must be a finite number, but "
                + (shown.isBlank() ? "is missing" : "was \"" + shown + "\"");
    }
}
