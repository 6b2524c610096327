package io.stackel.cli;

import io.stackel.experiment.JsonText;
import java.util.Map;
import java.util.stream.Collectors;

/** One JSON object with a line for each key, however deep its arrays are. */
final class ObjectText {

    private ObjectText() {}

    /** The text, with a line feed at its end. */
    static String of(Map<String, Object> entries) {
        return entries.entrySet().stream()
                .map(entry -> "  " + JsonText.quoted(entry.getKey()) + ": " + JsonText.compact(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }
}
