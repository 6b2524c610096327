package io.stackel.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into text that a YAML parser may see.
 *
 * <p>Lines are bounded because the parser's buffer grows to the length of what it looks ahead for, in steps that copy it.
 */
final class CheckedText {

    static final int MOST_BYTES = 1_000_000;
    static final int LONGEST_LINE = 16_384;

    private CheckedText() {}

    /**
     * The text without a byte order mark.
     *
     * @throws ConfigurationException if it is too long, has a line that is too long, is not UTF-8 or has control characters
     */
    static String of(String source, byte[] bytes) {
        Position start = new Position(source, 1, 1);
        if (bytes.length > MOST_BYTES) {
            throw ConfigurationException.at(start, "text must have at most " + MOST_BYTES + " bytes, but has more");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw ConfigurationException.at(start, "text must be UTF-8, but is not: " + malformed.getMessage());
        }
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        check(source, unmarked);
        return unmarked;
    }

    private static void check(String source, String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') {
                line++;
                column = 1;
                continue;
            }
            boolean blank = character == '\t' || character == '\r';
            boolean control = Character.isISOControl(character) && !blank;
            if (control || character == '\uFFFE' || character == '\uFFFF') {
                throw ConfigurationException.at(
                        new Position(source, line, column),
                        "text must have no control characters, but has one of code " + (int) character);
            }
            column += Character.isLowSurrogate(character) ? 0 : 1;
            if (column > LONGEST_LINE + 1) {
                throw ConfigurationException.at(
                        new Position(source, line, 1),
                        "a line must have at most " + LONGEST_LINE + " characters, but has more");
            }
        }
    }
}
