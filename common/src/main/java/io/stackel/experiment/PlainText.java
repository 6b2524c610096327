package io.stackel.experiment;

import java.util.Locale;

/**
 * Text for a person's screen: what a terminal would obey, and what turns the direction of writing, is shown as an escape
 * ({@code \}{@code u001b}) in place of being done; ends of lines and tabs stay. Credentials in addresses are hidden.
 */
public final class PlainText {

    private PlainText() {}

    /** The text as it may be shown, from any source. */
    public static String of(String text) {
        return visible(UriSecrets.redacted(text));
    }

    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n' || point == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
