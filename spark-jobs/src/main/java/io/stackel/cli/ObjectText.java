package io.stackel.cli;

import io.stackel.experiment.JsonWriter;
import java.util.Iterator;
import java.util.Map;

/** One JSON object with a line for each key, however deep its arrays are. */
final class ObjectText {

    private ObjectText() {}

    /** The text, with a line feed at its end. */
    static String of(Map<String, Object> entries) {
        StringBuilder text = new StringBuilder("{\n");
        Iterator<Map.Entry<String, Object>> rest = entries.entrySet().iterator();
        while (rest.hasNext()) {
            Map.Entry<String, Object> entry = rest.next();
            text.append("  ").append(JsonWriter.quoted(entry.getKey())).append(": ");
            text.append(JsonWriter.compact(entry.getValue())).append(rest.hasNext() ? ",\n" : "\n");
        }
        return text.append("}\n").toString();
    }
}
