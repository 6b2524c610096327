package io.stackel.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML that grows from front to back. Text and values of attributes are escaped here and there is no other door,
 * so nothing that a run recorded can become markup; names of elements and attributes are the caller's literals.
 */
final class Html {

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> unclosed = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param element its name, with its classes after full stops: {@code p.explains}
     * @param attributes names and values in turn
     */
    Html open(String element, Object... attributes) {
        unclosed.push(begin(element, attributes));
        text.append('>');
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        text.append("</").append(unclosed.pop()).append('>');
        return this;
    }

    /** Adds text. */
    Html text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** An element with text alone. */
    Html element(String element, String content, Object... attributes) {
        return open(element, attributes).text(content).close();
    }

    /** Adds what was grown elsewhere. */
    Html add(Html other) {
        text.append(other);
        return this;
    }

    private String begin(String element, Object... attributes) {
        String[] classes = element.split("\\.", 2);
        text.append('<').append(classes[0]);
        if (classes.length > 1) {
            attribute("class", classes[1].replace('.', ' '));
        }
        for (int i = 0; i < attributes.length; i += 2) {
            attribute((String) attributes[i], attributes[i + 1]);
        }
        return classes[0];
    }

    private void attribute(String name, Object value) {
        text.append(' ')
                .append(name)
                .append("=\"")
                .append(escaped(value.toString()))
                .append('"');
    }

    /** The text as it stands in elements and quoted attributes; what HTML has no character for is replaced. */
    static String escaped(String content) {
        StringBuilder safe = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(character);
                default -> safe.append(Character.isISOControl(character) ? '\uFFFD' : character);
            }
        }
        return safe.toString();
    }

    /**
     * The markup so far.
     *
     * @throws IllegalStateException if an element is not ended
     */
    @Override
    public String toString() {
        if (!unclosed.isEmpty()) {
            throw new IllegalStateException("elements must be ended, but " + unclosed + " are not");
        }
        return text.toString();
    }
}
