package io.stackel.experiment;

/** A summary for help texts, as a sentence for documents. */
final class Sentence {

    private Sentence() {}

    static String of(String summary) {
        String text = summary.isEmpty() ? "" : Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }
}
