package io.stackel.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.JsonText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cell took.
 *
 * @param wholeRun environment steps until the mean squared gap of all iterations was at most eps; {@link #NEVER} if it was not
 * @param lastTenth the same with the mean of the last tenth of the iterations
 * @param iterations that were run
 * @param samples that were played in all
 * @param end why it ended, for people; empty if both means came to eps
 */
public record Count(long wholeRun, long lastTenth, long iterations, long samples, String end) implements Serializable {

    /** In the place of a number of steps. */
    public static final long NEVER = -1;

    /** Whether the mean over all iterations came to eps. */
    public boolean reached() {
        return wholeRun != NEVER && lastTenth != NEVER;
    }

    String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", 2);
        tree.put("wholeRun", wholeRun);
        tree.put("lastTenth", lastTenth);
        tree.put("iterations", iterations);
        tree.put("samples", samples);
        tree.put("end", end);
        return JsonText.compact(tree);
    }

    static Count decode(JsonNode tree) {
        return new Count(
                tree.path("wholeRun").asLong(NEVER),
                tree.path("lastTenth").asLong(NEVER),
                tree.path("iterations").asLong(),
                tree.path("samples").asLong(),
                tree.path("end").asText());
    }
}
